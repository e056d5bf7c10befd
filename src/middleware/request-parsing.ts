import express, { type RequestHandler } from 'express';
import { Invalid } from '../errors.ts';

const FORM_LIMIT = '100kb';

/** Forms and JSON up to 100 KB. A NUL would be a 500 from Postgres, so it is refused here with a sentence. */
export function setUpRequestParsing(): RequestHandler[] {
  return [
    express.urlencoded({ extended: true, limit: FORM_LIMIT, parameterLimit: 2_000 }),
    express.json({ limit: FORM_LIMIT }),
    (request, _response, next) => {
      request.body ??= {};
      if (containsNul(request.body) || containsNul(request.query)) {
        throw new Invalid({ '': 'The text contains a character that cannot be stored.' });
      }
      next();
    },
  ];
}

export const containsNul = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\u0000')
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, inner]) => key.includes('\u0000') || containsNul(inner));
