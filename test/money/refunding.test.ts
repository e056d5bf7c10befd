import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../src/money/invariants.ts';
import { coverRefund, retry, writeOff } from '../../src/money/deciding.ts';
import { runRefund } from '../../src/money/refunding.ts';
import { runFeeReturn } from '../../src/money/returning-fees.ts';
import { requestRefund } from '../../src/models/refund.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { askRefund, buy, ledgerOf, makeAdmin, row, rows, sweep } from '../support/money.ts';
import { openShop, type Shop } from '../support/shop.ts';

// No worker: each step is taken by hand, so that a test can look between them.
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const refund = (id: string) => row(app, 'refunds', { id });
const atWhop = async (whopPaymentId: string): Promise<{ cents: number; status: string }[]> =>
  ((await app.emulator.state()).refunds as { paymentId: string; cents: number; status: string }[]).filter(
    ({ paymentId }) => paymentId === whopPaymentId,
  );
const attempt = (id: string) => runRefund(app.services, id).catch((error: Error) => error.message);

describe('an answer that does not come never refunds twice:', () => {
  const REFUND = 'POST /refunds';
  test.each([
    ['500 before the work', { status: 500, only: REFUND, times: 1 }, 0],
    ['500 after the work', { status: 500, afterWork: true, only: REFUND, times: 1 }, 1],
    ['429', { status: 429, only: REFUND, times: 1 }, 0],
    ['the connection cut before the work', { cut: 'before', only: REFUND, times: 1 }, 0],
    ['the connection cut after the work', { cut: 'after', only: REFUND, times: 1 }, 1],
    ['500 on the reading before', { status: 500, only: 'GET /payments/:id', rate: 1, times: 3 }, 0],
  ])('%s', async (_name, fault, done) => {
    const { orderId, whopPaymentId } = await buy(app, shop);
    const [id] = await askRefund(app, orderId, 2_000);
    await app.emulator.faults({ api: fault });
    expect(await attempt(id!)).toContain('Whop: ');
    expect(await atWhop(whopPaymentId)).toHaveLength(done);
    expect(await refund(id!)).toMatchObject({ status: 'requested', leased_until: null });
    await app.emulator.faults({});
    await sweep(app);
    await sweep(app, 30);
    expect(await atWhop(whopPaymentId)).toMatchObject([{ cents: 2_000, status: 'succeeded' }]);
    expect(await refund(id!)).toMatchObject({ status: 'succeeded', amount_cents: 2_000 });
    expect(await rows(app, 'refunds', { order_id: orderId })).toHaveLength(1);
  });
});

test('the same refund run by five workers at once is asked for once', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const [id] = await askRefund(app, orderId, null);
  await Promise.all([1, 2, 3, 4, 5].map(() => attempt(id!)));
  await sweep(app);
  expect(await atWhop(whopPaymentId)).toHaveLength(1);
});

test('two refunds of the same amount are told apart', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const [first] = await askRefund(app, orderId, 1_000);
  const [second] = await askRefund(app, orderId, 1_000);
  await app.emulator.faults({ api: { cut: 'after', only: 'POST /refunds', times: 1 } });
  await attempt(first!);
  await attempt(second!);
  await sweep(app);
  await sweep(app, 30);
  const ids = [(await refund(first!)).whop_refund_id, (await refund(second!)).whop_refund_id];
  expect(new Set(ids).size).toBe(2);
  expect(await atWhop(whopPaymentId)).toHaveLength(2);
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ refunded_cents: 2_000 });
});

test('the database refuses to promise more than was paid, however the requests race', async () => {
  const { orderId } = await buy(app, shop);
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => askRefund(app, orderId, 2_000)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await expect(
    app.database.withSystem('whop', (trx) =>
      trx('refunds').where({ order_id: orderId }).update({ amount_cents: 4_500 }),
    ),
  ).rejects.toThrow('left to refund');
});

test('nobody but a decision, an admin or the system asks for a refund', async () => {
  const { orderId, buyerId } = await buy(app, shop);
  const ask = (id: string) =>
    app.database.withActor({ role: 'user', id }, (trx) =>
      requestRefund(trx, { orderId, amountCents: null, cause: 'cancellation', feePolicy: 'return' }),
    );
  await expect(ask(buyerId)).rejects.toThrow('A refund follows a decision on the order');
  const decided = await app.database.withActor({ role: 'user', id: buyerId }, async (trx) => {
    await trx.raw(`select order_transition(?, 'request_cancellation', 'awaiting_requirements', 'Changed plans')`, [
      orderId,
    ]);
    return requestRefund(trx, { orderId, amountCents: null, cause: 'cancellation', feePolicy: 'return' });
  });
  expect(decided).toHaveLength(1);
  expect(await refund(decided[0]!)).toMatchObject({ requested_by: buyerId, status: 'requested' });
});

