import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CRASH_POINTS, type CrashPoint } from '../../../src/crash-point.ts';
import { convergeCheckout } from '../../../src/money/convergence.ts';
import { checkInvariants } from '../../../src/money/invariants.ts';
import { runRefund } from '../../../src/money/refunding.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { askRefund, buy, checkOut, makeAdmin, makeBuyer, row, rows, sweep } from '../../support/money.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { startVictim, type Victim } from '../../support/victim.ts';

// The web process is killed between two steps, the sweeper runs as it would a little later, and everything is there once.
let app: TestApp;
let shop: Shop;
let victim: Victim | null = null;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  await app.emulator.setKyc(shop.companyId, 'approved');
  await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {});
});
afterEach(() => {
  victim?.kill();
  victim = null;
});
afterAll(() => app.stop());

const points = (noun: string): CrashPoint[] => CRASH_POINTS.filter((point) => point.startsWith(`${noun}.`));

async function killedAt(point: CrashPoint, act: (url: string) => Promise<unknown>): Promise<void> {
  victim = await startVictim(app, point);
  const { url, died } = victim;
  const acting = act(url).catch(() => {});
  const patience = new Promise<string>((resolve) => setTimeout(resolve, 20_000, 'still alive').unref());
  expect(await Promise.race([died, patience]), point).toBe('SIGKILL');
  await acting;
  // The process that heals stands at the same address, as after a restart: it is part of what Whop was asked for.
  app.config.appUrl = url;
}

/** The next minutes, without any webhook: those that the dead process missed are lost. */
async function heal(): Promise<void> {
  await app.emulator.faults({});
  for (const minutes of [12, 24, 36]) await sweep(app, minutes);
}

async function everythingHolds(): Promise<void> {
  const findings = await app.database.withSystem('jobs', checkInvariants);
  expect(
    findings.filter(({ count }) => count > 0).map(({ invariant, rows: wrong }) => [invariant.name, wrong]),
  ).toEqual([]);
}

async function login(url: string, userId: string): Promise<Client> {
  const { email } = await row(app, 'users', { id: userId });
  const client = new Client(url);
  await client.get('/login');
  await client.post('/login', { email, password: 'gigflow-demo' });
  await client.get('/logout');
  return client;
}

const atWhop = async <T>(table: string): Promise<T[]> => ((await app.emulator.state()) as Record<string, T[]>)[table]!;

describe('checkout', () => {
  test.each(points('checkout'))('%s', async (point) => {
    const buyerId = await makeBuyer(app);
    const { password_hash } = await row(app, 'users', { id: shop.sellerId });
    await app.database.withSystem('seeds', (trx) => trx('users').where({ id: buyerId }).update({ password_hash }));
    await killedAt(point, async (url) => {
      const ada = await login(url, buyerId);
      const body = { gig: shop.gigId, package: 'basic', quantity: '1', form_key: randomUUID() };
      await ada.post('/checkouts', body);
    });
    await heal();
    const [checkout, ...more] = await rows(app, 'whop_checkout_configs', { buyer_id: buyerId });
    expect(more).toEqual([]);
    expect(checkout).toMatchObject({ status: 'open' });
    const made = await atWhop<{ metadata: { gigflow_checkout_id: string } }>('checkouts');
    expect(made.filter(({ metadata }) => metadata.gigflow_checkout_id === checkout!.id)).toHaveLength(1);
    await app.emulator.pay(checkout!.whop_checkout_id);
    expect(await convergeCheckout(app.services, checkout!.id)).toMatchObject({ state: 'paid' });
    await everythingHolds();
  });
});

describe('payment and webhook', () => {
  test.each([...points('payment'), ...points('webhook')])('%s', async (point) => {
    const checkout = await checkOut(app, shop, await makeBuyer(app));
    await killedAt(point, async (url) => {
      if (point.startsWith('payment')) await app.emulator.faults({ webhooks: { drop: 1 } });
      await app.emulator.pay(checkout.whop_checkout_id!);
      if (point.startsWith('payment')) await fetch(`${url}/checkout/complete?checkout=${checkout.id}`);
    });
    await heal();
    const [order, ...more] = await rows(app, 'orders', { checkout_id: checkout.id });
    expect(more).toEqual([]);
    expect(await rows(app, 'ledger_entries', { order_id: order!.id, cause: 'sale' })).toHaveLength(3);
    expect(await rows(app, 'webhook_events', { status: 'pending' }, 'received_at')).toEqual([]);
    await everythingHolds();
  });
});

