import pino, { type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';

export type { Logger };

/** JSON lines. Cookies, tokens and addresses of people stay out. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: ['req.headers', 'res.headers', 'email', '*.email', 'password', '*.password', 'token', '*.token'],
      remove: true,
    },
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        code: error.code,
        message: error.message?.slice(0, 500),
        stack: error.stack,
      }),
    },
  });

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
        path: request.url.split('?')[0]!.replace(/^\/o\/.*/, '/o/…'),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  }) as unknown as RequestHandler;
