import { afterEach, expect, test } from 'vitest';
import { NotFound, WhopFailure } from '../errors.ts';
import { fixture, stretchWire, type Wire } from '../../test/support/whop-wire.ts';
import { connect, keyedOnce } from './connection.ts';

let wire: Wire;
afterEach(() => wire?.stop());
const errors = fixture('rest/errors') as Record<string, { error: { message: string } }>;

const answers = Object.keys(errors).filter((name) => /^[45]/.test(name) && name !== '404');

test.each(answers)('%s: a failure with Whop’s words and request id', async (name) => {
  const status = Number.parseInt(name);
  wire = await stretchWire(() => ({ status, body: errors[name] }));
  const { sdk, ask } = connect(wire.config);
  const failure = await ask('companies.retrieve', () => sdk.companies.retrieve('biz_1', { maxRetries: 0 })).catch(
    (error: unknown) => error as WhopFailure,
  );
  expect(failure).toBeInstanceOf(WhopFailure);
  expect(failure).toMatchObject({
    status,
    requestId: 'req_wire',
    whopMessage: errors[name]!.error.message,
    retryable: [409, 429, 500].includes(status),
  });
  // What a person may read names the call, never Whop's words.
  expect((failure as WhopFailure).message).toBe(`Whop: companies.retrieve failed (${status})`);
});

test('404 is "nothing here"', async () => {
  wire = await stretchWire(() => ({ status: 404, body: errors['404'] }));
  const { sdk, ask } = connect(wire.config);
  await expect(ask('payments.retrieve', () => sdk.payments.retrieve('pay_1'))).rejects.toThrow(NotFound);
  await expect(ask('payments.retrieve', () => sdk.payments.retrieve('pay_1'))).rejects.toThrow('req_wire');
});

test('a body that is no JSON, and nobody there at all', async () => {
  wire = await stretchWire(() => ({ status: 502, body: 'Bad gateway' }));
  const { sdk, ask } = connect(wire.config);
  const once = { maxRetries: 0 };
  await expect(ask('x', () => sdk.companies.retrieve('biz_1', once))).rejects.toMatchObject({
    status: 502,
    retryable: true,
  });
  wire.config.whop.hosts.api = 'http://localhost:9/api/v1';
  const nobody = connect(wire.config);
  await expect(nobody.ask('x', () => nobody.sdk.companies.retrieve('biz_1', once))).rejects.toMatchObject({
    status: null,
    retryable: true,
  });
});

test('what moves money is sent once; what only reads is tried again', async () => {
  wire = await stretchWire(() => ({ status: 500, body: errors['500'] }));
  const { sdk, ask } = connect(wire.config);
  await expect(
    ask('payments.refund', () => sdk.payments.refund('pay_1', {}, keyedOnce('refund:1:1'))),
  ).rejects.toThrow();
  expect(wire.sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['refund:1:1']);
  await expect(ask('payments.retrieve', () => sdk.payments.retrieve('pay_1'))).rejects.toThrow();
  expect(wire.sent.length).toBe(4);
});

test('nobody waits longer than 20 s', () => {
  expect(wire.config.whop.timeOut).toBe(20_000);
  expect(connect(wire.config).sdk.timeout).toBe(20_000);
});
