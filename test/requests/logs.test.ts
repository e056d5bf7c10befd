import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../src/logger.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import { openSeller } from '../support/sellers.ts';
import { startTestMailbox, type TestMailbox } from '../support/mailbox.ts';

let app: TestApp;
let mailbox: TestMailbox;
const lines: string[] = [];
const sink = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    lines.push(chunk.toString());
    done();
  },
});

beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({
    emulator: true,
    worker: true,
    logger: createLogger('trace', sink),
    env: { SMTP_URL: mailbox.smtpUrl },
  });
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

test('the log of a whole journey, at its most talkative, names no person and no secret', async () => {
  const person = { display_name: 'Ada Quietly', email: 'ada.quietly@gigflow.test', password: 'a very quiet password' };
  const browser = visit(app);
  await browser.get('/signup');
  const cookie = (await browser.post('/signup', { ...person, intent: 'sell' })).headers['set-cookie']![0]!;
  const session = decodeURIComponent(/=([^;]+)/.exec(cookie)![1]!)
    .slice(2)
    .split('.')[0]!;
  const { text } = await mailbox.next(person.email, /Confirm/);
  const link = new URL(/https?:\S+/.exec(text!)![0]);
  await browser.get(link.pathname);
  await browser.post(link.pathname);
  await browser.post('/account/security/second-factor');
  const seed = page(await browser.get('/account/security/second-factor'))('code')
    .text()
    .replaceAll(' ', '');
  await browser.get(`/search?q=${encodeURIComponent(person.email)}`);
  await browser.post('/logout');
  await visit(app).post('/login', { email: person.email, password: 'not the quiet one' });
  await visit(app).post('/password-resets', { email: person.email });
  const reset = new URL(/https?:\S+/.exec((await mailbox.next(person.email, /new password/)).text!)![0]);
  await visit(app).post(reset.pathname, { password: 'another quiet password' });
  await visit(app).get(reset.pathname);
  await visit(app).get('/api/auth/whop/authorize');

  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(15);
  const { config } = app;
  const secrets = {
    ...{
      email: person.email,
      name: person.display_name,
      password: person.password,
      newPassword: 'another quiet password',
    },
    ...{
      wrongPassword: 'not the quiet one',
      session,
      seed,
      link: link.pathname.split('/').at(-1)!,
      csrf: browser.csrf ?? 'none',
    },
    ...{ reset: reset.pathname.split('/').at(-1)!, sessionSecret: config.sessionSecret, apiKey: config.whop.apiKey },
    ...{ encryptionKey: config.encryptionKey.toString('base64'), webhookSecret: config.whop.webhookSecret },
    ...{ clientSecret: config.whop.oauthClientSecret!, database: config.databaseUrl, hash: '$argon2id$' },
  };
  const leaked = Object.entries(secrets).filter(
    ([, secret]) => log.includes(secret) || log.includes(encodeURIComponent(secret)),
  );
  expect(leaked.map(([name]) => name)).toEqual([]);
});

test('a refusal of Whop’s: a plain sentence to the person, Whop’s words and request id to the log', async () => {
  const noor = await openSeller(app, 'Noor Refused');
  await app.emulator.faults({ api: { status: 403, rate: 1, only: 'POST /account_links' } });
  const answer = await noor.post('/sell/payouts/portal');
  await app.emulator.faults({});
  expect(answer.status).toBe(503);
  expect(page(answer)('main').text()).toContain('Nothing was lost. Wait a moment and try again.');
  const calls = (await app.emulator.call('GET', '/control/calls')) as { path: string; requestId: string }[];
  const { requestId } = calls.findLast(({ path }) => path.endsWith('/account_links'))!;
  expect(requestId).toMatch(/^req_/);
  expect(answer.text).not.toContain(requestId);
  const logged = lines.map((line) => JSON.parse(line) as { whop?: object }).find(({ whop }) => whop !== undefined);
  expect(logged!.whop).toMatchObject({ status: 403, requestId, message: expect.any(String) });
});

test('what is logged by name is left out', () => {
  const before = lines.length;
  createLogger('trace', sink).info({ email: 'x@y.test', user: { password: 'p4ss' }, token: 'tok3n' }, 'told');
  expect(lines.slice(before).join('')).not.toMatch(/x@y\.test|p4ss|tok3n/);
});

test('an error of the database is logged without the statement and its values', async () => {
  const before = lines.length;
  const clash = { email: 'clash@gigflow.test' };
  const insert = () =>
    app.database.withSystem('seeds', (trx) =>
      trx('users').insert([
        { id: randomUUID(), ...clash },
        { id: randomUUID(), ...clash },
      ]),
    );
  const error: unknown = await insert().catch((cause: unknown) => cause);
  app.services.logger.error({ err: error }, 'failed');
  const log = lines.slice(before).join('');
  expect(log).toContain('users_email_key');
  expect(log).not.toContain(clash.email);
});
