import { afterAll, beforeAll, expect, test } from 'vitest';
import { decrypt } from '../../../src/encryption.ts';
import { refreshTokens } from '../../../src/whop/oauth-tokens.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { idOf } from '../../support/sellers.ts';
import { askWhop, connectWhop, newPersona } from '../../support/whop-sign-in.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

const LINK = '/api/auth/whop/authorize?intent=link';
const identities = (where: object): Promise<Record<string, string>[]> =>
  app.database.withSystem('sign-in', (trx) => trx('whop_identities').where(where));
const tokenOf = async (sub: string): Promise<string> =>
  decrypt((await identities({ sub }))[0]!.refresh_token_encrypted!, app.config.encryptionKey)!;
/** Whether Whop still takes a refresh token; asking uses it up. */
const worksAtWhop = async (token: string): Promise<boolean> => (await refreshTokens(app.services, token)) !== null;
const isSignedIn = async (browser: Client): Promise<boolean> => (await browser.get('/logout')).status === 200;

test('Ada connects her Whop account: a form, a link, and back', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  expect(page(await ada.get('/account'))('form[action="/account/whop"] button').text()).toBe('Connect Whop');
  const asked = await ada.post('/account/whop');
  expect([asked.status, asked.headers.location]).toEqual([303, '/account/whop']);
  expect(page(await ada.get('/account/whop'))('#whop-account a').attr('href')).toBe(LINK);

  const sub = await newPersona(app, 'Ada', 'ada.at.whop@whop-people.test');
  const done = await ada.get(await askWhop(app, ada, sub, { from: LINK }));
  expect([done.status, done.headers.location]).toEqual([303, '/account/whop']);
  const [identity] = await identities({ sub });
  expect(identity!.user_id).toBe(await idOf(app, ada));
  const shown = page(await ada.get('/account/whop'));
  expect(shown('#whop-account').text()).toContain('Connected as ada.at.whop@whop-people.test');
  expect(shown('form[action="/account/whop/unlink"]').length).toBe(1);
});

test('the same Whop account then signs her in, whatever address it carries', async () => {
  const ada = await signUp(app, 'Ada Second');
  const sub = await newPersona(app, 'Ada');
  await connectWhop(app, ada, sub);
  const elsewhere = visit(app);
  await elsewhere.get(await askWhop(app, elsewhere, sub));
  expect(await idOf(app, elsewhere)).toBe(await idOf(app, ada));
});

test('a link alone connects nobody: the form of this session comes first', async () => {
  const ada = await signUp(app, 'Ada Lured');
  const lured = await ada.get(LINK);
  expect([lured.status, lured.headers.location]).toEqual([303, '/account/whop']);
  const nobody = await visit(app).get(LINK);
  expect([nobody.status, nobody.headers.location]).toEqual([303, '/account/whop']);
});

test("somebody else's Whop account is refused, and so is a second one", async () => {
  const noor = await signUp(app, 'Noor Haddad');
  const noorsSub = await newPersona(app, 'Noor');
  await connectWhop(app, noor, noorsSub);

  const eve = await signUp(app, 'Eve Impostor');
  await eve.post('/account/whop');
  const stolen = await eve.get(await askWhop(app, eve, noorsSub, { from: LINK }));
  expect(stolen.status).toBe(409);
  expect(stolen.text).toContain('belongs to another GigFlow account');
  expect((await identities({ sub: noorsSub }))[0]!.user_id).toBe(await idOf(app, noor));

  const another = await newPersona(app, 'Nora');
  await noor.post('/account/whop');
  const second = await noor.get(await askWhop(app, noor, another, { from: LINK }));
  expect(second.status).toBe(409);
  expect(await identities({ sub: another })).toEqual([]);
});

test('who says no at Whop is back on his page, not connected, still signed in', async () => {
  const ada = await signUp(app, 'Ada Hesitant');
  await ada.post('/account/whop');
  const answer = await ada.get(await askWhop(app, ada, await newPersona(app, 'Ada'), { from: LINK, decision: 'deny' }));
  expect([answer.status, answer.headers.location]).toEqual([303, '/account/whop']);
  expect(page(await ada.get('/account/whop'))('.flash').text()).toContain('You said no at Whop');
  expect(await identities({ user_id: await idOf(app, ada) })).toEqual([]);
});

test('who signed out on the way is not connected', async () => {
  const ada = await signUp(app, 'Ada Hasty');
  await ada.post('/account/whop');
  const sub = await newPersona(app, 'Ada');
  const back = await askWhop(app, ada, sub, { from: LINK });
  await ada.post('/logout');
  expect((await ada.get(back)).status).toBe(403);
  expect(await identities({ sub })).toEqual([]);
});

test('disconnecting ends the token at Whop and forgets the identity', async () => {
  const ada = await signUp(app, 'Ada Leaving');
  const sub = await newPersona(app, 'Ada');
  await connectWhop(app, ada, sub);
  const token = await tokenOf(sub);
  const answer = await ada.post('/account/whop/unlink');
  expect([answer.status, answer.headers.location]).toEqual([303, '/account/whop']);
  expect(await identities({ sub })).toEqual([]);
  expect(await worksAtWhop(token)).toBe(false);
  expect(await isSignedIn(ada)).toBe(true);
});

test('the only way to sign in cannot be disconnected', async () => {
  const wes = visit(app);
  await wes.get(await askWhop(app, wes, 'user_EmuWes00000001'));
  const answer = await wes.post('/account/whop/unlink');
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('only way to sign in');
  expect(await identities({ sub: 'user_EmuWes00000001' })).toHaveLength(1);
});

test('signing out ends the token at Whop; signing in with Whop again brings a new one', async () => {
  const sub = await newPersona(app, 'Quinn', 'quinn@whop-people.test');
  const quinn = visit(app);
  await quinn.get(await askWhop(app, quinn, sub));
  const token = await tokenOf(sub);
  await quinn.get('/logout');
  expect((await quinn.post('/logout')).status).toBe(303);
  expect((await identities({ sub }))[0]!.refresh_token_encrypted).toBeNull();
  expect(await worksAtWhop(token)).toBe(false);

  await quinn.get(await askWhop(app, quinn, sub));
  expect(await worksAtWhop(await tokenOf(sub))).toBe(true);
});

test('Whop being away keeps nobody from signing out', async () => {
  const ada = await signUp(app, 'Ada Stranded');
  const sub = await newPersona(app, 'Ada');
  await connectWhop(app, ada, sub);
  const { hosts } = app.config.whop;
  const { oauth } = hosts;
  hosts.oauth = 'http://localhost:9/oauth';
  const answer = await ada.post('/logout');
  hosts.oauth = oauth;
  expect(answer.status).toBe(303);
  expect(await isSignedIn(ada)).toBe(false);
  expect((await identities({ sub }))[0]!.refresh_token_encrypted).toBeNull();
});
