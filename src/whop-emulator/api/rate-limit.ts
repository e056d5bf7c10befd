import type { RequestHandler } from 'express';
import { callerOf } from './authentication.ts';
import { rateLimited } from './errors.ts';

const WINDOW_MS = 60_000;

/** So many requests per minute, operation and credential (contract 0.5, documented: 600). */
export const rateLimit = (perMinute: () => number): RequestHandler => {
  let windowStart = 0;
  let counts = new Map<string, number>();

  return (req, res, next) => {
    const now = Date.now();
    if (now - windowStart >= WINDOW_MS) {
      windowStart = now;
      counts = new Map();
    }
    const operation = `${callerOf(res).credential} ${req.method} ${req.path.replace(/\/[a-z]+_[A-Za-z0-9]+/g, '/:id')}`;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count > perMinute()) {
      const seconds = Math.ceil((windowStart + WINDOW_MS - now) / 1000);
      res.set('Retry-After', String(seconds));
      throw rateLimited(seconds);
    }
    next();
  };
};
