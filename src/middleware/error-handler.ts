import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import * as errors from '../errors.ts';
import { paths } from '../paths.ts';
import { isJsonAddress } from './current-user.ts';
import { closePolicy } from './security-headers.ts';
import { showWrongState } from '../presenters/wrong-state.ts';

interface Answer {
  status: number;
  view: string;
  title: string;
  message: string;
}

const known: [new (...args: never[]) => Error, Omit<Answer, 'message'>][] = [
  [errors.NotFound, { status: 404, view: 'errors/not-found', title: 'Page not found' }],
  [errors.StaleForm, { status: 403, view: 'errors/message', title: 'Please send that again' }],
  [errors.Suspended, { status: 403, view: 'errors/suspended', title: 'Your account is suspended' }],
  [errors.Forbidden, { status: 403, view: 'errors/message', title: 'This is not yours to do' }],
  [errors.Conflict, { status: 409, view: 'errors/message', title: 'That is not possible just now' }],
  [errors.Invalid, { status: 422, view: 'errors/message', title: 'Check what you entered' }],
  [errors.SignInFailed, { status: 403, view: 'errors/message', title: 'You are not signed in' }],
  [errors.TooMany, { status: 429, view: 'errors/message', title: 'Too many tries' }],
  [errors.Unavailable, { status: 503, view: 'errors/message', title: 'Something we need is not answering' }],
];

const UNAVAILABLE = 'Nothing was lost. Wait a moment and try again.';
/** What Postgres and its driver say when the database, not the request, is at fault. */
const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
  '08006',
  '08001',
  '53300',
  '57014',
  '55P03',
  '25P03',
]);

function answerTo(error: unknown): Answer {
  for (const [Type, answer] of known) {
    if (!(error instanceof Type)) continue;
    const message =
      error instanceof errors.NotFound ? '' : error instanceof errors.Unavailable ? UNAVAILABLE : error.message;
    return { ...answer, message };
  }
  const { type, status, code, name } = error as { type?: string; status?: number; code?: string; name?: string };
  if (type === 'entity.too.large' || type === 'parameters.too.many') {
    return {
      status: 413,
      view: 'errors/message',
      title: 'That is too much',
      message: 'The form holds more than we can take (100 KB). Shorten it and send it again.',
    };
  }
  if (
    type === 'entity.parse.failed' ||
    type === 'querystring.parse.rangeError' ||
    type === 'request.size.invalid' ||
    type === 'encoding.unsupported' ||
    type === 'charset.unsupported'
  ) {
    return {
      status: 422,
      view: 'errors/message',
      title: 'We could not read that',
      message: 'What arrived is not a form or JSON that we understand.',
    };
  }
  if (error instanceof URIError || status === 400)
    return { status: 404, view: 'errors/not-found', title: 'Page not found', message: '' };
  if ((code && DATABASE_AWAY.has(code)) || name === 'KnexTimeoutError') {
    return { status: 503, view: 'errors/message', title: 'Our database is not answering', message: UNAVAILABLE };
  }
  return { status: 500, view: 'errors/server-error', title: 'Something went wrong', message: '' };
}

/** Unknown addresses: first the canonical spelling, then the 404 page. */
export const notFound: RequestHandler = (request, response) => {
  const canonical = '/' + request.path.toLowerCase().split('/').filter(Boolean).join('/');
  if (request.method === 'GET' && canonical !== request.path && !request.path.startsWith('/api/')) {
    return response.redirect(301, canonical + request.originalUrl.slice(request.originalUrl.split('?')[0]!.length));
  }
  throw new errors.NotFound();
};

/** One place turns errors into answers. Pages never carry a stack, SQL or a path. */
export const errorHandler: ErrorRequestHandler = async (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof errors.SignInNeeded) return askToSignIn(request, response);
  // What fails before the routes has no services yet, and a policy that nobody has opened.
  if (request.services as Request['services'] | undefined) closePolicy(request.services.config, response);
  const answer = answerTo(error);
  if (answer.status >= 500) request.log?.error({ err: error, whop: whopDetails(error) }, 'request failed');
  else request.log?.info({ status: answer.status, reason: (error as Error).message }, 'request refused');
  try {
    if (request.wantsJson ?? isJsonAddress(request.path)) {
      response.status(answer.status).json({ error: answer.message || answer.title });
    } else if (error instanceof errors.WrongState) {
      await showWrongState(request, response, error);
    } else {
      response.status(answer.status);
      await response.page(
        answer.view,
        { title: answer.title, robots: 'noindex', partial: 'errors/_message' },
        { title: answer.title, message: answer.message, errorId: request.id },
      );
    }
  } catch (failure) {
    // The page itself needs session and database; when these are away the answer is plain.
    request.log?.error({ err: failure }, 'error page failed');
    if (!response.headersSent) response.status(answer.status).type('text').send(`${answer.title}. ${answer.message}`);
  }
};

function askToSignIn(request: Request, response: Response): void {
  if (request.wantsJson) return void response.status(401).json({ error: 'Sign in first.' });
  const next = request.method === 'GET' ? request.originalUrl : (refererPath(request) ?? '/');
  const login = paths.login(next);
  if (request.get('hx-request')) return void response.set('HX-Redirect', login).status(200).end();
  response.redirect(303, login);
}

function refererPath(request: Request): string | null {
  const referer = request.get('referer');
  if (!referer || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  return url.origin === new URL(request.services.config.appUrl).origin ? url.pathname + url.search : null;
}

const whopDetails = (error: unknown): object | undefined =>
  error instanceof errors.WhopFailure
    ? { status: error.status, requestId: error.requestId, message: error.whopMessage }
    : undefined;
