import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from '../../../src/money/invariants.ts';
import { runRefund } from '../../../src/money/refunding.ts';
import { runWithdrawal } from '../../../src/money/withdrawing.ts';
import { storeWithdrawal } from '../../../src/models/withdrawal.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { askRefund, checkOut, makeBuyer, row, rows, sweep } from '../../support/money.ts';
import { openShop, type Shop } from '../../support/shop.ts';

// Every call to Whop that an order's money needs fails in every way, three times (a reading is asked for three times); no webhook arrives. Then the sweeper runs.
// What is only asked after a lost answer needs that answer to be lost first.
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
const LOST_BEFORE: Record<string, object[]> = {
  'GET /transfers': [{ cut: 'after', only: 'POST /transfers', times: 1 }],
};
const FAULTS = {
  '500': { status: 500 },
  '500 after the work': { status: 500, afterWork: true },
  '429': { status: 429 },
  'cut before the work': { cut: 'before' },
  'cut after the work': { cut: 'after' },
  'no answer after the work': { timeoutAfterWork: true },
};

let app: TestApp;
let shop: Shop;
let methodId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, env: { WHOP_TIME_OUT_MS: '400' } });
  // Who asks too often is told to wait out the minute; that would be all that this file waits for.
  await app.emulator.call('PUT', '/control/limits', { perMinute: 1_000_000 });
  shop = await openShop(app, { maxActiveOrders: 500 });
  await app.emulator.setKyc(shop.companyId, 'approved');
  const method = await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {});
  methodId = (method as { id: string }).id;
});
afterAll(() => app.stop());

/** How often the emulator was asked for this since then. */
async function asked(only: string, since: string): Promise<number> {
  const [method, path] = only.split(' ');
  const calls = (await app.emulator.call('GET', '/control/calls')) as {
    at: string;
    method: string;
    path: string;
  }[];
  const wanted = path === '/refunds' ? '/payments/:id/refund' : path!;
  const pattern = new RegExp(`${wanted.replace(/:\w+/g, '[^/]+')}(\\?|$)`);
  return calls.filter((call) => call.at >= since && call.method === method && pattern.test(call.path)).length;
}

/** The bank takes a moment for a refund. */
const bankTookRefunds = (paymentId: string): Promise<void> =>
  eventually(async () => {
    const { refunds } = (await app.emulator.state()) as { refunds: { paymentId: string; status: string }[] };
    expect(refunds.filter((one) => one.paymentId === paymentId && one.status !== 'succeeded')).toEqual([]);
  });

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
    const broken = { webhooks: { drop: 1 }, api: [{ ...fault, only, times: 3 }, ...(LOST_BEFORE[only] ?? [])] };
    const whole = { webhooks: { drop: 1 } };
    let met = 0;
    const misbehave = async (during: () => Promise<void>): Promise<void> => {
      const since = new Date().toISOString();
      await app.emulator.faults(broken);
      await during();
      met += await asked(only, since);
      await app.emulator.faults(whole);
    };
    later = 0;
    await app.database.withSystem('jobs', (trx) => trx('seller_accounts').update({ swept_at: null }));
    const buyerId = await makeBuyer(app);
    await misbehave(async () => void (await tried(checkOut(app, shop, buyerId))));
    await heal();
    const [checkout, ...others] = await rows(app, 'whop_checkout_configs', { buyer_id: buyerId });
    expect(others).toEqual([]);
    const paid = await app.emulator.pay(checkout!.whop_checkout_id);

    await misbehave(async () => void (await tried(sweepLater())));
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
    await misbehave(async () => {
      await tried(runRefund(app.services, refundId!));
      await tried(runWithdrawal(app.services, withdrawalId));
      await bankTookRefunds(paid.id);
      // The refund is read, its fee is sent back, and a lost answer to that is looked for: one run each.
      for (let run = 0; run < 3; run += 1) await tried(sweepLater());
    });
    await heal();
    expect(await row(app, 'refunds', { id: refundId })).toMatchObject({ status: 'succeeded' });
    expect(await row(app, 'fee_returns', { refund_id: refundId })).toMatchObject({ status: 'succeeded' });

    const { whop_withdrawal_id: withdrawn } = await row(app, 'withdrawals', { id: withdrawalId });
    await app.emulator.call('POST', `/control/withdrawals/${withdrawn}`, { status: 'completed' });
    const path = `/control/payments/${paid.id}/dispute`;
    const dispute = (await app.emulator.call('POST', path, { amount: 5 })) as { id: string };
    await app.emulator.call('POST', `/control/disputes/${dispute.id}`, { status: 'lost' });
    await misbehave(async () => void (await tried(sweepLater())));
    await heal();
    expect(met, 'the call that was to fail was made').toBeGreaterThan(0);
    expect(await row(app, 'orders', { id: order!.id })).toMatchObject({ refunded_cents: 1_500 });

    const state = (await app.emulator.state()) as Record<string, { paymentId?: string; id: string }[]>;
    expect(state.refunds!.filter(({ paymentId }) => paymentId === paid.id)).toHaveLength(1);
    expect(await row(app, 'withdrawals', { id: withdrawalId })).toMatchObject({ status: 'completed' });
    expect(state.withdrawals!.filter(({ id }) => id === withdrawn)).toHaveLength(1);
    expect(state.withdrawals).toHaveLength((await rows(app, 'withdrawals')).length);
    const findings = await app.database.withSystem('jobs', checkInvariants);
    expect(
      findings.filter(({ count }) => count > 0).map(({ invariant, rows: wrong }) => [invariant.name, wrong]),
    ).toEqual([]);
  },
);
