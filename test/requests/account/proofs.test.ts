import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { hashPassword } from '../../../src/models/user.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';

let app: TestApp;
let mailbox: TestMailbox;
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
});
afterAll(async () => {
  clock.set(null);
  await app.stop();
  await mailbox.stop();
});

const PASSWORD = 'correct horse battery';
const NEW_PASSWORD = 'a much newer password';
const rows = (table: string, where: object = {}) =>
  app.database.withSystem('seeds', (trx) => trx(table).where(where).select());
const user = async (email: string) => (await rows('users', { email }))[0];
const linkIn = async (email: string, subject: RegExp): Promise<string> => {
  const { text } = await mailbox.next(email, subject);
  return new URL(/https?:\S+/.exec(text!)![0]).pathname;
};
const canSignIn = async (email: string, password: string): Promise<boolean> =>
  (await visit(app).post('/login', { email, password })).status === 303;
const isSignedIn = async (browser: Client): Promise<boolean> => (await browser.get('/account')).status === 200;
const errors = (response: Parameters<typeof page>[0]) => page(response)('.error-list').text();

test('sign-up mails a link; opening it changes nothing, its button confirms the address, once', async () => {
  await signUp(app, 'Ada Marlowe', { email: 'ada@gigflow.test' });
  const link = await linkIn('ada@gigflow.test', /Confirm your e-mail/);
  const anywhere = visit(app);
  const shown = await anywhere.get(link);
  expect(shown.text).toContain('ada@gigflow.test');
  expect(shown.headers['referrer-policy']).toBe('no-referrer');
  expect((await user('ada@gigflow.test')).email_verified_at).toBeNull();

  expect((await anywhere.post(link)).headers.location).toBe('/login');
  expect((await user('ada@gigflow.test')).email_verified_at).not.toBeNull();
  expect((await anywhere.get(link)).status).toBe(410);
  expect((await anywhere.post(link)).status).toBe(410);
});

test('a forgotten password: one link, one use, every device signed out, the person told', async () => {
  const email = 'forgetful@gigflow.test';
  const device = await signUp(app, 'Ada Forgetful', { email });
  const thief = visit(app);
  expect((await thief.post('/password-resets', { email })).headers.location).toBe('/login');
  const link = await linkIn(email, /Choose a new password/);

  const browser = visit(app);
  expect((await browser.get(link)).status).toBe(200);
  const short = await browser.post(link, { password: 'short' });
  expect([short.status, errors(short)]).toEqual([422, expect.stringContaining('at least 10 characters')]);
  expect((await browser.post(link, { password: NEW_PASSWORD })).headers.location).toBe('/login');

  expect(await isSignedIn(device)).toBe(false);
  expect(await canSignIn(email, PASSWORD)).toBe(false);
  expect(await canSignIn(email, NEW_PASSWORD)).toBe(true);
  expect((await browser.post(link, { password: 'the thief replays it' })).status).toBe(410);
  expect(await canSignIn(email, NEW_PASSWORD)).toBe(true);
  await mailbox.next(email, /Your password was changed/);
});