test('a balance that does not cover it: waits, is tried daily, stops withdrawals and listings, and the platform can pay', async () => {
  const poor = await openShop(app, { sellerName: 'Poor Shop', maxActiveOrders: 50 });
  const { orderId, paymentId } = await buy(app, poor);
  await app.emulator.faults({ money: { requireBalance: true } });
  const [id] = await askRefund(app, orderId, null);
  await attempt(id!);
  expect(await refund(id!)).toMatchObject({ status: 'waiting_for_balance', attempt: 2, asked_at: null });
  const owes = await app.database.withSystem('jobs', (trx) =>
    trx.raw('select seller_owes(?) as owes', [poor.sellerId]),
  );
  expect(owes.rows).toEqual([{ owes: true }]);
  await expect(
    app.database.withSystem('jobs', async (trx) => {
      const [listing] = await trx('gig_listings').where({ gig_id: poor.gigId });
      await trx('gig_listings').where({ gig_id: poor.gigId }).delete();
      await trx.raw('insert into gig_listings (gig_id, slug, seller_id) values (?, ?, ?)', [
        poor.gigId,
        listing.slug,
        poor.sellerId,
      ]);
    }),
  ).rejects.toThrow('nothing new is listed');
  await sweep(app, 24 * 60 + 5);
  expect(await refund(id!)).toMatchObject({ status: 'waiting_for_balance', attempt: 3 });
  const mina = await makeAdmin(app);
  await app.emulator.faults({});
  await expect(coverRefund(app.services, mina, id!)).rejects.toThrow('not have enough balance');
  await buy(app, shop, { feeBps: 9_000 });
  await buy(app, shop, { feeBps: 9_000 });
  await coverRefund(app.services, mina, id!);
  await attempt(id!);
  await sweep(app);
  expect(await refund(id!)).toMatchObject({ status: 'succeeded' });
  for (const fee of await rows(app, 'fee_returns', { refund_id: id })) await runFeeReturn(app.services, fee.id);
  expect(await ledgerOf(app, { order_id: orderId })).toEqual([
    'adjustment platform -4500',
    'adjustment seller 4500',
    'fee_return platform -450',
    'fee_return seller 450',
    'processing seller -152',
    'processing whop 152',
    'refund buyer 4500',
    'refund seller -4500',
    'sale buyer -4500',
    'sale platform 450',
    'sale seller 4050',
  ]);
  expect(await row(app, 'whop_payments', { id: paymentId })).toMatchObject({ refunded_cents: 4_500 });
});

test('what waits for two weeks turns red; written off it is neither tried nor owed', async () => {
  const poor = await openShop(app, { sellerName: 'Broke Shop', maxActiveOrders: 50 });
  const { orderId } = await buy(app, poor);
  await app.emulator.faults({ money: { requireBalance: true } });
  const [id] = await askRefund(app, orderId, null);
  await attempt(id!);
  await app.database.withSystem('jobs', (trx) =>
    trx('refunds')
      .where({ id })
      .update({ waiting_since: trx.raw(`now() - interval '15 days'`) }),
  );
  const red = async () =>
    (await app.database.withSystem('jobs', checkInvariants))
      .find(({ invariant }) => invariant.name === 'refunds-decided')!
      .rows.map((wrong) => wrong.refund_id);
  expect(await red()).toContain(id);
  const mina = await makeAdmin(app);
  await writeOff(app.services, mina, id!, 'The seller has left');
  expect(await red()).not.toContain(id);
  await expect(writeOff(app.services, mina, id!, 'again')).resolves.toBeUndefined();
  const { rows: owes } = await app.database.withSystem('jobs', (trx) =>
    trx.raw('select seller_owes(?) as owes', [poor.sellerId]),
  );
  expect(owes).toEqual([{ owes: false }]);
});

test('a failed refund is tried again with a new key', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  await app.emulator.faults({ money: { refunds: 'failed' } });
  const [id] = await askRefund(app, orderId, null);
  await attempt(id!);
  await sweep(app);
  expect(await refund(id!)).toMatchObject({ status: 'failed' });
  await app.emulator.faults({});
  await retry(app.services, await makeAdmin(app), id!);
  await attempt(id!);
  await sweep(app);
  expect(await refund(id!)).toMatchObject({ status: 'succeeded' });
  expect((await atWhop(whopPaymentId)).map(({ status }) => status).sort()).toEqual(['failed', 'succeeded']);
});

test('a fee goes back once, though the answer of its transfer was lost', async () => {
  const { orderId } = await buy(app, shop);
  const [id] = await askRefund(app, orderId, null);
  await app.emulator.faults({ api: { cut: 'after', only: 'POST /transfers', times: 1 } });
  await attempt(id!);
  await sweep(app);
  const fee = await row(app, 'fee_returns', { refund_id: id });
  await runFeeReturn(app.services, fee.id).catch(() => {});
  await app.emulator.faults({});
  await sweep(app, 30);
  expect(await row(app, 'fee_returns', { id: fee.id })).toMatchObject({ status: 'succeeded', amount_cents: 450 });
  const { transfers } = (await app.emulator.state()) as { transfers: { metadata: { gigflow_reference: string } }[] };
  expect(transfers.filter(({ metadata }) => metadata.gigflow_reference === fee.id)).toHaveLength(1);
});
