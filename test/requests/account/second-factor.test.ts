import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { decrypt, encrypt } from '../../../src/encryption.ts';
import { rotateEncryptionKey } from '../../../src/jobs/rotate-encryption-key.ts';
import { codeAt, stepAt } from '../../../src/models/totp.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit, type Client } from '../../support/client.ts';
import { asSystem, createGuest, createPerson, signIn, type TestPerson } from '../../support/orders.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(async () => {
  clock.set(null);
  await app.stop();
});

const PLACE = '/account/security/second-factor';
const PASSWORD = 'correct horse battery';
const row = async (person: TestPerson) =>
  (await asSystem(app, (trx) => trx('second_factors').where({ user_id: person.id }).first())) as {
    secret_encrypted: string;
    recovery_hashes: string[];
    confirmed_at: Date | null;
  };
const firstStep = async (person: TestPerson) => {
  const browser = visit(app);
  const answer = await browser.post('/login', { email: person.email, password: PASSWORD, next: '/account' });
  return { browser, location: answer.headers.location };
};
const isSignedIn = async (browser: Client) => (await browser.get('/account')).status === 200;

/** Sets it up through the pages. `code(n)` is the code n steps of 30 seconds later. */
async function switchOn(person: TestPerson) {
  const browser = await signIn(app, person);
  await browser.post(PLACE);
  const shown = page(await browser.get(PLACE));
  const secret = shown('code').text().replaceAll(' ', '');
  const start = stepAt(new Date());
  const code = (later = 0) => codeAt(secret, start + later);
  await browser.post(`${PLACE}/confirmation`, { code: code() });
  const next = page(await browser.get(PLACE));
  const codes = next('.card code')
    .toArray()
    .map((node) => next(node).text());
  expect(page(await browser.get(PLACE))('.card code')).toHaveLength(0);
  return { browser, secret, codes, code };
}

test('it counts from the first code on, the seed is sealed, the recovery codes are shown once', async () => {
  const person = await createPerson(app, 'Ada Careful');
  const browser = await signIn(app, person);
  await browser.post(PLACE);
  expect((await firstStep(person)).location).toBe('/account');
  expect((await browser.post(`${PLACE}/confirmation`, { code: '000000' })).status).toBe(422);

  const { secret, codes } = await switchOn(await createPerson(app, 'Ada Sealed'));
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(codes).toHaveLength(10);
  const stored = JSON.stringify(await asSystem(app, (trx) => trx('second_factors').select()));
  expect(stored).not.toContain(secret);
  for (const code of codes) expect(stored).not.toContain(code.replace('-', ''));
});

test('after the password the code is asked for; without it nobody is in', async () => {
  const person = await createPerson(app, 'Ada Twofold');
  const { code } = await switchOn(person);
  const { browser, location } = await firstStep(person);
  expect(location).toBe('/login/second-factor');
  expect(await isSignedIn(browser)).toBe(false);
  const wrong = await browser.post('/login/second-factor', { code: '000000' });
  expect([wrong.status, page(wrong)('.error-list').text()]).toEqual([422, expect.stringContaining('wrong')]);
  expect((await browser.post('/login/second-factor', { code: code() })).status).toBe(422);
  const answer = await browser.post('/login/second-factor', { code: code(1) });
  expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
  expect(await isSignedIn(browser)).toBe(true);
  const again = await firstStep(person);
  expect((await again.browser.post('/login/second-factor', { code: code(1) })).status).toBe(422);
});

test('a recovery code works once', async () => {
  const person = await createPerson(app, 'Ada Phoneless');
  const { codes } = await switchOn(person);
  const { browser } = await firstStep(person);
  expect((await browser.post('/login/second-factor', { code: codes[0]!.toUpperCase() })).status).toBe(303);
  const again = await firstStep(person);
  expect((await again.browser.post('/login/second-factor', { code: codes[0] })).status).toBe(422);
  expect((await row(person)).recovery_hashes).toHaveLength(9);
});

test('eleven guesses: the eleventh waits', async () => {
  const person = await createPerson(app, 'Ada Guessed');
  await switchOn(person);
  const { browser } = await firstStep(person);
  const statuses = [];
  for (let i = 0; i < 11; i += 1) {
    statuses.push((await browser.post('/login/second-factor', { code: String(100_000 + i) })).status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
});

test('switching it on ends other devices; switching it off needs a code', async () => {
  const person = await createPerson(app, 'Ada Changing');
  const other = await signIn(app, person);
  const { browser, code } = await switchOn(person);
  expect(await isSignedIn(other)).toBe(false);
  expect((await browser.post(`${PLACE}/removal`, { code: '000000' })).status).toBe(422);
  expect((await browser.post(`${PLACE}/removal`, { code: code(1) })).headers.location).toBe('/account/security');
  expect((await firstStep(person)).location).toBe('/account');
});

test('the second step without the first leads to sign-in', async () => {
  const browser = visit(app);
  expect((await browser.get('/login/second-factor')).headers.location).toBe('/login');
  expect((await browser.post('/login/second-factor', { code: '123456' })).headers.location).toBe('/login');
});

test('rotating the key: everything is readable before, during and after; guest links are renewed', async () => {
  const person = await createPerson(app, 'Ada Rotated');
  const { secret } = await switchOn(person);
  const old = app.config.encryptionKey;
  await asSystem(app, (trx) =>
    trx('whop_identities').insert({
      sub: 'user_rotated',
      user_id: person.id,
      refresh_token_encrypted: encrypt('refresh', old),
    }),
  );
  await createGuest(app);
  const next = randomBytes(32);
  const config = { ...app.config, encryptionKey: next, previousEncryptionKey: old, decryptionKeys: [next, old] };
  expect(decrypt((await row(person)).secret_encrypted, config.decryptionKeys)).toBe(secret);
  const services = { ...app.services, config };
  const first = await rotateEncryptionKey(services);
  expect(first).toMatchObject({ 'guest links renewed': 1, 'sealed with a key that is not known': 0 });
  expect(first.sealed).toBeGreaterThanOrEqual(2);
  expect(await rotateEncryptionKey(services)).toMatchObject({ sealed: 0, 'guest links renewed': 0 });
  expect(decrypt((await row(person)).secret_encrypted, next)).toBe(secret);
  const identity = await asSystem(app, (trx) => trx('whop_identities').where({ sub: 'user_rotated' }).first());
  expect(decrypt(identity.refresh_token_encrypted, next)).toBe('refresh');
  expect(decrypt(identity.refresh_token_encrypted, old)).toBeNull();
});
