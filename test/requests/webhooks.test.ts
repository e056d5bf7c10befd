import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true, worker: true })));
afterAll(() => app.stop());

const fixtures = path.join(import.meta.dirname, '../fixtures/whop');
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(fixtures, `${name}.json`), 'utf8'));
const literalKey = (secret: string) => Buffer.from(secret).toString('base64');

interface Letter {
  body: string;
  id: string;
  at?: Date;
  key?: string;
}

function sign({
  body,
  id,
  at = new Date(),
  key = literalKey(app.config.whop.webhookSecret),
}: Letter): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  };
}

const post = (body: string, headers: Record<string, string>, url = app.url) =>
  supertest(url).post('/api/webhooks/whop').set(headers).send(body);
const event = (id: string): Promise<Record<string, unknown> | undefined> =>
  app.database.withSystem('inbox', (trx) => trx('webhook_events').where({ id }).first());

let count = 0;
function letter(name = 'ledger_account.funds_available', change: object = {}): { id: string; body: string } {
  const id = `msg_test${String((count += 1)).padStart(9, '0')}`;
  return { id, body: JSON.stringify({ ...fixture(name), id, ...change }) };
}

test('a signed event is stored once, answered with 200 at once, and handled by a job', async () => {
  const { id, body } = letter();
  const answers = await Promise.all([1, 2, 3].map(() => post(body, sign({ body, id }))));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(await event(id)).toMatchObject({ deliveries: 3, type: 'ledger_account.funds_available' });
  await eventually(async () => expect(await event(id)).toMatchObject({ status: 'ignored' }));
});

describe('what does not fit gets 401 and leaves no row:', () => {
  const wrong: [string, (letter: { id: string; body: string }) => { body: string; headers: Record<string, string> }][] =
    [
      ['a changed body', ({ id, body }) => ({ body: body.replace('}', ' }'), headers: sign({ body, id }) })],
      [
        'an old time stamp',
        ({ id, body }) => ({ body, headers: sign({ body, id, at: new Date(Date.now() - 301_000) }) }),
      ],
      [
        'a time stamp from the future',
        ({ id, body }) => ({ body, headers: sign({ body, id, at: new Date(Date.now() + 302_000) }) }),
      ],
      ['another secret', ({ id, body }) => ({ body, headers: sign({ body, id, key: literalKey('ws_other') }) })],
      ['no signature', ({ id, body }) => ({ body, headers: { ...sign({ body, id }), 'webhook-signature': '' } })],
      ['another id in the header', ({ id, body }) => ({ body, headers: { ...sign({ body, id: `${id}x` }) } })],
      ['a signed body that is no JSON', ({ id }) => ({ body: '{"id":', headers: sign({ body: '{"id":', id }) })],
      [
        'the old event|action format',
        ({ id }) => {
          const body = readFileSync(path.join(fixtures, 'variants/payment_succeeded.legacy-v5.json'), 'utf8');
          return { body, headers: sign({ body, id }) };
        },
      ],
    ];
  test.each(wrong)('%s', async (_name, make) => {
    const one = letter();
    const { body, headers } = make(one);
    const answer = await post(body, headers);
    expect([answer.status, answer.body]).toEqual([401, { error: 'The signature does not fit.' }]);
    expect(await event(one.id)).toBeUndefined();
  });
});

test('two signatures, one of them right, pass: secrets rotate', async () => {
  const { id, body } = letter();
  const headers = sign({ body, id });
  const other = sign({ body, id, key: literalKey('ws_old') })['webhook-signature'];
  expect(
    (await post(body, { ...headers, 'webhook-signature': `${other} ${headers['webhook-signature']}` })).status,
  ).toBe(200);
});

test.each([
  ['ws_ with a trailing newline', 'ws_0123456789abcdef\n', literalKey('ws_0123456789abcdef')],
  ['a plain text', 'just-a-plain-secret', literalKey('just-a-plain-secret')],
  ['whsec_ with base64', `whsec_${literalKey('standard webhooks key')}`, literalKey('standard webhooks key')],
])('the secret may be %s', async (_name, configured, key) => {
  const other = await startTestApp({ env: { WHOP_WEBHOOK_SECRET: configured } });
  const { id, body } = letter();
  expect((await post(body, sign({ body, id, key }), other.url)).status).toBe(200);
  await other.stop();
});

test('underscore names are understood (defect 43)', async () => {
  const { id, body } = letter('identity_profile.needs_action', { type: 'identity_profile_needs_action' });
  await post(body, sign({ body, id }));
  expect(await event(id)).toMatchObject({ type: 'identity_profile.needs_action' });
});

test('a newer pin names the account account_id', async () => {
  const body = readFileSync(path.join(fixtures, 'variants/dispute.created.pin-2026-09-06.json'), 'utf8');
  const { id, account_id } = JSON.parse(body) as { id: string; account_id: string };
  expect((await post(body, sign({ body, id }))).status).toBe(200);
  expect(await event(id)).toMatchObject({ account_id });
});

test("a dashboard's test send is stored without effect", async () => {
  const body = readFileSync(path.join(fixtures, 'variants/refund.created.test-send.json'), 'utf8');
  const { id } = JSON.parse(body) as { id: string };
  expect((await post(body, sign({ body, id }))).status).toBe(200);
  expect(await event(id)).toMatchObject({ status: 'ignored' });
});

test('a handler that fails keeps the event for the next try (defect 44)', async () => {
  const { id, body } = letter('payment.succeeded');
  expect((await post(body, sign({ body, id }))).status).toBe(200);
  await eventually(async () => {
    const row = await event(id);
    expect(row).toMatchObject({ status: 'pending', handled_at: null });
    expect(row!.error).toContain('does not know payment');
  });
});

test('over 1 MB is refused, other methods do not exist', async () => {
  const body = JSON.stringify({ pad: 'x'.repeat(1_100_000) });
  expect((await post(body, sign({ body, id: 'msg_large' }))).status).toBe(413);
  expect((await supertest(app.url).get('/api/webhooks/whop')).status).toBe(404);
});
