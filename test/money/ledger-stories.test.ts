import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeOff } from '../../src/money/deciding.ts';
import { checkInvariants } from '../../src/money/invariants.ts';
import { runWithdrawal } from '../../src/money/withdrawing.ts';
import { storeWithdrawal } from '../../src/models/withdrawal.ts';
import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { askRefund, buy, ledgerOf, makeAdmin, quiet, row, rows, sweep } from '../support/money.ts';
import { openShop, type Shop } from '../support/shop.ts';

// $45.00: the fee is 10 %, Whop takes 2.7 % + $0.30 = $1.52 for processing.
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const SALE = [
  'processing seller -152',
  'processing whop 152',
  'sale buyer -4500',
  'sale platform 450',
  'sale seller 4050',
];
const lights = async () =>
  (await app.database.withSystem('jobs', checkInvariants))
    .filter(({ count }) => count > 0)
    .map(({ invariant, rows: wrong }) => ({ [invariant.name]: wrong }));
const order = (id: string) => row(app, 'orders', { id });

test('pay', async () => {
  const { orderId, paymentId } = await buy(app, shop);
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(SALE);
  expect(await row(app, 'whop_payments', { id: paymentId })).toMatchObject({
    disposition: 'applied',
    fee_cents: 450,
    net_cents: 3_898,
    note: null,
  });
  await quiet(app);
  expect(await lights()).toEqual([]);
});

test('pay and partial refund: the fee’s share goes back to the seller', async () => {
  const { orderId } = await buy(app, shop);
  await askRefund(app, orderId, 1_005);
  await quiet(app);
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'refund buyer 1005', 'refund seller -1005', 'fee_return seller 101', 'fee_return platform -101'].sort(),
  );
  expect(await order(orderId)).toMatchObject({ refunded_cents: 1_005, status: 'awaiting_requirements' });
  expect(await row(app, 'refunds', { order_id: orderId })).toMatchObject({ status: 'succeeded', fee_cents: 101 });
  expect(await lights()).toEqual([]);
});

test('two partial refunds end at exactly zero, and so does the fee', async () => {
  const { orderId } = await buy(app, shop);
  await askRefund(app, orderId, 1_005);
  await askRefund(app, orderId, null);
  await quiet(app, 15_000);
  const parts = await rows(app, 'refunds', { order_id: orderId });
  expect(parts.map(({ amount_cents, fee_cents }) => [amount_cents, fee_cents])).toEqual([
    [1_005, 101],
    [3_495, 349],
  ]);
  expect(await order(orderId)).toMatchObject({ refunded_cents: 4_500, status: 'refunded' });
  const entries = await rows(app, 'ledger_entries', { order_id: orderId });
  const sum = (account: string) =>
    entries.filter((entry) => entry.account === account).reduce((total, entry) => total + entry.amount_cents, 0);
  expect([sum('buyer'), sum('platform'), sum('seller'), sum('whop')]).toEqual([0, 0, -152, 152]);
  await expect(askRefund(app, orderId, 1)).rejects.toThrow('Only 0 cents of this order are left to refund');
  expect(await lights()).toEqual([]);
});

test('FEE_ON_REFUND=keep is recorded with the refund and returns nothing', async () => {
  const { orderId } = await buy(app, shop);
  await askRefund(app, orderId, null, 'keep');
  await quiet(app);
  expect(await row(app, 'refunds', { order_id: orderId })).toMatchObject({ fee_policy: 'keep', fee_cents: 0 });
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'refund buyer 4500', 'refund seller -4500'].sort(),
  );
  expect(await lights()).toEqual([]);
});

