import { z } from 'zod';
import { Unavailable } from '../errors.ts';
import type { Services } from '../services.ts';

export type OAuth = Pick<Services, 'config' | 'logger'>;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  id_token: z.string().nullish(),
  scope: z.string().nullish(),
});
export type Tokens = z.output<typeof tokenAnswer>;

/** A refresh holds the lock on its row meanwhile, and the database ends idle transactions after 15 s. */
const REFRESH_TIME_OUT = 10_000;
/** Nobody waits for long to be signed out. */
const REVOKE_TIME_OUT = 3_000;

/** @returns null when the code is wrong, old or used */
export async function exchangeCode(oauth: OAuth, code: string, verifier: string): Promise<Tokens | null> {
  const grant = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: oauth.config.whop.oauthRedirectUri,
    code_verifier: verifier,
  };
  return tokensIn(await post(oauth, 'token', grant, oauth.config.whop.timeOut));
}

/** A refresh token works once: its answer carries the next. @returns null when it is of no use any more (contract 1.3) */
export async function refreshTokens(oauth: OAuth, refreshToken: string): Promise<Tokens | null> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return tokensIn(await post(oauth, 'token', grant, REFRESH_TIME_OUT));
}

/** Ends a refresh token at Whop, as well as can be: a failure is logged, never thrown. */
export async function revokeToken(oauth: OAuth, refreshToken: string): Promise<void> {
  try {
    const response = await post(oauth, 'revoke', { token: refreshToken }, REVOKE_TIME_OUT);
    if (!response.ok) oauth.logger.warn({ status: response.status }, 'a token of Whop could not be revoked');
  } catch (error) {
    oauth.logger.warn({ err: error }, 'a token of Whop could not be revoked');
  }
}

/** The person's own profile at Whop; null when the token is not taken. */
export async function userInfo({ config }: OAuth, accessToken: string): Promise<unknown> {
  const response = await send(`${config.whop.hosts.oauth}/userinfo`, config.whop.timeOut, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  return response.ok ? response.json().catch(() => null) : null;
}

async function tokensIn(response: Response): Promise<Tokens | null> {
  if (response.status >= 500 || response.status === 429) throw new Unavailable('Whop sign-in is not answering');
  const parsed = tokenAnswer.safeParse(response.ok ? await response.json().catch(() => null) : null);
  return parsed.success ? parsed.data : null;
}

/**
 * Client id always; the secret in the body, and when that is refused once more by Basic (contract 1.2). As JSON, which is how Whop
 * documents it; where that is not understood, as the form of the standard. Neither refusal burns a code.
 * @throws Unavailable when the client is refused in every way: then our settings are wrong, not the person's sign-in
 */
async function post(oauth: OAuth, path: string, body: object, timeOut: number): Promise<Response> {
  const { oauthClientId, oauthClientSecret, hosts } = oauth.config.whop;
  let write = asJson;
  const attempt = (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const written = write({ ...body, client_id: oauthClientId, ...fields });
    return send(`${hosts.oauth}/${path}`, timeOut, {
      method: 'POST',
      headers: { 'Content-Type': written.type, ...headers },
      body: written.text,
    });
  };
  const secret: Record<string, string> = oauthClientSecret ? { client_secret: oauthClientSecret } : {};
  let way = oauthClientSecret ? 'body' : 'none';
  let response = await attempt(secret);
  if (await isNotUnderstood(response)) {
    write = asForm;
    response = await attempt(secret);
  }
  if (oauthClientSecret && (await isClientRefused(response))) {
    way = 'basic';
    const basic = Buffer.from(`${oauthClientId}:${oauthClientSecret}`).toString('base64');
    response = await attempt({}, { Authorization: `Basic ${basic}` });
  }
  if (await isClientRefused(response)) {
    oauth.logger.error({ way, path }, 'Whop does not take WHOP_OAUTH_CLIENT_ID and WHOP_OAUTH_CLIENT_SECRET');
    throw new Unavailable('Whop does not know this site');
  }
  oauth.logger.info({ way, path, status: response.status }, 'Whop took the OAuth client');
  return response;
}

interface Written {
  type: string;
  text: string;
}
const asJson = (body: object): Written => ({ type: 'application/json', text: JSON.stringify(body) });
const asForm = (body: object): Written => ({
  type: 'application/x-www-form-urlencoded',
  text: new URLSearchParams(body as Record<string, string>).toString(),
});

const isNotUnderstood = async (response: Response): Promise<boolean> =>
  response.status === 415 || (response.status === 400 && (await errorIn(response)) === 'invalid_request');

const isClientRefused = async (response: Response): Promise<boolean> =>
  response.status === 401 && (await errorIn(response)) === 'invalid_client';

async function errorIn(response: Response): Promise<unknown> {
  const answer = (await response
    .clone()
    .json()
    .catch(() => null)) as { error?: unknown } | null;
  return answer?.error;
}

async function send(url: string, timeOut: number, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeOut), redirect: 'error' });
  } catch (error) {
    throw new Unavailable('Whop sign-in is not answering', { cause: error });
  }
}
