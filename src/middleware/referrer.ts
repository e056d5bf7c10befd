import type { RequestHandler } from 'express';

/** For addresses that carry a secret: no other site is told of them. Nothing of them is stored either. */
export const noReferrer: RequestHandler = (_request, response, next) => {
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'private, no-store');
  next();
};