test('pay, dispute lost: the bank’s money is gone, no fee goes back, the order is refunded', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const dispute = (await app.emulator.call('POST', `/control/payments/${whopPaymentId}/dispute`, {})) as { id: string };
  await eventually(async () =>
    expect(await order(orderId)).toMatchObject({ status: 'disputed', resume_status: 'awaiting_requirements' }),
  );
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(SALE);
  await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'lost' });
  await eventually(async () =>
    expect(await order(orderId)).toMatchObject({ status: 'refunded', refunded_cents: 4_500 }),
  );
  expect(await row(app, 'disputes', { order_id: orderId })).toMatchObject({ status: 'lost', lost_cents: 4_500 });
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'dispute buyer 4500', 'dispute seller -4500'].sort(),
  );
  expect(await rows(app, 'refunds', { order_id: orderId })).toEqual([]);
  expect(await lights()).toEqual([]);
});

test('dispute lost with Whop’s fee for it: the seller pays it, and the order’s rows still sum to zero', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  await app.emulator.faults({ money: { disputeFee: 1_500 } });
  const path = `/control/payments/${whopPaymentId}/dispute`;
  const dispute = (await app.emulator.call('POST', path, {})) as { id: string };
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'disputed' }));
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(SALE);
  await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'lost' });
  const END = [
    ...SALE,
    'dispute buyer 4500',
    'dispute seller -4500',
    'dispute_fee seller -1500',
    'dispute_fee whop 1500',
  ].sort();
  await eventually(async () => expect(await ledgerOf(app, { order_id: orderId })).toEqual(END));
  expect(await order(orderId)).toMatchObject({ status: 'refunded', refunded_cents: 4_500 });
  const entries = await rows(app, 'ledger_entries', { order_id: orderId, cause: 'dispute_fee' });
  expect(entries.map(({ cause_id, seller_id, currency }) => [cause_id, seller_id, currency])).toEqual(
    Array(2).fill([`${whopPaymentId}:1`, shop.sellerId, 'usd']),
  );
  await sweep(app, 26 * 60);
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(END);
  expect(await lights()).toEqual([]);
});

test('dispute won: a fee that Whop gives back leaves nothing in the books; one that it keeps stays, also when told late', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const path = `/control/payments/${whopPaymentId}/dispute`;
  await app.emulator.faults({ money: { disputeFee: 1_500 } });
  const won = (await app.emulator.call('POST', path, {})) as { id: string };
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'disputed' }));
  await app.emulator.call('POST', `/control/disputes/${won.id}`, { status: 'won' });
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'awaiting_requirements' }));
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(SALE);

  // The fee of a warning comes after the case was closed, and its letter is lost.
  await app.emulator.faults({ money: { alertFee: 400 }, webhooks: { drop: 1 } });
  await app.emulator.call('POST', '/control/alerts', { payment: whopPaymentId });
  await sweep(app, 26 * 60);
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'dispute_fee seller -400', 'dispute_fee whop 400'].sort(),
  );
  expect(await lights()).toEqual([]);
});

test('an early warning that Whop charges for is in the books once, however often it is told', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  await app.emulator.faults({ money: { alertFee: 400 }, webhooks: { duplicate: 2 } });
  await app.emulator.call('POST', '/control/alerts', { payment: whopPaymentId });
  await eventually(async () =>
    expect(await ledgerOf(app, { order_id: orderId })).toEqual(
      [...SALE, 'dispute_fee seller -400', 'dispute_fee whop 400'].sort(),
    ),
  );
  await quiet(app);
  expect(await rows(app, 'ledger_entries', { order_id: orderId, cause: 'dispute_fee' })).toHaveLength(2);
});

test('a dispute over part, lost: the order resumes and what went back is counted', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const path = `/control/payments/${whopPaymentId}/dispute`;
  const dispute = (await app.emulator.call('POST', path, { amount: 15 })) as { id: string };
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'disputed' }));
  await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'lost' });
  await eventually(async () =>
    expect(await order(orderId)).toMatchObject({ status: 'awaiting_requirements', refunded_cents: 1_500 }),
  );
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'dispute buyer 1500', 'dispute seller -1500'].sort(),
  );
  // Whop refunds nothing of a payment that the bank has decided against: the rest is an admin's case.
  const [id] = await askRefund(app, orderId, null);
  await eventually(async () =>
    expect(await row(app, 'refunds', { id })).toMatchObject({
      amount_cents: 3_000,
      status: 'failed',
      error: 'This payment has been disputed. Therefore, it cannot be refunded.',
    }),
  );
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'dispute buyer 1500', 'dispute seller -1500'].sort(),
  );
  expect((await lights()).map((light) => Object.keys(light)[0])).toEqual(['refunds-decided']);
  await writeOff(app.services, await makeAdmin(app), id!, 'The bank has decided');
  expect(await lights()).toEqual([]);
});

