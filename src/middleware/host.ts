import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';

/** Answers to our own name only: a page or a mailed link made for another host would lead there. */
export function pinHost(config: Config): RequestHandler {
  const own = new URL(config.appUrl).host;
  return (request, response, next) => {
    if (request.headers.host?.toLowerCase() === own) return next();
    response.status(421).type('text').send('This server does not answer to that name.');
  };
}
