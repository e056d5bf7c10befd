import express, { type RequestHandler } from 'express';
import { Invalid } from '../errors.ts';

const FORM_LIMIT = '100kb';

/** Forms and JSON up to 100 KB. What Postgres cannot keep would be a 500, so it is refused here with a sentence. */
export function setUpRequestParsing(): RequestHandler[] {
  return [
    express.urlencoded({ extended: true, limit: FORM_LIMIT, parameterLimit: 2_000 }),
    express.json({ limit: FORM_LIMIT }),
    (request, _response, next) => {
      request.body ??= {};
      if (unstorable(request.body) || unstorable(request.query)) {
        throw new Invalid({ '': 'The text contains a character that cannot be stored.' });
      }
      next();
    },
  ];
}

/** A NUL, or half of a character: neither can be stored or mailed. */
export const unstorable = (value: unknown): boolean =>
  typeof value === 'string'
    ? /\u0000|[\uD800-\uDFFF]/u.test(value)
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, inner]) => unstorable(key) || unstorable(inner));
