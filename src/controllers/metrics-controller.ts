import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { scrape } from '../metrics.ts';
import type { Services } from '../services.ts';

/** For Prometheus, with METRICS_TOKEN as bearer; without a token in the settings this address does not exist. */
export const metrics = ({ config, database }: Services): RequestHandler => {
  const expected = config.metricsToken && Buffer.from(`Bearer ${config.metricsToken}`);
  return async (request, response, next) => {
    if (!expected) return next();
    const given = Buffer.from(request.get('authorization') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return void response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'The token does not fit.' });
    response
      .set('Cache-Control', 'no-store')
      .type('text/plain; version=0.0.4')
      .send(await scrape(database));
  };
};
