import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as cheerio from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decrypt } from '../../src/encryption.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { signUp, visit, type Client } from '../support/client.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

const WES = 'user_EmuWes00000001';
const QUINN = 'user_EmuQuinn000001';
const UNA = 'user_EmuUna00000001';
const rows = (table: string, where: object = {}) =>
  app.database.withSystem('sign-in', (trx) => trx(table).where(where));

/** Goes to Whop, answers there, and returns the address that Whop sends the browser back to. */
async function askWhop(browser: Client, persona: string, decision = 'approve', next = ''): Promise<string> {
  const sent = await browser.get(`/api/auth/whop/authorize${next && `?next=${encodeURIComponent(next)}`}`);
  expect(sent.status).toBe(302);
  const consent = cheerio.load(await (await fetch(sent.headers.location!)).text());
  const fields = new URLSearchParams({ persona, decision });
  consent('form')
    .first()
    .find('input[type=hidden]')
    .each((_, input) => {
      const { name, value } = input.attribs;
      if (name && name !== 'persona') fields.set(name, value ?? '');
    });
  const answer = await fetch(`${app.emulator.url}/oauth/authorize`, {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  const back = new URL(answer.headers.get('location')!);
  expect(back.origin).toBe(app.url);
  return back.pathname + back.search;
}

const signedIn = async (browser: Client): Promise<boolean> => (await browser.get('/logout')).status === 200;

test('the request to Whop carries PKCE, state and nonce, and no secret', async () => {
  const sent = await visit(app).get('/api/auth/whop/authorize');
  const url = new URL(sent.headers.location!);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: app.config.whop.oauthClientId,
    redirect_uri: `${app.url}/api/auth/callback/whop`,
    code_challenge_method: 'S256',
  });
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(url.searchParams.get(name)!.length).toBeGreaterThan(40);
  expect(url.href).not.toContain(app.config.whop.oauthClientSecret!);
});

test('Wes continues with Whop: an account is made once, keyed by sub, the token sealed (defects 33, 35, 36)', async () => {
  const browser = visit(app);
  const back = await askWhop(browser, WES, 'approve', '/search?q=menu');
  const answer = await browser.get(back);
  expect([answer.status, answer.headers.location]).toEqual([303, '/search?q=menu']);
  const [identity] = await rows('whop_identities', { sub: WES });
  expect(identity.refresh_token_encrypted).toMatch(/^v1\./);
  expect(decrypt(identity.refresh_token_encrypted, app.config.encryptionKey)).toBeTruthy();
  expect((await rows('users', { id: identity.user_id }))[0]).toMatchObject({
    email: 'wes@whop-people.test',
    password_hash: null,
    role: 'user',
  });

  const again = visit(app);
  await again.get(await askWhop(again, WES));
  expect(await signedIn(again)).toBe(true);
  expect(await rows('users', { email: 'wes@whop-people.test' })).toHaveLength(1);
});

test('a person without e-mail gets an account without one', async () => {
  const browser = visit(app);
  await browser.get(await askWhop(browser, QUINN));
  const [identity] = await rows('whop_identities', { sub: QUINN });
  expect((await rows('users', { id: identity.user_id }))[0].email).toBeNull();
});

test('and is asked for one, wherever he wanted to go', async () => {
  const browser = visit(app);
  const answer = await browser.get(await askWhop(browser, QUINN));
  expect([answer.status, answer.headers.location]).toEqual([303, '/account/security']);
  const shown = cheerio.load((await browser.get('/account/security')).text);
  expect(shown('.flash').text()).toContain('gave us no e-mail address');
  const form = shown('form[action="/account/security/email"]');
  expect(form.find('button').text()).toBe('Add address');
  expect(form.find('input[type=password]').length).toBe(0);

  const wanting = visit(app);
  const went = await wanting.get(await askWhop(wanting, QUINN, 'approve', '/search?q=menu'));
  expect(went.headers.location).toBe('/search?q=menu');
  expect(
    cheerio
      .load((await wanting.get('/search?q=menu')).text)('.flash')
      .text(),
  ).toContain('e-mail address');
});

test('an address that Whop has not verified is not taken over', async () => {
  const browser = visit(app);
  await browser.get(await askWhop(browser, UNA));
  const [identity] = await rows('whop_identities', { sub: UNA });
  expect((await rows('users', { id: identity.user_id }))[0].email).toBeNull();
  expect(await rows('users', { email: 'una@whop-people.test' })).toEqual([]);
});

