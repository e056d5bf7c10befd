import pino, { type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';

export type { Logger };

/** Mailed links carry their secret in the path. */
const SECRET_IN_PATH = /^(\/(?:o|password-resets|email-verifications|email-changes)\/).+/;

/** The path as it is logged: no query, no secret. */
export const requestPath = (url: string): string => url.split('?')[0]!.replace(SECRET_IN_PATH, '$1…');

/** JSON lines. Cookies, tokens and addresses of people stay out. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      redact: {
        paths: ['req.headers', 'res.headers', 'email', '*.email', 'password', '*.password', 'token', '*.token'],
        remove: true,
      },
      serializers: {
        err: (error: Error & { code?: string }) => ({
          type: error.name,
          code: error.code,
          message: withoutStatement(error).slice(0, 500),
          stack: (error.stack ?? '')
            .split('\n')
            .filter((line) => /^\s+at /.test(line))
            .join('\n'),
        }),
      },
    },
    destination ?? pino.destination(1),
  );

/** knex puts the statement with its values, people's addresses among them, before the database's words. */
const withoutStatement = ({ message = '', code }: Error & { code?: string }): string =>
  code && /^[0-9A-Z]{5}$/.test(code) ? message.slice(message.lastIndexOf(' - ') + 1).replace(/^- /, '') : message;

/** One line per request, with the id that the error page shows. */
export const requestLog = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    genReqId: (request, response) => {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      (request as { id?: string }).id = id;
      return id;
    },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: requestPath(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  }) as unknown as RequestHandler;