describe('refund and fee', () => {
  test.each([...points('refund'), ...points('fee-return')])('%s', async (point) => {
    const { orderId, whopPaymentId } = await buy(app, shop);
    let id = '';
    await killedAt(point, async () => void ([id] = (await askRefund(app, orderId, 2_000)) as [string]));
    await heal();
    expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'succeeded' });
    const refunds = await atWhop<{ paymentId: string; cents: number }>('refunds');
    expect(refunds.filter(({ paymentId }) => paymentId === whopPaymentId)).toMatchObject([{ cents: 2_000 }]);
    const fee = await row(app, 'fee_returns', { refund_id: id });
    expect(fee).toMatchObject({ status: 'succeeded', amount_cents: 200 });
    const transfers = await atWhop<{ metadata: { gigflow_reference: string } }>('transfers');
    expect(transfers.filter(({ metadata }) => metadata.gigflow_reference === fee.id)).toHaveLength(1);
    expect(await row(app, 'orders', { id: orderId })).toMatchObject({ refunded_cents: 2_000 });
    await everythingHolds();
  });
});

describe('a refund that the platform pays', () => {
  test.each(points('cover'))('%s', async (point) => {
    const poor = await openShop(app, { sellerName: 'Poor Shop', maxActiveOrders: 50 });
    const { orderId, whopPaymentId } = await buy(app, poor);
    for (const _big of [1, 2]) await buy(app, shop, { feeBps: 9_000 });
    await app.emulator.faults({ money: { requireBalance: true } });
    const [id] = (await askRefund(app, orderId, null)) as [string];
    await runRefund(app.services, id);
    expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'waiting_for_balance' });
    const minaId = await makeAdmin(app);
    const { password_hash } = await row(app, 'users', { id: shop.sellerId });
    await app.database.withSystem('seeds', (trx) => trx('users').where({ id: minaId }).update({ password_hash }));
    await killedAt(point, async (url) => {
      const mina = await login(url, minaId);
      await mina.post(`/admin/refunds/${id}/cover`);
    });
    await heal();
    expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'succeeded' });
    const refunds = await atWhop<{ paymentId: string; cents: number }>('refunds');
    expect(refunds.filter(({ paymentId }) => paymentId === whopPaymentId)).toMatchObject([{ cents: 4_500 }]);
    const transfers = await atWhop<{ metadata: { gigflow_reference: string } }>('transfers');
    expect(transfers.filter(({ metadata }) => metadata.gigflow_reference === `cover:${id}`)).toHaveLength(1);
    expect(await rows(app, 'ledger_entries', { order_id: orderId, cause: 'adjustment' })).toHaveLength(2);
    await everythingHolds();
  });
});

describe('withdrawal', () => {
  test.each(points('withdrawal'))('%s', async (point) => {
    await buy(app, shop);
    await app.emulator.call('POST', `/control/companies/${shop.companyId}/settle`, {});
    const before = (await atWhop<object>('withdrawals')).length;
    const formKey = randomUUID();
    await killedAt(point, async (url) => {
      const noor = await login(url, shop.sellerId);
      const { data } = (await (
        await fetch(`${app.emulator.url}/api/v1/payouts/methods?account_id=${shop.companyId}`, {
          headers: { Authorization: `Bearer ${app.config.whop.apiKey}`, 'Api-Version-Date': '2026-07-20' },
        })
      ).json()) as { data: { id: string }[] };
      await noor.post('/sell/withdrawals', { amount: '5.00', payout_method_id: data[0]!.id, form_key: formKey });
    });
    await heal();
    const written = await row(app, 'withdrawals', { form_key: formKey });
    expect(written).toMatchObject({ amount_cents: 500, whop_withdrawal_id: expect.stringContaining('wdrl_') });
    expect(await atWhop<object>('withdrawals')).toHaveLength(before + 1);
    await app.emulator.call('POST', `/control/withdrawals/${written.whop_withdrawal_id}`, { status: 'completed' });
    await eventually(async () => {
      await sweep(app, 60);
      expect(await row(app, 'withdrawals', { id: written.id })).toMatchObject({ status: 'completed' });
    });
    await everythingHolds();
  });
});