test('an equal address joins only when both sides are verified (defects 33, 34)', async () => {
  await signUp(app, 'Vera Local', { email: 'vera@gigflow.test' });
  await app.emulator.call('POST', '/control/personas', {
    sub: 'user_EmuVera0000001',
    email: 'vera@gigflow.test',
    email_verified: true,
    name: 'Vera',
    username: 'vera',
  });
  const refused = visit(app);
  const answer = await refused.get(await askWhop(refused, 'user_EmuVera0000001'));
  expect(answer.text).toContain('nothing has been linked');
  expect(await signedIn(refused)).toBe(false);
  expect(await rows('whop_identities', { sub: 'user_EmuVera0000001' })).toEqual([]);

  await app.database.withSystem('sign-in', (trx) =>
    trx('users').where({ email: 'vera@gigflow.test' }).update({ email_verified_at: new Date() }),
  );
  const joined = visit(app);
  await joined.get(await askWhop(joined, 'user_EmuVera0000001'));
  const [identity] = await rows('whop_identities', { sub: 'user_EmuVera0000001' });
  expect(identity.user_id).toBe((await rows('users', { email: 'vera@gigflow.test' }))[0].id);
});

test('an impostor with an unverified equal address gets no session', async () => {
  await signUp(app, 'Ada Marlowe', { email: 'ada@gigflow.test' });
  await app.database.withSystem('sign-in', (trx) =>
    trx('users').where({ email: 'ada@gigflow.test' }).update({ email_verified_at: new Date() }),
  );
  const eve = visit(app);
  expect((await eve.get(await askWhop(eve, 'user_EmuEve00000001'))).status).toBe(403);
  expect(await signedIn(eve)).toBe(false);
});

test('wildcards in an address match nobody else (defect 34)', async () => {
  await app.emulator.call('POST', '/control/personas', {
    sub: 'user_EmuPercent0001',
    email: '_da@gigflow.test',
    email_verified: true,
    name: 'Percy',
    username: 'percy',
  });
  const browser = visit(app);
  await browser.get(await askWhop(browser, 'user_EmuPercent0001'));
  const [identity] = await rows('whop_identities', { sub: 'user_EmuPercent0001' });
  expect((await rows('users', { id: identity.user_id }))[0].email).toBe('_da@gigflow.test');
});

test('wrong state, replayed callback, no, and a callback out of nowhere: a clear page, no session (defects 37, 41)', async () => {
  const browser = visit(app);
  const back = await askWhop(browser, WES);
  const wrongState = await browser.get(back.replace(/state=[^&]+/, 'state=forged'));
  expect([wrongState.status, await signedIn(browser)]).toEqual([403, false]);
  expect((await browser.get(back)).status).toBe(403);

  const other = visit(app);
  const used = await askWhop(other, WES);
  await other.get(used);
  await other.post('/logout');
  expect((await other.get(used)).status).toBe(403);
  expect(await signedIn(other)).toBe(false);

  const denied = visit(app);
  const answer = await denied.get(await askWhop(denied, WES, 'deny'));
  expect(answer.text).toContain('You said no');
  expect(await signedIn(denied)).toBe(false);
  expect((await visit(app).get('/api/auth/callback/whop?code=x&state=y')).status).toBe(403);
});

test("a code that belongs to another browser's sign-in is worth nothing", async () => {
  const victim = visit(app);
  const stolen = new URL(await askWhop(victim, WES), app.url).searchParams.get('code')!;
  const thief = visit(app);
  const own = new URL(await askWhop(thief, QUINN), app.url);
  own.searchParams.set('code', stolen);
  expect((await thief.get(own.pathname + own.search)).status).toBe(403);
  expect(await signedIn(thief)).toBe(false);
});

test('the token end point is down: a page in words, no session', async () => {
  const dead = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((resolve) => dead.listen(0, resolve));
  const browser = visit(app);
  const back = await askWhop(browser, WES);
  const { hosts } = app.config.whop;
  const oauth = hosts.oauth;
  hosts.oauth = `http://localhost:${(dead.address() as AddressInfo).port}/oauth`;
  const answer = await browser.get(back);
  hosts.oauth = oauth;
  dead.close();
  expect(answer.status).toBe(503);
  expect(await signedIn(browser)).toBe(false);
});
