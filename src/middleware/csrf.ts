import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { StaleForm } from '../errors.ts';
import { openMultipart } from './multipart.ts';

const { generateToken, csrfSynchronisedProtection } = csrfSync({
  getTokenFromRequest: (request) => {
    const body = request.body as { _csrf?: unknown } | undefined;
    const field = body?._csrf;
    return typeof field === 'string' ? field : request.get('x-csrf-token');
  },
});

/** The token of this session for a form; makes the session when there is none yet. */
export const csrfToken = (request: Request): string => generateToken(request);

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses what another site sent, then what does not carry this session's token (architecture.md "Cross-site"). */
export function setUpCsrf(config: Config): RequestHandler[] {
  const ownOrigin = new URL(config.appUrl).origin;
  const sameSite: RequestHandler = (request, _response, next) => {
    if (SAFE.includes(request.method)) return next();
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    if ((site && site !== 'same-origin' && site !== 'none') || (origin && origin !== ownOrigin)) {
      throw new StaleForm('This request came from another site.');
    }
    next();
  };
  const token: RequestHandler = (request, response, next) =>
    csrfSynchronisedProtection(request, response, (error?: unknown) =>
      next(
        error
          ? new StaleForm('This page was open too long, or belongs to another session. Load it again and repeat.')
          : undefined,
      ),
    );
  return [sameSite, openMultipart, token];
}
