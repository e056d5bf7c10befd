import type { RequestHandler } from 'express';
import { nestFields } from '../uploads/fields.ts';
import { Parts } from '../uploads/parts.ts';

/** How long what a refused sender still sends is thrown away, so that his browser gets to read the answer. */
const LINGER = 10_000;

/**
 * Opens a multipart form as far as its first field, which is the token (architecture.md "Cross-site"). The rest stays on
 * the line until the route asks for it with receiveFiles(); a refused form is never read.
 */
export const openMultipart: RequestHandler = async (request, response, next) => {
  if (!request.is('multipart/form-data')) return next();
  const parts = new Parts(request);
  request.parts = parts;
  response.once('finish', () => {
    if (request.complete) return;
    parts.abandon();
    setTimeout(() => request.complete || request.socket.destroy(), LINGER).unref();
  });
  const first = await parts.next().catch(() => null);
  parts.pause();
  if (first) parts.unread(first);
  request.body = first?.kind === 'field' && first.name === '_csrf' ? nestFields([['_csrf', first.value]]) : {};
  next();
};
