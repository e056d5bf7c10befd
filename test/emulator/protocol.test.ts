import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { addSeller, checkoutBody, clientFor, fixture, paidOrder, setStage, type Stage } from './support.ts';

let stage: Stage;
let whop: Whop;
let seller: Whop.Company;
beforeAll(async () => {
  stage = await setStage();
  whop = stage.whop;
  seller = await addSeller(whop);
});
afterEach(() => stage.control.faults({}));
afterAll(() => stage.stop());

interface Call {
  method: string;
  path: string;
  status: number | null;
  replayed: boolean;
}

const callsTo = async (path: string): Promise<Call[]> =>
  ((await stage.control.call('GET', '/control/calls')) as Call[]).filter((call) => call.path.includes(path));

describe('an Idempotency-Key', () => {
  const withKey = (key: string): Whop.RequestOptions => ({ headers: { 'Idempotency-Key': key } });

  test('gives the first answer again, byte for byte', async () => {
    const body = checkoutBody(seller.id);
    const first = await whop.checkoutConfigurations.create(body, withKey('checkout:1:1'));
    const again = whop.checkoutConfigurations.create(body, withKey('checkout:1:1'));
    expect(await again).toEqual(first);
    expect((await again.asResponse()).headers.get('idempotent-replayed')).toBe('true');
  });

  test('refunds once, however often it is asked', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    await whop.payments.refund(payment.id, { partial_amount: 10 }, withKey('refund:1:1'));
    await whop.payments.refund(payment.id, { partial_amount: 10 }, withKey('refund:1:1'));
    expect((await whop.payments.retrieve(payment.id)).refunds).toHaveLength(1);
  });

  test('belongs to its first request, even to a refused one', async () => {
    const refused = checkoutBody(seller.id, { application_fee_amount: 0 });
    const create = (body: Whop.CheckoutConfigurationCreateParams): Promise<unknown> =>
      whop.checkoutConfigurations.create(body, withKey('checkout:2:1'));
    await expect(create(refused)).rejects.toThrow('greater than 0');
    await expect(create(refused)).rejects.toThrow('greater than 0');
    await expect(create(checkoutBody(seller.id))).rejects.toMatchObject({
      error: fixture('rest/errors')['400_idempotency'] as object,
    });
  });

  test('is kept apart for each caller', async () => {
    const { secret_key: apiKey } = await whop.companies.createAPIKey(EMULATOR_CREDENTIALS.platformCompanyId, {
      child_company_id: seller.id,
    });
    const child = clientFor(stage.emulator.url, { apiKey });
    const mine = await whop.checkoutConfigurations.create(checkoutBody(seller.id), withKey('shared'));
    const theirs = await child.checkoutConfigurations.create(checkoutBody(seller.id), withKey('shared'));
    expect(theirs.id).not.toBe(mine.id);
  });
});

describe('a list', () => {
  test('is walked page by page to its end and no further', async () => {
    const other = await addSeller(whop);
    const made: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      made.push((await whop.checkoutConfigurations.create(checkoutBody(other.id))).id);
    }
    const walked: string[] = [];
    for await (const { id } of whop.checkoutConfigurations.list({ account_id: other.id, first: 2 })) walked.push(id);
    expect(walked.sort()).toEqual(made.sort());

    const last = await whop.checkoutConfigurations.list({ account_id: other.id, first: 5 });
    expect(last.page_info).toMatchObject({ end_cursor: null, has_next_page: false });
  });

  test('goes on after a cursor and refuses one that it did not give', async () => {
    const ofPlatform = { parent_company_id: EMULATOR_CREDENTIALS.platformCompanyId };
    const [first] = (await whop.companies.list({ ...ofPlatform, first: 1 })).data;
    await addSeller(whop);
    const page = await whop.companies.list({ ...ofPlatform, first: 1 });
    const next = await whop.companies.list({ ...ofPlatform, first: 1, after: page.page_info.end_cursor });
    expect(next.data[0]?.id).toBe(first?.id);
    await expect(whop.companies.list({ after: 'nonsense' })).rejects.toMatchObject({
      error: { error: { param: 'after' } },
    });
  });
});

describe('an API version', () => {
  test('must be known', async () => {
    const odd = clientFor(stage.emulator.url, { version: '1999-01-01' });
    await expect(odd.companies.retrieve(seller.id)).rejects.toThrow('Supported versions: 2025-01-01');
  });

  test('decides the shape of a payment', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    const native = clientFor(stage.emulator.url, { version: '2026-09-06' });
    const answer = (await native.payments.retrieve(payment.id)) as unknown as Record<string, unknown>;
    const wanted = fixture('variants/payment.succeeded.pin-2026-09-06').data as object;
    expect(Object.keys(answer).sort()).toEqual(Object.keys(wanted).sort());
    expect(answer.total).toMatchObject({ amount: '150.00', currency: 'usd' });
  });

  test('ends withdrawals from 2026-08-25 on', async () => {
    const later = clientFor(stage.emulator.url, { version: '2026-08-25' });
    await expect(later.withdrawals.list({ company_id: seller.id })).rejects.toMatchObject({ status: 410 });
  });
});

