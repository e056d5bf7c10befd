import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CheckoutRow } from '../../src/models/checkout.ts';
import { matchKept, refundKept } from '../../src/money/deciding.ts';
import { convergeCheckout, convergePayment } from '../../src/money/convergence.ts';
import { checkInvariants } from '../../src/money/invariants.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buy, checkOut, checkOutMore, ledgerOf, makeAdmin, makeBuyer, quiet, row, rows } from '../support/money.ts';
import { makeOffer } from '../support/offers.ts';
import { openShop, type Shop } from '../support/shop.ts';

// One checkout serves five purposes. Each is paid rightly, wrongly, twice, too late, and refunded; all come through the same function.
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500, questions: [] });
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const PRICE = { total_cents: 2_000, fee_cents: 200, seller_cents: 1_800 };

interface Purpose {
  /** A checkout for $20.00 that nobody has paid. */
  open(): Promise<CheckoutRow>;
  /** How often it took effect. */
  effects(checkout: CheckoutRow): Promise<number>;
  /** How often it stands once all of it went back. */
  afterRefund: number;
}

const ordersOf = async ({ id }: CheckoutRow) => (await rows(app, 'orders', { checkout_id: id })).length;
const itemsOf = async ({ id }: CheckoutRow) => (await rows(app, 'order_items', { checkout_id: id }, 'position')).length;

const PURPOSES: Record<CheckoutRow['purpose'], Purpose> = {
  order: {
    open: async () => {
      const first = await checkOut(app, shop, await makeBuyer(app));
      return checkOutMore(app, first, 'order', PRICE);
    },
    effects: ordersOf,
    afterRefund: 1,
  },
  offer: {
    open: async () => {
      const first = await checkOut(app, shop, await makeBuyer(app));
      const agreed = { tier: 'basic', title: 'As we agreed', description: 'Two signs for the door', includes: [] };
      const scope = {
        ...first.scope,
        title: 'Two signs',
        package: { ...agreed, unitCents: 2_000 },
        days: 9,
        revisions: 4,
      };
      const offer_id = await makeOffer(app, shop, first.buyer_id!);
      return checkOutMore(app, first, 'offer', { ...PRICE, offer_id, scope: JSON.stringify(scope) });
    },
    effects: ordersOf,
    afterRefund: 1,
  },
  extra: {
    open: async () => {
      const { checkout, orderId } = await buy(app, shop);
      const extras = [{ id: shop.doc.extras[0]!.id, title: 'Second language', unitCents: 2_000, quantity: 1, days: 1 }];
      const scope = JSON.stringify({ ...checkout.scope, extras });
      return checkOutMore(app, checkout, 'extra', { ...PRICE, target_order_id: orderId, scope });
    },
    effects: itemsOf,
    afterRefund: 1,
  },
  tip: {
    open: async () => {
      const { checkout, orderId } = await buy(app, shop);
      return checkOutMore(app, checkout, 'tip', { ...PRICE, target_order_id: orderId });
    },
    effects: async ({ target_order_id: id }) => (await row(app, 'orders', { id })).tips_cents / 2_000,
    afterRefund: 0,
  },
  post: {
    open: async () => {
      const first = await checkOut(app, shop, await makeBuyer(app));
      const id = randomUUID();
      await app.database.withSystem('seeds', (trx) =>
        trx('posts').insert({ id, seller_id: shop.sellerId, title: 'How I set prices', price_cents: 2_000 }),
      );
      return checkOutMore(app, first, 'post', { ...PRICE, post_id: id });
    },
    effects: async ({ id }) =>
      (await rows(app, 'post_unlocks', { checkout_id: id, locked_at: null }, 'post_id')).length,
    afterRefund: 0,
  },
};

const pay = async (checkout: CheckoutRow): Promise<{ id: string; whopId: string }> => {
  const { id: whopId } = await app.emulator.pay(checkout.whop_checkout_id!);
  await convergeCheckout(app.services, checkout.id);
  await eventually(async () => expect(await rows(app, 'whop_payments', { whop_payment_id: whopId })).toHaveLength(1));
  return { id: (await row(app, 'whop_payments', { whop_payment_id: whopId })).id, whopId };
};
const payment = (id: string) => row(app, 'whop_payments', { id });
const red = async () =>
  (await app.database.withSystem('jobs', checkInvariants))
    .filter(({ count }) => count > 0)
    .map(({ invariant, rows: wrong }) => [invariant.name, wrong]);
const SALE = ['sale buyer -2000', 'sale platform 200', 'sale seller 1800'];

