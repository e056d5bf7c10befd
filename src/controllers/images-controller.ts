import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { avatarKey, findAvatarFile } from '../models/avatar.ts';
import { findImageFile, imageKey } from '../models/gig-image.ts';
import { readRendition, type Kept } from '../storage/renditions.ts';

const WIDTH = /^[1-9]\d{1,3}$/;

/** A picture of a gig on sale, in one of the widths it was made in; of any other gig for its seller and admins. */
export async function show(request: Request, response: Response): Promise<void> {
  const { id, width, format } = request.params as { id: string; width: string; format: string };
  if (!WIDTH.test(width) || (format !== 'avif' && format !== 'webp')) throw new NotFound();
  const file = await request.transaction((trx) => findImageFile(trx, id, Number(width), format));
  if (!file) throw new NotFound();
  await send(request, response, { file, format, key: imageKey(id, Number(width), format), open: file.listed });
}

/** A person's face. */
export async function showAvatar(request: Request, response: Response): Promise<void> {
  const { id, width } = request.params as { id: string; width: string };
  if (!WIDTH.test(width)) throw new NotFound();
  const file = await request.transaction((trx) => findAvatarFile(trx, id, Number(width)));
  if (!file) throw new NotFound();
  await send(request, response, { file, format: 'webp', key: avatarKey(id, Number(width)), open: true });
}

/** Bytes under an id never change, so whoever has them need not ask again: a new picture gets a new id. */
async function send(
  request: Request,
  response: Response,
  { file, format, key, open }: { file: Kept; format: string; key: string; open: boolean },
): Promise<void> {
  const bytes = await readRendition(request.services.storages, request.transaction, key, file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  response.set({
    'Cache-Control': `${open ? 'public' : 'private'}, max-age=31536000, immutable`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    ETag: etag,
  });
  if (request.get('if-none-match') === etag) return void response.status(304).end();
  response.type(`image/${format}`).send(bytes);
}
