import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { findImageBytes } from '../models/gig-image.ts';

/** A picture in one of the widths it was made in. Its bytes never change: a new picture gets a new id. */
export async function show(request: Request, response: Response): Promise<void> {
  const { id, width, format } = request.params as { id: string; width: string; format: string };
  if (!/^\d{2,4}$/.test(width) || (format !== 'avif' && format !== 'webp')) throw new NotFound();
  const bytes = await request.transaction((trx) => findImageBytes(trx, id, Number(width), format));
  if (!bytes) throw new NotFound();
  response.set('Cache-Control', 'public, max-age=31536000, immutable').type(`image/${format}`).send(bytes);
}
