import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { SignInFailed } from '../errors.ts';
import { subjectOf } from './id-token.ts';
import { exchangeCode, userInfo, type OAuth } from './oauth-tokens.ts';

/** Asked for up front, so that chat works without a second consent (contract 1.1, 8.2). */
const SCOPES = [
  'openid profile email',
  'chat:read chat:message:create dms:read dms:message:manage dms:channel:manage',
].join(' ');

const profile = z.object({
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
export async function identify(oauth: OAuth, code: string, challenge: Challenge): Promise<WhopIdentity> {
  const tokens = await exchangeCode(oauth, code, challenge.verifier);
  if (!tokens) throw new SignInFailed('This sign-in was used already or took too long. Start again.');
  const subject = await subjectOf(oauth.config, tokens.id_token, challenge.nonce);
  const info = profile.safeParse(await userInfo(oauth, tokens.access_token));
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