test('two presses at the same moment: one sets the password', async () => {
  const email = 'twice@gigflow.test';
  await signUp(app, 'Ada Twice', { email });
  await visit(app).post('/password-resets', { email });
  const link = await linkIn(email, /Choose a new password/);
  const [one, other] = [visit(app), visit(app)];
  await Promise.all([one.get(link), other.get(link)]);
  const answers = await Promise.all([
    one.post(link, { password: 'the first password' }),
    other.post(link, { password: 'the second password' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
});

test('asking for a reset tells nothing: the same answer, the same row, no mail to a stranger', async () => {
  await signUp(app, 'Ada Known', { email: 'known@gigflow.test' });
  const answers = [];
  for (const email of ['known@gigflow.test', 'unknown@gigflow.test']) {
    const browser = visit(app);
    const { status, headers } = await browser.post('/password-resets', { email });
    const words = page(await browser.get('/login'))('.flash')
      .text()
      .replace(email, 'X');
    answers.push([
      status,
      headers.location,
      words,
      (await rows('account_tokens', { email, purpose: 'reset-password' })).length,
    ]);
  }
  expect(answers[0]).toEqual(answers[1]);
  await mailbox.next('known@gigflow.test', /Choose a new password/);
  expect(mailbox.to('unknown@gigflow.test')).toEqual([]);
});

test('six requests for one address in an hour: the sixth waits', async () => {
  const browser = visit(app);
  const statuses = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await browser.post('/password-resets', { email: 'x@y.test' })).status);
  expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
});

test('a link is too old after an hour, and secrets are stored as hashes only', async () => {
  const email = 'late@gigflow.test';
  await signUp(app, 'Ada Late', { email });
  const link = await linkIn(email, /Confirm your e-mail/);
  const secret = link.split('/').at(-1)!;
  expect(JSON.stringify(await rows('account_tokens'))).not.toContain(secret);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect((await visit(app).get(link)).status).toBe(410);
  clock.set(null);
});

test('a password is changed with the old one; this device stays, the others do not', async () => {
  const email = 'changing@gigflow.test';
  const here = await signUp(app, 'Ada Changing', { email });
  const there = visit(app);
  await there.post('/login', { email, password: PASSWORD });
  const wrong = await here.post('/account/security/password', {
    current_password: 'not this one',
    password: NEW_PASSWORD,
  });
  expect([wrong.status, errors(wrong)]).toEqual([422, expect.stringContaining('not your password')]);
  expect(await isSignedIn(there)).toBe(true);

  const changed = await here.post('/account/security/password', { current_password: PASSWORD, password: NEW_PASSWORD });
  expect(changed.headers.location).toBe('/account/security');
  expect(changed.headers['set-cookie']?.[0]).toMatch(/^gigflow=s%3A/);
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
  expect(await canSignIn(email, NEW_PASSWORD)).toBe(true);
  await mailbox.next(email, /password was changed/);
});

test('a new e-mail address takes effect when it is proven; both addresses are told', async () => {
  const browser = await signUp(app, 'Ada Moving', { email: 'old@gigflow.test' });
  const wrong = await browser.post('/account/security/email', { email: 'new@gigflow.test', current_password: 'no' });
  expect(wrong.status).toBe(422);
  await browser.post('/account/security/email', { email: 'new@gigflow.test', current_password: PASSWORD });
  await mailbox.next('old@gigflow.test', /A new e-mail address/);
  const link = await linkIn('new@gigflow.test', /Confirm your new/);
  expect(await user('new@gigflow.test')).toBeUndefined();
  expect((await browser.get(link)).text).toContain('new@gigflow.test');
  expect((await browser.post(link)).headers.location).toBe('/account/security');
  expect((await user('new@gigflow.test')).email_verified_at).not.toBeNull();
  expect(await canSignIn('old@gigflow.test', PASSWORD)).toBe(false);
  expect((await browser.post(link)).status).toBe(410);
});

test('an address that another account has is not taken over', async () => {
  await signUp(app, 'Ada Owner', { email: 'owned@gigflow.test' });
  const mallory = await signUp(app, 'Mallory', { email: 'mallory@gigflow.test' });
  await mallory.post('/account/security/email', { email: 'owned@gigflow.test', current_password: PASSWORD });
  const link = await linkIn('owned@gigflow.test', /Confirm your new/);
  expect((await mallory.post(link)).status).toBe(409);
  expect((await user('mallory@gigflow.test')).id).toBeTruthy();
});

test('a reset link mailed to the old address is worth nothing after the change', async () => {
  const browser = await signUp(app, 'Ada Left', { email: 'left@gigflow.test' });
  await visit(app).post('/password-resets', { email: 'left@gigflow.test' });
  const reset = await linkIn('left@gigflow.test', /Choose a new password/);
  await browser.post('/account/security/email', { email: 'arrived@gigflow.test', current_password: PASSWORD });
  await browser.post(await linkIn('arrived@gigflow.test', /Confirm your new/));
  expect((await visit(app).get(reset)).status).toBe(410);
});

test.each(['Password123456', 'qwertyuiop', '1234567890', 'iloveyou2024', 'abababababab'])(
  'sign-up refuses the common password %s',
  async (password) => {
    const answer = await visit(app).post('/signup', {
      display_name: 'Ada',
      email: 'c@gigflow.test',
      password,
      intent: 'hire',
    });
    expect([answer.status, errors(answer)]).toEqual([422, expect.stringContaining('Too many people')]);
  },
);

test('a hash with older parameters is made anew at sign-in', async () => {
  const email = 'older@gigflow.test';
  await signUp(app, 'Ada Older', { email });
  const { hash } = await import('@node-rs/argon2');
  const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await app.database.withSystem('seeds', (trx) => trx('users').where({ email }).update({ password_hash: old }));
  expect(await canSignIn(email, PASSWORD)).toBe(true);
  const parameters = (text: string) => text.split('$').slice(0, 4);
  expect(parameters((await user(email)).password_hash)).toEqual(parameters(await hashPassword('x')));
  expect(await canSignIn(email, PASSWORD)).toBe(true);
});

test('no path of a secret reaches the log', async () => {
  const { requestPath } = await import('../../../src/logger.ts');
  for (const place of ['/o/', '/password-resets/', '/email-verifications/', '/email-changes/']) {
    expect(requestPath(`${place}SECRET?x=1`)).toBe(`${place}…`);
  }
});
