import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { fixture, setStage, type Stage } from './support.ts';

const REDIRECT_URI = 'http://localhost:3000/api/auth/callback/whop';
const { oauthClientId: clientId, oauthClientSecret: clientSecret } = EMULATOR_CREDENTIALS;

let stage: Stage;
let oauth: string;
beforeAll(async () => {
  stage = await setStage();
  oauth = `${stage.emulator.url}/oauth`;
});
afterAll(() => stage.stop());

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const request = (change: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${oauth}${path}`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });

/** Where the browser is sent when this person presses "Continue" on the sign-in page. */
async function signIn(persona: string, change: Record<string, string> = {}): Promise<URL> {
  const answer = await post('/authorize', { ...Object.fromEntries(request(change)), persona, decision: 'approve' });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location')!);
}

const exchange = async (url: URL, change: Record<string, string> = {}): Promise<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code: url.searchParams.get('code')!,
  redirect_uri: REDIRECT_URI,
  client_id: clientId,
  code_verifier: verifier,
  ...change,
});

type Tokens = { access_token: string; refresh_token: string; id_token?: string; scope: string; expires_in: number };

const tokensOf = async (answer: Promise<Response>): Promise<Tokens> => {
  const response = await answer;
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
};

const userinfo = async (token: string): Promise<Response> =>
  fetch(`${oauth}/userinfo`, { headers: { authorization: `Bearer ${token}` } });

describe('the sign-in page', () => {
  test('lists everybody as a plain form that leads back with a code', async () => {
    const answer = await fetch(`${oauth}/authorize?${request()}`);
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000;");
    const page = load(await answer.text());
    expect(page('button[aria-label="Continue as Ada Marlowe"]')).toHaveLength(1);
    expect(page('script')).toHaveLength(0);
    expect(page('li').text()).toContain('no e-mail');

    const form = page('button[aria-label="Continue as Ada Marlowe"]').closest('form');
    const fields = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
    const back = await post('/authorize', { ...fields, decision: 'approve' });
    const url = new URL(back.headers.get('location')!);
    expect(url.href).toContain(`${REDIRECT_URI}?code=`);
    expect(url.searchParams.get('state')).toBe('state-1');
  });

  test('lets people say no', async () => {
    const answer = await post('/authorize', { ...Object.fromEntries(request()), decision: 'deny' });
    const { searchParams } = new URL(answer.headers.get('location')!);
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 'state-1']);
  });

  test.each([
    ['a foreign address', { redirect_uri: `${REDIRECT_URI}/` }],
    ['an unknown client', { client_id: 'app_other' }],
  ])('never leads to %s', async (_name, change) => {
    const answer = await fetch(`${oauth}/authorize?${request(change)}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test.each([
    ['no nonce', { nonce: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['an unknown scope', { scope: 'openid everything' }, 'invalid_scope'],
    ['an implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
  ])('sends back a request with %s', async (_name, change, error) => {
    const asked = request(change);
    if (!asked.get('nonce')) asked.delete('nonce');
    const answer = await fetch(`${oauth}/authorize?${asked}`, { redirect: 'manual' });
    expect(new URL(answer.headers.get('location')!).searchParams.get('error')).toBe(error);
  });
});

describe('the token endpoint', () => {
  test('gives tokens once for a code, and an id_token that the JWKS proves', async () => {
    const fields = await exchange(await signIn('ada'), { client_secret: clientSecret });
    const tokens = await tokensOf(post('/token', fields));
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid profile email' });

    const jwks = createRemoteJWKSet(new URL(`${stage.emulator.url}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token!, jwks, {
      issuer: 'https://api.whop.com',
      audience: clientId,
    });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload).toMatchObject({ sub: 'user_EmuAda00000001', nonce: 'nonce-1' });

    const again = await post('/token', fields);
    expect([again.status, await again.json()]).toEqual([400, fixture('rest/errors').oauth_token_400]);
  });

  test('takes JSON, no secret from a public app, and a secret by Basic', async () => {
    const json = await fetch(`${oauth}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await exchange(await signIn('noor'))),
    });
    expect(json.status).toBe(200);
    const { client_id: _clientId, ...fields } = await exchange(await signIn('noor'));
    const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
    expect((await post('/token', fields, { authorization })).status).toBe(200);
  });

  test('refuses a wrong secret without burning the code', async () => {
    const fields = await exchange(await signIn('ada'));
    const refused = await post('/token', { ...fields, client_secret: 'wrong' });
    expect([refused.status, await refused.json()]).toEqual([401, fixture('rest/errors').oauth_token_401]);
    expect((await post('/token', fields)).status).toBe(200);
  });

  test('can insist on Basic', async () => {
    await stage.control.faults({ oauth: { clientAuthentication: 'basic' } });
    const fields = await exchange(await signIn('ada'), { client_secret: clientSecret });
    expect((await post('/token', fields)).status).toBe(401);
    const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
    expect((await post('/token', fields, { authorization })).status).toBe(200);
    await stage.control.faults({});
  });

  test.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }, 'invalid_grant'],
    ['another address', { redirect_uri: 'http://localhost:3000/other' }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_name, change, error) => {
    const answer = await post('/token', await exchange(await signIn('ada'), change));
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([400, error]);
  });

  test('rotates refresh tokens and forgets revoked ones', async () => {
    const refresh = (token: string): Promise<Response> =>
      post('/token', { grant_type: 'refresh_token', refresh_token: token, client_id: clientId });
    const first = await tokensOf(post('/token', await exchange(await signIn('ada'))));
    const second = await tokensOf(refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).status).toBe(400);

    expect((await post('/revoke', { token: second.refresh_token, client_id: clientId })).status).toBe(200);
    expect((await refresh(second.refresh_token)).status).toBe(400);
    expect((await userinfo(second.access_token)).status).toBe(200);
  });

  test('fails on request, as everything else', async () => {
    await stage.control.faults({ api: { status: 500, only: 'POST /oauth/token' } });
    expect((await post('/token', await exchange(await signIn('ada')))).status).toBe(500);
    await stage.control.faults({});
  });
});

describe('userinfo', () => {
  const infoOf = async (persona: string, scope = 'openid profile email'): Promise<unknown> => {
    const tokens = await tokensOf(post('/token', await exchange(await signIn(persona, { scope }))));
    return (await userinfo(tokens.access_token)).json();
  };

  test('tells who somebody is, as far as the scopes go', async () => {
    expect(await infoOf('ada')).toEqual({
      sub: 'user_EmuAda00000001',
      name: 'Ada Marlowe',
      preferred_username: 'ada',
      picture: null,
      email: 'ada@gigflow.test',
      email_verified: true,
    });
    expect(await infoOf('ada', 'openid')).toEqual({ sub: 'user_EmuAda00000001' });
  });

  test('knows people without e-mail, with an unproven one, and new ones', async () => {
    expect(await infoOf('quinn')).not.toHaveProperty('email');
    expect(await infoOf('eve')).toMatchObject({ email: 'ada@gigflow.test', email_verified: false });

    await stage.control.call('POST', '/control/personas', { email: 'zoe@gigflow.test', username: 'zoe', name: 'Zoe' });
    expect(await infoOf('zoe')).toMatchObject({ email: 'zoe@gigflow.test', email_verified: true, name: 'Zoe' });
  });

  test('refuses nonsense', async () => {
    expect((await userinfo('nonsense')).status).toBe(401);
  });
});
