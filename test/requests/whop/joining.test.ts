import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import { askWhop, connectWhop, newPersona } from '../../support/whop-sign-in.ts';

let app: TestApp;
let mailbox: TestMailbox;
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ emulator: true, worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
});
afterAll(async () => {
  clock.set(null);
  await app.stop();
  await mailbox.stop();
});

const SUBJECT = /Connect your Whop account/;
const rows = (table: string, where: object): Promise<Record<string, unknown>[]> =>
  app.database.withSystem('sign-in', (trx) => trx(table).where(where));
const isSignedIn = async (browser: Client): Promise<boolean> => (await browser.get('/account')).status === 200;
const linkTo = async (email: string): Promise<string> => {
  const { text } = await mailbox.next(email, SUBJECT);
  return new URL(/https?:\S+/.exec(text!)![0]).pathname;
};

/** Somebody has signed up with Ada's address; Ada herself comes by Whop with the same one, which she has not confirmed here. */
async function meet(name: string) {
  const email = `${name}@gigflow.test`;
  const squatter = await signUp(app, `Squatter ${name}`, { email });
  const sub = await newPersona(app, name, email);
  const ada = visit(app);
  const answer = await ada.get(await askWhop(app, ada, sub));
  return { email, squatter, sub, ada, answer };
}

test('equal to an address that nobody confirmed: a link is mailed, and before that nothing is linked', async () => {
  const { email, squatter, sub, ada, answer } = await meet('ada');
  expect(answer.status).toBe(200);
  expect(page(answer)('main').text()).toContain(email);
  expect(answer.text).toContain('nothing has been linked');
  expect([await isSignedIn(ada), await rows('whop_identities', { sub })]).toEqual([false, []]);

  const link = await linkTo(email);
  const anywhere = visit(app);
  const shown = await anywhere.get(link);
  expect(shown.text).toContain(email);
  expect(shown.headers['referrer-policy']).toBe('no-referrer');
  // Opening it changes nothing: mail programs open links too.
  const [before] = await rows('users', { email });
  expect([before!.password_hash !== null, before!.email_verified_at]).toEqual([true, null]);
  expect([await isSignedIn(squatter), await rows('whop_identities', { sub })]).toEqual([true, []]);

  const pressed = await anywhere.post(link);
  expect([pressed.status, pressed.headers.location]).toEqual([303, '/login']);
  expect(await isSignedIn(anywhere), 'the link itself signs nobody in').toBe(false);
  const [after] = await rows('users', { email });
  expect([after!.password_hash, after!.email_verified_at]).toEqual([null, expect.any(Date)]);
  expect(await isSignedIn(squatter)).toBe(false);
  expect((await visit(app).post('/login', { email, password: 'correct horse battery' })).status).toBe(422);

  await ada.get(await askWhop(app, ada, sub));
  expect(await isSignedIn(ada)).toBe(true);
  expect((await rows('whop_identities', { sub }))[0]!.user_id).toBe(after!.id);
  expect((await rows('audit_events', { subject_id: after!.id, action: 'whop.joined' })).length).toBe(1);
});

test('the link works once, and of two presses at the same moment one counts', async () => {
  const { email } = await meet('twice');
  const link = await linkTo(email);
  const browsers = [visit(app), visit(app)];
  for (const browser of browsers) await browser.get(link);
  const answers = await Promise.all(browsers.map((browser) => browser.post(link)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
  expect((await browsers[0]!.get(link)).status).toBe(410);
});

test('and for an hour; only its hash is stored, and a made-up one is nothing', async () => {
  const { email, sub } = await meet('late');
  const link = await linkTo(email);
  const token = decodeURIComponent(link.split('/').at(-1)!);
  const [row] = await rows('account_tokens', { purpose: 'join-whop', email });
  expect(row!.token_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(row)).not.toContain(token);
  const browser = visit(app);
  expect((await browser.post(`/whop-joins/${'x'.repeat(token.length)}`)).status).toBe(410);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect((await browser.post(link)).status).toBe(410);
  clock.set(null);
  expect(await rows('whop_identities', { sub })).toEqual([]);
});

test('a link for one purpose serves no other', async () => {
  const { email } = await meet('purpose');
  const link = await linkTo(email);
  const browser = visit(app);
  for (const other of ['email-verifications', 'email-changes']) {
    expect((await browser.post(link.replace('whop-joins', other))).status).toBe(410);
  }
});

test('what the squatter left behind goes too: his second step and his open links', async () => {
  const { email } = await meet('squatted');
  const [user] = await rows('users', { email });
  await app.database.withSystem('sign-in', (trx) =>
    trx('second_factors').insert({ user_id: user!.id, secret_encrypted: 'sealed', confirmed_at: new Date() }),
  );
  const browser = visit(app);
  await browser.post('/password-resets', { email });
  const link = await linkTo(email);
  expect((await browser.post(link)).status).toBe(303);
  expect(await rows('second_factors', { user_id: user!.id })).toEqual([]);
  expect(await rows('account_tokens', { user_id: user!.id, purpose: 'reset-password', used_at: null })).toEqual([]);
});

test('whoever confirms the address in the meantime keeps his password, and the link is worth nothing', async () => {
  const { email, squatter, sub } = await meet('meantime');
  const link = await linkTo(email);
  await app.database.withSystem('sign-in', (trx) =>
    trx('users').where({ email }).update({ email_verified_at: new Date() }),
  );
  expect((await visit(app).post(link)).status).toBe(410);
  expect((await rows('users', { email }))[0]!.password_hash).not.toBeNull();
  expect([await isSignedIn(squatter), await rows('whop_identities', { sub })]).toEqual([true, []]);
});

test('a Whop account that was connected elsewhere meanwhile is not taken away', async () => {
  const { email, sub } = await meet('elsewhere');
  const link = await linkTo(email);
  const other = await signUp(app, 'Ada Elsewhere');
  await connectWhop(app, other, sub);
  expect((await visit(app).post(link)).status).toBe(410);
  expect((await rows('users', { email }))[0]!.password_hash).not.toBeNull();
});

test('who tries again and again sends one mail, and Whop’s token for it is given back', async () => {
  const { email, sub, ada } = await meet('again');
  await linkTo(email);
  await ada.get(await askWhop(app, ada, sub));
  await ada.get(await askWhop(app, ada, sub));
  expect((await rows('account_tokens', { purpose: 'join-whop', email })).length).toBe(1);
  const calls = (await app.emulator.call('GET', '/control/calls')) as { path: string }[];
  expect(calls.filter(({ path }) => path.endsWith('/oauth/revoke')).length).toBeGreaterThanOrEqual(3);
});
