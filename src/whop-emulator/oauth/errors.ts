import type { ErrorRequestHandler } from 'express';

type Code =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_client'
  | 'invalid_scope'
  | 'insufficient_scope'
  | 'unsupported_grant_type'
  | 'invalid_token';

/** OAuth's own error shape (contract 1.6). */
export class OAuthError extends Error {
  readonly status: number;
  readonly code: Code;
  constructor(status: number, code: Code, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

export const oauthErrors: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof OAuthError)) return next(error);
  res.status(error.status).json({ error: error.code, error_description: error.message });
};
