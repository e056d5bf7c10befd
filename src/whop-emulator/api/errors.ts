import type { ErrorRequestHandler, RequestHandler, Response } from 'express';

type ErrorType =
  | 'invalid_request_error'
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'gone'
  | 'conflict'
  | 'rate_limit_exceeded'
  | 'internal_server_error';

/** An answer that Whop gives when it says no (contract 0.5). */
export class WhopError extends Error {
  readonly status: number;
  readonly type: ErrorType;
  readonly code: string | undefined;
  readonly param: string | undefined;

  constructor(status: number, type: ErrorType, message: string, details: { code?: string; param?: string } = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = details.code;
    this.param = details.param;
  }
}

export const badRequest = (message: string, details?: { code?: string; param?: string }): WhopError =>
  new WhopError(400, 'bad_request', message, details);
export const invalidParameter = (param: string, message: string): WhopError =>
  new WhopError(400, 'invalid_request_error', message, { code: 'parameter_invalid', param });
export const missingParameter = (param: string): WhopError =>
  new WhopError(400, 'invalid_request_error', `Missing required parameter: ${param}`, {
    code: 'parameter_missing',
    param,
  });
export const unauthorized = (): WhopError =>
  new WhopError(401, 'unauthorized', 'The API key supplied does not exist or is invalid');
export const forbidden = (action: string): WhopError =>
  new WhopError(403, 'forbidden', `Company API key is not authorized for the ${action} scope.`);
export const notFound = (what: string): WhopError => new WhopError(404, 'not_found', `${what} not found`);
export const gone = (): WhopError =>
  new WhopError(410, 'gone', 'This endpoint is no longer served at this API version');
export const conflict = (message: string): WhopError => new WhopError(409, 'conflict', message);
export const rateLimited = (seconds: number): WhopError =>
  new WhopError(429, 'rate_limit_exceeded', `Try again in ${seconds} seconds.`);

export function sendError(res: Response, error: WhopError): void {
  const { type, code, message, param } = error;
  res.status(error.status).json({ error: { type, ...(code && { code }), message, ...(param && { param }) } });
}

export const unknownRoute: RequestHandler = (req) => {
  throw new WhopError(404, 'not_found', `No such endpoint: ${req.method} ${req.path}`);
};

export const apiErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error);
  if (error instanceof WhopError) return sendError(res, error);
  if (isBodyParserError(error)) return sendError(res, badRequest('The request body is not valid JSON'));
  console.error(error);
  sendError(res, new WhopError(500, 'internal_server_error', 'Something went wrong'));
};

const isBodyParserError = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
