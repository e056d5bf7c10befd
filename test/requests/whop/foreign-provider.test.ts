import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decrypt } from '../../../src/encryption.ts';
import { freshAccessToken } from '../../../src/models/whop-token.ts';
import { refreshTokens } from '../../../src/whop/oauth-tokens.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit, type Client } from '../../support/client.ts';
import { startForeignProvider, type ForeignProvider } from '../../support/foreign-provider.ts';

/** Sign-in against an OpenID provider that nobody here wrote: what GigFlow says on the wire is the standard, not our own dialect. */
const PEOPLE = {
  'ada-at-large': { email: 'ada@elsewhere.test', email_verified: true, name: 'Ada Marlowe' },
  'noor-at-large': { email: 'noor@elsewhere.test', email_verified: true, name: 'Noor Haddad' },
  'wes-at-large': { name: 'Wes Lindqvist' },
};
const AUTHORIZE = '/api/auth/whop/authorize';

describe.each(['client_secret_post', 'client_secret_basic'] as const)('a provider that wants %s', (authMethod) => {
  let app: TestApp;
  let provider: ForeignProvider;
  beforeAll(async () => {
    app = await startTestApp();
    provider = await startForeignProvider(app.config, PEOPLE, { authMethod });
  });
  afterAll(async () => {
    await provider?.stop();
    await app.stop();
  });

  const identities = (sub: string): Promise<Record<string, string>[]> =>
    app.database.withSystem('sign-in', (trx) => trx('whop_identities').where({ sub }));
  const isSignedIn = async (browser: Client): Promise<boolean> => (await browser.get('/logout')).status === 200;

  /** To the provider, through its pages, and to the address that it sends the browser back to. */
  async function goThere(browser: Client, login: string, decision: 'approve' | 'deny' = 'approve'): Promise<string> {
    const sent = await browser.get(AUTHORIZE);
    const back = await provider.walk(sent.headers.location!, login, decision);
    expect(back.origin + back.pathname).toBe(app.config.whop.oauthRedirectUri);
    return back.pathname + back.search;
  }

  test('the whole way: consent, code with PKCE, id token with nonce, user info, a session', async () => {
    const ada = visit(app);
    const answer = await ada.get(await goThere(ada, 'ada-at-large'));
    expect([answer.status, answer.headers.location]).toEqual([303, '/orders']);
    expect(await isSignedIn(ada)).toBe(true);
    const [identity] = await identities('ada-at-large');
    expect(identity).toMatchObject({ email: 'ada@elsewhere.test', scope: expect.stringContaining('chat:read') });
    const [user] = await app.database.withSystem('sign-in', (trx) => trx('users').where({ id: identity!.user_id }));
    expect(user).toMatchObject({ email: 'ada@elsewhere.test', email_verified_at: expect.any(Date) });
    expect(provider.asked).toContain('POST /oauth/token');
    expect(provider.asked).toContain('GET /oauth/userinfo');
    expect(provider.asked).toContain('GET /.well-known/jwks.json');
  });

  test('who is known there without an e-mail address is asked for one here', async () => {
    const wes = visit(app);
    const answer = await wes.get(await goThere(wes, 'wes-at-large'));
    expect([answer.status, answer.headers.location]).toEqual([303, '/account/security']);
  });

  test('a refresh token rotates: the next one works, the one before has ended', async () => {
    const noor = visit(app);
    await noor.get(await goThere(noor, 'noor-at-large'));
    const stored = async (): Promise<string> =>
      decrypt((await identities('noor-at-large'))[0]!.refresh_token_encrypted!, app.config.encryptionKey)!;
    const first = await stored();
    const userId = (await identities('noor-at-large'))[0]!.user_id!;
    const access = await freshAccessToken(app.services, userId);
    const info = await fetch(`${provider.issuer}/oauth/userinfo`, { headers: { Authorization: `Bearer ${access}` } });
    expect(await info.json()).toMatchObject({ sub: 'noor-at-large' });
    const second = await stored();
    expect(second).not.toBe(first);
    expect(await freshAccessToken(app.services, userId)).toBeTruthy();
    const third = await stored();
    expect(await refreshTokens(app.services, second), 'used before').toBeNull();
    expect([third !== second, await refreshTokens(app.services, 'made-up')]).toEqual([true, null]);
  });

  test('signing out ends the refresh token there', async () => {
    const noor = visit(app);
    await noor.get(await goThere(noor, 'noor-at-large'));
    const [identity] = await identities('noor-at-large');
    const token = decrypt(identity!.refresh_token_encrypted!, app.config.encryptionKey)!;
    await noor.get('/logout');
    await noor.post('/logout');
    expect(provider.asked.at(-1)).toBe('POST /oauth/revoke');
    expect(await refreshTokens(app.services, token)).toBeNull();
  });

  test('who says no there is not signed in here, and reads why', async () => {
    const eve = visit(app);
    const answer = await eve.get(await goThere(eve, 'eve-at-large', 'deny'));
    expect(answer.status).toBe(403);
    expect(page(answer)('main').text()).toContain('You said no at Whop');
    expect([await isSignedIn(eve), await identities('eve-at-large')]).toEqual([false, []]);
  });

  test("another's code, a wrong state, a code used before: no session", async () => {
    const ada = visit(app);
    const back = await goThere(ada, 'ada-at-large');
    const thief = visit(app);
    const own = new URL(await goThere(thief, 'noor-at-large'), app.url);
    own.searchParams.set('code', new URL(back, app.url).searchParams.get('code')!);
    // Its verifier is in Ada's session: PKCE makes the stolen code worthless.
    expect((await thief.get(own.pathname + own.search)).status).toBe(403);
    expect(await isSignedIn(thief)).toBe(false);

    const lured = visit(app);
    const forged = (await goThere(lured, 'ada-at-large')).replace(/state=[^&]+/, 'state=forged');
    expect([(await lured.get(forged)).status, await isSignedIn(lured)]).toEqual([403, false]);

    const again = visit(app);
    const once = await goThere(again, 'ada-at-large');
    await again.get(once);
    await again.get('/logout');
    await again.post('/logout');
    expect([(await again.get(once)).status, await isSignedIn(again)]).toEqual([403, false]);
  });

  test('an id token for another nonce is not taken', async () => {
    const ada = visit(app);
    const asked = new URL((await ada.get(AUTHORIZE)).headers.location!);
    asked.searchParams.set('nonce', 'somebody-elses-nonce');
    const back = await provider.walk(asked.href, 'ada-at-large');
    const answer = await ada.get(back.pathname + back.search);
    expect([answer.status, await isSignedIn(ada)]).toEqual([403, false]);
  });

  test('an id token of another issuer is not taken', async () => {
    const ada = visit(app);
    const back = await goThere(ada, 'ada-at-large');
    const { hosts } = app.config.whop;
    hosts.issuer = 'https://api.whop.com';
    const answer = await ada.get(back);
    hosts.issuer = provider.issuer;
    expect([answer.status, await isSignedIn(ada)]).toEqual([403, false]);
  });
});
