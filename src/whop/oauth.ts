import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { SignInFailed, Unavailable } from '../errors.ts';

/** Asked for up front, so that chat works without a second consent (contract 1.1, 8.2). */
const SCOPES = [
  'openid profile email',
  'chat:read chat:message:create dms:read dms:message:manage dms:channel:manage',
].join(' ');

const TIME_OUT = 20_000;
const tokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string().nullish(),
  id_token: z.string().nullish(),
  scope: z.string().nullish(),
});
const userInfo = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().nullish(),
  preferred_username: z.string().nullish(),
  email: z.string().nullish(),
  email_verified: z.boolean().nullish(),
});

export interface Challenge {
  state: string;
  nonce: string;
  verifier: string;
}

export interface WhopIdentity {
  sub: string;
  name: string | null;
  /** Null when Whop gave none. */
  email: string | null;
  emailVerified: boolean;
  refreshToken: string | null;
  scope: string;
}

const random = (): string => randomBytes(32).toString('base64url');

/** New secrets for one sign-in. They belong into the session, never into a page. */
export const newChallenge = (): Challenge => ({ state: random(), nonce: random(), verifier: random() });

/** Where the browser goes to ask for consent: PKCE S256, state and nonce. */
export function authorizeUrl(config: Config, challenge: Challenge): string {
  const url = new URL(`${config.whop.hosts.oauth}/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.whop.oauthClientId,
    redirect_uri: config.whop.oauthRedirectUri,
    scope: SCOPES,
    state: challenge.state,
    nonce: challenge.nonce,
    code_challenge: createHash('sha256').update(challenge.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

/**
 * Turns the code of a callback into an identity: token, id token (signature, issuer, audience, nonce), user info.
 * @throws SignInFailed when any of it does not fit, Unavailable when Whop does not answer
 */
export async function identify(config: Config, code: string, challenge: Challenge): Promise<WhopIdentity> {
  const tokens = await exchange(config, code, challenge.verifier);
  const subject = await subjectOf(config, tokens.id_token, challenge.nonce);
  const response = await send(`${config.whop.hosts.oauth}/userinfo`, {
    headers: { Authorization: `Bearer ${tokens.access_token}` },
  });
  const info = userInfo.safeParse(response.ok ? await response.json().catch(() => null) : null);
  if (!info.success || info.data.sub !== subject) throw new SignInFailed('Whop did not say who you are. Try again.');
  const email = info.data.email?.trim().toLowerCase() || null;
  return {
    sub: info.data.sub,
    name: info.data.name?.trim() || info.data.preferred_username?.trim() || null,
    email,
    emailVerified: email !== null && info.data.email_verified === true,
    refreshToken: tokens.refresh_token ?? null,
    scope: tokens.scope ?? '',
  };
}

/** Client id always, secret in the body; on 401 invalid_client once more with Basic (contract 1.2). A refused client burns no code. */
async function exchange(config: Config, code: string, verifier: string): Promise<z.output<typeof tokenAnswer>> {
  const { oauthClientId, oauthClientSecret, oauthRedirectUri, hosts } = config.whop;
  const body = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: oauthRedirectUri,
    client_id: oauthClientId,
    code_verifier: verifier,
  };
  const post = (extra: object, headers: Record<string, string> = {}) =>
    send(`${hosts.oauth}/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ ...body, ...extra }),
    });
  let response = await post(oauthClientSecret ? { client_secret: oauthClientSecret } : {});
  if (response.status === 401 && oauthClientSecret) {
    const basic = Buffer.from(`${oauthClientId}:${oauthClientSecret}`).toString('base64');
    response = await post({}, { Authorization: `Basic ${basic}` });
  }
  if (response.status >= 500 || response.status === 429) throw new Unavailable('Whop sign-in is not answering');
  const tokens = tokenAnswer.safeParse(response.ok ? await response.json().catch(() => null) : null);
  if (!tokens.success) throw new SignInFailed('This sign-in was used already or took too long. Start again.');
  return tokens.data;
}

async function subjectOf(config: Config, idToken: string | null | undefined, nonce: string): Promise<string> {
  if (!idToken) throw new SignInFailed('Whop did not say who you are. Try again.');
  try {
    const { payload } = await jwtVerify(idToken, createRemoteJWKSet(new URL(config.whop.hosts.jwks)), {
      issuer: config.whop.hosts.issuer,
      audience: config.whop.oauthClientId,
    });
    if (payload.nonce !== nonce || typeof payload.sub !== 'string') throw new Error('nonce or subject');
    return payload.sub;
  } catch (error) {
    throw new SignInFailed('The answer from Whop does not belong to this sign-in. Start again.', { cause: error });
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIME_OUT), redirect: 'error' });
  } catch (error) {
    throw new Unavailable('Whop sign-in is not answering', { cause: error });
  }
}