test('pay, dispute won: the order goes on and the books never moved', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const dispute = (await app.emulator.call('POST', `/control/payments/${whopPaymentId}/dispute`, {})) as { id: string };
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'disputed' }));
  const refundIds = await askRefund(app, orderId, 500);
  expect(await row(app, 'refunds', { id: refundIds[0] })).toMatchObject({ status: 'paused' });
  await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'under_review' });
  await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'won' });
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'awaiting_requirements' }));
  await quiet(app);
  expect(await row(app, 'refunds', { id: refundIds[0] })).toMatchObject({ status: 'succeeded' });
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(
    [...SALE, 'refund buyer 500', 'refund seller -500', 'fee_return seller 50', 'fee_return platform -50'].sort(),
  );
});

test('a refund that the bank refuses fails, moves nothing and turns a light red', async () => {
  const { orderId } = await buy(app, shop);
  await app.emulator.faults({ money: { refunds: 'failed' } });
  const [id] = await askRefund(app, orderId, null);
  await eventually(async () => expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'failed' }));
  expect(await order(orderId)).toMatchObject({ refunded_cents: 0 });
  expect(await ledgerOf(app, { order_id: orderId })).toEqual(SALE);
  expect((await lights()).flatMap((light) => Object.keys(light))).toContain('refunds-decided');
});

describeWithdrawals();

function describeWithdrawals(): void {
  async function withdraw(amountCents: number): Promise<string> {
    const { id: payoutMethodId } = (await app.emulator.call(
      'POST',
      `/control/companies/${shop.companyId}/payout-methods`,
      {},
    )) as { id: string };
    await app.emulator.setKyc(shop.companyId, 'approved');
    await app.emulator.call('POST', `/control/companies/${shop.companyId}/settle`, {});
    const wish = { sellerId: shop.sellerId, amountCents, currency: 'usd', payoutMethodId, formKey: randomUUID() };
    const id = await app.database.withSystem('whop', (trx) => storeWithdrawal(trx, wish));
    await runWithdrawal(app.services, id);
    return id;
  }

  test('a withdrawal is booked when the bank has the money', async () => {
    await buy(app, shop);
    const id = await withdraw(2_000);
    const { whop_withdrawal_id } = await row(app, 'withdrawals', { id });
    expect(await ledgerOf(app, { cause_id: whop_withdrawal_id })).toEqual([]);
    await app.emulator.call('POST', `/control/withdrawals/${whop_withdrawal_id}`, { status: 'completed' });
    await eventually(async () => expect(await row(app, 'withdrawals', { id })).toMatchObject({ status: 'completed' }));
    expect(await ledgerOf(app, { cause_id: whop_withdrawal_id })).toEqual([
      'payout payout 2000',
      'payout seller -2000',
    ]);
    expect(await rows(app, 'withdrawals', { whop_withdrawal_id })).toHaveLength(1);
  });

  test('a withdrawal that fails books nothing and says why', async () => {
    await buy(app, shop);
    const id = await withdraw(1_000);
    const { whop_withdrawal_id } = await row(app, 'withdrawals', { id });
    await app.emulator.call('POST', `/control/withdrawals/${whop_withdrawal_id}`, { status: 'failed' });
    await eventually(async () =>
      expect(await row(app, 'withdrawals', { id })).toMatchObject({
        status: 'failed',
        error: 'The bank account could not be found.',
      }),
    );
    expect(await ledgerOf(app, { cause_id: whop_withdrawal_id })).toEqual([]);
  });
}
