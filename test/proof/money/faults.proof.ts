import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from '../../../src/money/invariants.ts';
import { runRefund } from '../../../src/money/refunding.ts';
import { runWithdrawal } from '../../../src/money/withdrawing.ts';
import { storeWithdrawal } from '../../../src/models/withdrawal.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { askRefund, checkOut, makeBuyer, row, rows, sweep } from '../../support/money.ts';
import { openShop, type Shop } from '../../support/shop.ts';

// Every call to Whop that an order's money needs fails in every way, four times; no webhook arrives. Then the sweeper runs.
const CALLS = [
  'POST /checkout_configurations',
  'GET /payments',
  'GET /payments/:id',
  'POST /refunds',
  'GET /transfers',
  'POST /transfers',
  'GET /withdrawals',
  'POST /withdrawals',
  'GET /withdrawals/:id',
  'GET /disputes',
  'GET /disputes/:id',
];
const FAULTS = {
  '500': { status: 500 },
  '500 after the work': { status: 500, afterWork: true },
  '429': { status: 429 },
  'cut before the work': { cut: 'before' },
  'cut after the work': { cut: 'after' },
};

let app: TestApp;
let shop: Shop;
let methodId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  await app.emulator.setKyc(shop.companyId, 'approved');
  const method = await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {});
  methodId = (method as { id: string }).id;
});
afterAll(() => app.stop());

const tried = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});
/** The time of the sweeps, in minutes from now: it never goes back within a story. */
let later = 0;
const sweepLater = (): Promise<unknown> => sweep(app, (later += 70));
const heal = async (): Promise<void> => {
  for (let run = 0; run < 3; run += 1) await sweepLater();
};

test.each(CALLS.flatMap((only) => Object.entries(FAULTS).map(([name, fault]) => [only, name, fault] as const)))(
  '%s: %s',
  { timeout: 120_000 },
  async (only, _name, fault) => {
    const broken = { webhooks: { drop: 1 }, api: { ...fault, only, times: 4 } };
    const whole = { webhooks: { drop: 1 } };
    later = 0;
    await app.database.withSystem('jobs', (trx) => trx('seller_accounts').update({ swept_at: null }));
    const buyerId = await makeBuyer(app);
    await app.emulator.faults(broken);
    await tried(checkOut(app, shop, buyerId));
    await app.emulator.faults(whole);
    await heal();
    const [checkout, ...others] = await rows(app, 'whop_checkout_configs', { buyer_id: buyerId });
    expect(others).toEqual([]);
    const paid = await app.emulator.pay(checkout!.whop_checkout_id);

    await app.emulator.faults(broken);
    await tried(sweepLater());
    await app.emulator.faults(whole);
    await heal();
    const [order, ...more] = await rows(app, 'orders', { checkout_id: checkout!.id });
    expect(more).toEqual([]);

    const [refundId] = await askRefund(app, order!.id, 1_000);
    await app.emulator.call('POST', `/control/companies/${shop.companyId}/settle`, {});
    const wish = {
      sellerId: shop.sellerId,
      amountCents: 700,
      currency: 'usd',
      payoutMethodId: methodId,
      formKey: randomUUID(),
    };
    const withdrawalId = await app.database.withSystem('whop', (trx) => storeWithdrawal(trx, wish));
    await app.emulator.faults(broken);
    await tried(runRefund(app.services, refundId!));
    await tried(runWithdrawal(app.services, withdrawalId));
    await tried(sweepLater());
    await app.emulator.faults(whole);
    await heal();
    expect(await row(app, 'refunds', { id: refundId })).toMatchObject({ status: 'succeeded' });
    expect(await row(app, 'fee_returns', { refund_id: refundId })).toMatchObject({ status: 'succeeded' });

    const path = `/control/payments/${paid.id}/dispute`;
    const dispute = (await app.emulator.call('POST', path, { amount: 5 })) as { id: string };
    await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'lost' });
    await app.emulator.faults(broken);
    await tried(sweepLater());
    await app.emulator.faults(whole);
    await heal();
    expect(await row(app, 'orders', { id: order!.id })).toMatchObject({ refunded_cents: 1_500 });

    const state = (await app.emulator.state()) as Record<string, { paymentId?: string; id: string }[]>;
    expect(state.refunds!.filter(({ paymentId }) => paymentId === paid.id)).toHaveLength(1);
    const { whop_withdrawal_id } = await row(app, 'withdrawals', { id: withdrawalId });
    expect(state.withdrawals!.filter(({ id }) => id === whop_withdrawal_id)).toHaveLength(1);
    expect(state.withdrawals).toHaveLength((await rows(app, 'withdrawals')).length);
    const findings = await app.database.withSystem('jobs', checkInvariants);
    expect(
      findings.filter(({ count }) => count > 0).map(({ invariant, rows: wrong }) => [invariant.name, wrong]),
    ).toEqual([]);
  },
);