describe.each(Object.entries(PURPOSES))('%s', (purpose, { open, effects, afterRefund }) => {
  test('paid rightly, and told five times at once: it takes effect once and is in the books', async () => {
    const checkout = await open();
    expect(await effects(checkout)).toBe(0);
    const { id, whopId } = await pay(checkout);
    await Promise.all(
      [1, 2, 3, 4].map(async () => app.database.withSystem('whop', await convergePayment(app.services, whopId))),
    );
    await quiet(app);
    expect(await effects(checkout)).toBe(1);
    expect(await payment(id)).toMatchObject({ disposition: 'applied', note: null });
    expect((await ledgerOf(app, { cause: 'sale', cause_id: id })).sort()).toEqual(SALE);
    expect(await row(app, 'whop_checkout_configs', { id: checkout.id })).toMatchObject({ status: 'paid' });
    expect(await red()).toEqual([]);
  });

  test('a wrong amount brings nothing about, waits for an admin, and goes back', async () => {
    const checkout = await open();
    await app.emulator.faults({ money: { amountOff: -700 } });
    const { id } = await pay(checkout);
    expect(await effects(checkout)).toBe(0);
    expect(await payment(id)).toMatchObject({ disposition: 'mismatch', note: 'Paid 1300 cents instead of 2000' });
    await refundKept(app.services, await makeAdmin(app), id);
    await quiet(app);
    expect(await rows(app, 'refunds', { payment_id: id })).toMatchObject([
      { status: 'succeeded', amount_cents: 1_300 },
    ]);
    expect(await effects(checkout)).toBe(0);
    expect(await red()).toEqual([]);
  });

  test('a second payment goes back by itself; the first one’s effect stays', async () => {
    const checkout = await open();
    const first = await pay(checkout);
    const second = await pay(checkout);
    await eventually(async () => expect(await payment(second.id)).toMatchObject({ disposition: 'second' }));
    await quiet(app);
    expect(await rows(app, 'refunds', { payment_id: second.id })).toMatchObject([
      { status: 'succeeded', amount_cents: 2_000, cause: 'second_payment', fee_cents: 200 },
    ]);
    expect(await rows(app, 'refunds', { payment_id: first.id })).toEqual([]);
    expect(await effects(checkout)).toBe(1);
    expect(await red()).toEqual([]);
  });

  test('a payment after the checkout ended is kept; matched, it takes effect', async () => {
    const checkout = await open();
    await app.database.withSystem('checkout', (trx) =>
      trx('whop_checkout_configs').where({ id: checkout.id }).update({ status: 'expired' }),
    );
    const { id } = await pay(checkout);
    expect(await payment(id)).toMatchObject({ disposition: 'late', note: 'The checkout had expired' });
    expect(await effects(checkout)).toBe(0);
    await matchKept(app.services, await makeAdmin(app), id, checkout.id);
    expect(await effects(checkout)).toBe(1);
    expect((await ledgerOf(app, { cause: 'sale', cause_id: id })).sort()).toEqual(SALE);
    await quiet(app);
    expect(await red()).toEqual([]);
  });

  test('refunded in two parts: its effect stays after the first and ends with the last cent', async () => {
    const checkout = await open();
    const { id, whopId } = await pay(checkout);
    const refund = async (amount: number) => {
      await app.emulator.call('POST', `/control/payments/${whopId}/refund`, { amount });
      await eventually(async () => {
        const back = await rows(app, 'refunds', { payment_id: id, status: 'succeeded' });
        expect(back.some(({ amount_cents }) => amount_cents === Math.round(amount * 100))).toBe(true);
      });
    };
    await refund(0.01);
    expect(await effects(checkout)).toBe(1);
    await refund(19.99);
    expect(await effects(checkout)).toBe(afterRefund);
    expect(await payment(id)).toMatchObject({ refunded_cents: 2_000 });
    if (purpose === 'order' || purpose === 'offer')
      expect(await row(app, 'orders', { checkout_id: checkout.id })).toMatchObject({ status: 'refunded' });
    if (purpose === 'extra')
      expect(await row(app, 'orders', { id: checkout.target_order_id })).toMatchObject({
        status: 'in_progress',
        total_cents: 6_500,
        refunded_cents: 2_000,
      });
    await quiet(app);
    expect(await red()).toEqual([]);
  });
});

test('an accepted offer becomes an order with the offer’s own scope', async () => {
  const checkout = await PURPOSES.offer.open();
  await pay(checkout);
  const order = await row(app, 'orders', { checkout_id: checkout.id });
  expect(order).toMatchObject({
    title: 'Two signs',
    package_title: 'As we agreed',
    total_cents: 2_000,
    fee_cents: 200,
    seller_cents: 1_800,
    delivery_days: 9,
    revisions_allowed: 4,
    status: 'in_progress',
  });
  expect(await row(app, 'offers', { id: checkout.offer_id })).toMatchObject({ status: 'accepted', order_id: order.id });
  expect(await rows(app, 'order_items', { order_id: order.id }, 'position')).toMatchObject([
    { kind: 'offer', title: 'As we agreed', quantity: 1, unit_cents: 2_000, total_cents: 2_000, days: 9 },
  ]);
});
