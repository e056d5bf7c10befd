import type { Request, Response } from 'express';
import { timingSafeEqual } from 'node:crypto';
import { SignInFailed } from '../errors.ts';
import { saveSession, signIn } from '../middleware/session.ts';
import { signInWithWhop } from '../models/whop-identity.ts';
import { paths, safeNext } from '../paths.ts';
import { authorizeUrl, identify, newChallenge } from '../whop/oauth.ts';

const MAX_AGE = 15 * 60 * 1000;

/** Sends the browser to Whop with secrets that only this session knows. */
export async function authorize(request: Request, response: Response): Promise<void> {
  const challenge = newChallenge();
  request.session.oauth = { ...challenge, next: safeNext(request.query.next, ''), intent: 'sign-in', at: Date.now() };
  await saveSession(request);
  response.set('Cache-Control', 'no-store').redirect(302, authorizeUrl(request.services.config, challenge));
}

/** The way back. The secrets serve once, whatever comes of it. */
export async function callback(request: Request, response: Response): Promise<void> {
  const { services, query } = request;
  const started = request.session.oauth;
  delete request.session.oauth;
  if (!started || Date.now() - started.at > MAX_AGE || !equal(query.state, started.state)) {
    throw new SignInFailed('This sign-in was not started here, or took too long. Start again.');
  }
  if (query.error === 'access_denied')
    throw new SignInFailed('You said no at Whop. Nothing was linked and you are not signed in.');
  if (typeof query.code !== 'string' || query.code === '')
    throw new SignInFailed('Whop could not sign you in. Try again.');
  const identity = await identify(services.config, query.code, started);
  const userId = await signInWithWhop(services.database, services.config, identity);
  await signIn(request, userId);
  await response.seeOther(started.next || paths.orders(), { kind: 'good', text: 'You are signed in with Whop.' });
}

function equal(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