describe('misbehaviour', () => {
  test('refuses before any work is done', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    await stage.control.faults({ api: { status: 500, rate: 1, only: 'POST /refunds' } });
    await expect(whop.payments.refund(payment.id)).rejects.toBeInstanceOf(Whop.InternalServerError);
    const { refunds } = await whop.payments.retrieve(payment.id);
    expect(refunds).toEqual([]);
  });

  test('answers 429 as Whop does, and the SDK comes back', async () => {
    await stage.control.faults({ api: { status: 429, only: 'GET /companies/:id', times: 1 } });
    await expect(whop.companies.retrieve(seller.id)).rejects.toBeInstanceOf(Whop.RateLimitError);
    await stage.control.faults({ api: { status: 429, only: 'GET /companies/:id', times: 1 } });
    const patient = clientFor(stage.emulator.url, { maxRetries: 1 });
    expect((await patient.companies.retrieve(seller.id)).id).toBe(seller.id);
  });

  test.each([
    ['lies about it', { status: 500, afterWork: true }],
    ['never answers', { timeoutAfterWork: true }],
    ['cuts the connection', { cut: 'after' }],
  ])('does the work and %s', async (_name, fault) => {
    const hasty = clientFor(stage.emulator.url, { timeout: 250 });
    const { payment } = await paidOrder(stage, seller.id);
    await stage.control.faults({ api: { ...fault, only: 'POST /payments/:id/refund' } });
    await expect(hasty.payments.refund(payment.id, { partial_amount: 10 })).rejects.toThrow();
    const { refunds } = await whop.payments.retrieve(payment.id);
    expect(refunds.map(({ amount }) => amount)).toEqual([10]);
  });

  test('keeps the lost answer for the same Idempotency-Key', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    const refund = (): Promise<Whop.Payment> =>
      whop.payments.refund(payment.id, {}, { headers: { 'Idempotency-Key': 'refund:lost:1' } });
    await stage.control.faults({ api: { cut: 'after', only: 'POST /refunds', times: 1 } });
    await expect(refund()).rejects.toBeInstanceOf(Whop.APIConnectionError);
    await refund();
    expect((await whop.payments.retrieve(payment.id)).refunds).toHaveLength(1);
    expect((await callsTo(`${payment.id}/refund`)).map(({ replayed }) => replayed)).toEqual([false, true]);
  });

  test('cuts the connection before any work', async () => {
    const { payment } = await paidOrder(stage, seller.id);
    await stage.control.faults({ api: { cut: true, only: '/refund' } });
    await expect(whop.payments.refund(payment.id)).rejects.toBeInstanceOf(Whop.APIConnectionError);
    expect((await whop.payments.retrieve(payment.id)).refunds).toEqual([]);
  });

  test('can hit several calls in several ways', async () => {
    await stage.control.faults({
      api: [
        { status: 503, only: 'GET /companies' },
        { status: 500, only: 'GET /accounts/*' },
      ],
    });
    await expect(whop.companies.list()).rejects.toMatchObject({ status: 503 });
    await expect(whop.accounts.retrieve(seller.id)).rejects.toMatchObject({ status: 500 });
    expect((await whop.companies.retrieve(seller.id)).id).toBe(seller.id);
  });

  test('takes permissions from the key, and says which', async () => {
    await stage.control.faults({ permissions: { denied: ['payment:dispute:read'] } });
    await expect(whop.disputes.list({ company_id: seller.id })).rejects.toMatchObject({
      error: fixture('rest/errors')['403'] as object,
    });
    const { payment } = await paidOrder(stage, seller.id);
    expect(payment.disputes).toBeNull();
  });

  test('is refused when it is not understood', async () => {
    await expect(stage.control.faults({ api: { stauts: 500 } })).rejects.toThrow('422');
  });
});

test('more than the allowed calls per minute are answered with 429 and when to come back', async () => {
  await stage.control.call('PUT', '/control/limits', { perMinute: 3 });
  const ask = (): Promise<Response> =>
    fetch(`${stage.emulator.url}/api/v1/users/ada`, {
      headers: { authorization: `Bearer ${EMULATOR_CREDENTIALS.apiKey}` },
    });
  const answers = [await ask(), await ask(), await ask(), await ask()];
  await stage.control.call('PUT', '/control/limits', { perMinute: 600 });
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answers[3]!.json()).toMatchObject({ error: { type: 'rate_limit_exceeded' } });
});

test('the control API refuses other hosts and pages of other sites', async () => {
  const foreign = await fetch(`${stage.emulator.url}/control/state`, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(foreign.status).toBe(403);
});
