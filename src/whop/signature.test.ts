import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyWebhook } from './signature.ts';

const BODY = '{"id":"msg_1","type":"payment.succeeded","data":{"id":"pay_1"}}';
const RANDOM = Buffer.from('0123456789abcdef0123456789abcdef');
const now = (): number => Math.floor(Date.now() / 1000);

/** By hand, so that the library checks itself against nothing of its own. */
function headersFor(key: Buffer | string, { body = BODY, at = now(), id = 'msg_1' } = {}) {
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` };
}
const accepts = (headers: Record<string, string>, secret: string, body = BODY): boolean =>
  verifyWebhook(Buffer.from(body), headers, secret) !== null;

describe('secrets in all their forms (contract 11.2)', () => {
  test.each([
    ['ws_… signs by its literal bytes', 'ws_1f2e3d4c', 'ws_1f2e3d4c'],
    ['a trailing newline is no part of it', 'ws_1f2e3d4c\n', 'ws_1f2e3d4c'],
    ['spaces around it neither', '  ws_1f2e3d4c ', 'ws_1f2e3d4c'],
    ['plain text signs by its literal bytes', 'correct horse', 'correct horse'],
    ['whsec_… signs by the decoded bytes', `whsec_${RANDOM.toString('base64')}`, RANDOM],
  ])('%s', (_name, secret, key) => {
    expect(accepts(headersFor(key), secret)).toBe(true);
  });

  test.each([
    ['without its prefix', '1f2e3d4c'],
    ['another one', 'ws_1f2e3d4d'],
    ['with a newline in it', 'ws_1f2e3d4c\n'],
  ])('a signature made with the secret %s fails', (_name, key) => {
    expect(accepts(headersFor(key), 'ws_1f2e3d4c')).toBe(false);
  });
});

test('five minutes either way, no more', () => {
  const at = (seconds: number) => accepts(headersFor('ws_s', { at: now() + seconds }), 'ws_s');
  expect([at(-295), at(295), at(-302), at(302)]).toEqual([true, true, false, false]);
});

test('two signatures, one of them right: the secret was rotated', () => {
  const right = headersFor('ws_new');
  const old = headersFor('ws_old')['webhook-signature'];
  expect(accepts({ ...right, 'webhook-signature': `${old} ${right['webhook-signature']}` }, 'ws_new')).toBe(true);
  expect(accepts({ ...right, 'webhook-signature': old }, 'ws_new')).toBe(false);
});

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s nothing is believed', (name) => {
  expect(accepts({ ...headersFor('ws_s'), [name]: '' }, 'ws_s')).toBe(false);
  const { [name as 'webhook-id']: _gone, ...rest } = headersFor('ws_s');
  expect(accepts(rest, 'ws_s')).toBe(false);
  expect(accepts({}, 'ws_s')).toBe(false);
});

test('a changed body, one that was written anew, one that is no JSON', () => {
  expect(accepts(headersFor('ws_s'), 'ws_s', BODY.replace('pay_1', 'pay_2'))).toBe(false);
  expect(accepts(headersFor('ws_s'), 'ws_s', JSON.stringify(JSON.parse(BODY), null, 1))).toBe(false);
  expect(accepts(headersFor('ws_s', { body: 'no' }), 'ws_s', 'no')).toBe(false);
});
