import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFound } from '../errors.ts';
import { findAttachment, type AttachmentRow } from '../models/attachment.ts';
import { parseByteRange } from '../uploads/byte-range.ts';

/**
 * A file of an order, for its two sides and admins, or of an enquiry, for its two sides and, once it is reported,
 * admins. It is only ever saved, never shown: whatever it holds, it runs nowhere.
 * @throws NotFound
 */
export async function show(request: Request, response: Response): Promise<void> {
  const file = await request.transaction((trx) => findAttachment(trx, String(request.params.id)));
  if (!file) throw new NotFound();
  const etag = `"${file.sha256}"`;
  describe(response, file, etag);
  if (request.get('if-none-match') === etag) return void response.status(304).end();

  const ifRange = request.get('if-range');
  const range = ifRange && ifRange !== etag ? null : parseByteRange(request.get('range'), file.byte_size);
  if (range === 'unsatisfiable') {
    return void response.status(416).set('Content-Range', `bytes */${file.byte_size}`).end();
  }
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${file.byte_size}`);
  const { start, end } = range ?? { start: 0, end: file.byte_size - 1 };
  response.set('Content-Length', String(end - start + 1));
  if (request.method === 'HEAD') return void response.end();
  const bytes = request.services.storages.named(file.storage).read(request.transaction, file.id, { start, end });
  await pipeline(Readable.from(bytes, { objectMode: false }), response).catch((error: unknown) => {
    // A reader who goes away is no failure; a store that breaks off is one, and the reader sees a short file.
    if (!request.socket.destroyed) request.log.error({ err: error }, 'download failed');
    request.socket.destroy();
  });
}

function describe(response: Response, { name, content_type: type }: AttachmentRow, etag: string): void {
  response.set({
    'Content-Type': type,
    'Content-Disposition': contentDisposition(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
    // no-transform: compressed on the way, the ranges would no longer fit.
    'Cache-Control': 'private, no-cache, no-transform',
    ETag: etag,
  });
}

/** RFC 6266: the name in ASCII for old clients, and as it is (RFC 5987). */
function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
