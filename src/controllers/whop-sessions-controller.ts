import type { Request, Response } from 'express';
import { timingSafeEqual } from 'node:crypto';
import { SignInFailed } from '../errors.ts';
import { beginSignIn, saveSession } from '../middleware/session.ts';
import { linkWhop, signInWithWhop } from '../models/whop-identity.ts';
import { paths, safeNext } from '../paths.ts';
import { showMailed } from './whop-joins-controller.ts';
import { revokeToken } from '../whop/oauth-tokens.ts';
import { authorizeUrl, identify, newChallenge, type WhopIdentity } from '../whop/oauth.ts';

const MAX_AGE = 15 * 60 * 1000;
const NO_EMAIL =
  'You are signed in with Whop, which gave us no e-mail address. Give your account one under Account, Security: then you hear about your orders.';

/** Sends the browser to Whop with secrets that only this session knows. Linking has to be asked for by a form of ours first. */
export async function authorize(request: Request, response: Response): Promise<void> {
  const links = request.query.intent === 'link';
  if (links && !mayLink(request)) return response.redirect(303, paths.accountWhop);
  delete request.session.whopLinkAskedAt;
  const challenge = newChallenge();
  request.session.oauth = {
    ...challenge,
    next: safeNext(request.query.next, ''),
    intent: links ? 'link' : 'sign-in',
    at: Date.now(),
  };
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
  const links = started.intent === 'link';
  if (query.error === 'access_denied' && links) {
    return response.seeOther(paths.accountWhop, { kind: 'info', text: 'You said no at Whop. Nothing was connected.' });
  }
  if (query.error === 'access_denied')
    throw new SignInFailed('You said no at Whop. Nothing was linked and you are not signed in.');
  if (typeof query.code !== 'string' || query.code === '')
    throw new SignInFailed('Whop could not sign you in. Try again.');
  const identity = await identify(services, query.code, started);
  if (links) return link(request, response, identity);
  const found = await signInWithWhop(services.database, services.config, identity);
  if ('mailedTo' in found) {
    if (identity.refreshToken) await revokeToken(services, identity.refreshToken);
    return showMailed(response, found.mailedTo);
  }
  const { userId, email } = found;
  if (!(await beginSignIn(request, userId, 'whop', started.next))) return response.seeOther(paths.secondFactor);
  if (email)
    return response.seeOther(started.next || paths.orders(), { kind: 'good', text: 'You are signed in with Whop.' });
  await response.seeOther(started.next || paths.accountSecurity, { kind: 'info', text: NO_EMAIL });
}

async function link(request: Request, response: Response, identity: WhopIdentity): Promise<void> {
  const { config, database } = request.services;
  if (!request.person) throw new SignInFailed('You signed out meanwhile. Nothing was connected.');
  await linkWhop(database, config, request.person.id, identity);
  await response.seeOther(paths.accountWhop, { kind: 'good', text: 'Your Whop account is connected.' });
}

function mayLink({ person, session }: Request): boolean {
  const askedAt = session.whopLinkAskedAt;
  return person !== null && !person.suspended && askedAt !== undefined && Date.now() - askedAt < MAX_AGE;
}

function equal(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || given.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
