import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { convergeCheckout, convergePayment } from '../../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, type Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { buy, checkOut, checkOutMore, ledgerOf, makeBuyer, quiet, row, rows, sweep } from '../../support/money.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { idOf } from '../../support/sellers.ts';

let app: TestApp;
let shop: Shop;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  mina = await signUp(app, 'Mina Okafor');
  const id = await idOf(app, mina);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const payment = (whopId: string) => row(app, 'whop_payments', { whop_payment_id: whopId });
const red = async (): Promise<string[]> =>
  page(await mina.get('/admin/money'))('[data-check]:has(.badge.bad)')
    .toArray()
    .map((light) => light.attribs['data-check']!);

test('for everyone else the money desk does not exist', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const { paymentId } = await buy(app, shop);
  for (const path of ['/admin/money', '/admin/webhooks', `/admin/payments/${paymentId}`])
    expect((await ada.get(path)).status, path).toBe(404);
  expect((await ada.post(`/admin/payments/${paymentId}/refund`)).status).toBe(404);
  expect((await mina.get(`/admin/payments/${randomUUID()}`)).status).toBe(404);
});

test('a second payment of one checkout goes back by itself', async () => {
  const { checkout, orderId } = await buy(app, shop);
  const second = await app.emulator.pay(checkout.whop_checkout_id!);
  await eventually(async () => expect(await payment(second.id)).toMatchObject({ disposition: 'second' }));
  await quiet(app);
  const { id } = await payment(second.id);
  expect(await row(app, 'refunds', { payment_id: id })).toMatchObject({
    status: 'succeeded',
    cause: 'second_payment',
    amount_cents: 4_500,
    fee_cents: 450,
  });
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ refunded_cents: 0 });
  expect(await ledgerOf(app, { cause_id: id })).toContain('sale buyer -4500');
  expect(await red()).toEqual([]);
});

test('a wrong amount is kept, shown, and refunded by Mina', async () => {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await app.emulator.faults({ money: { amountOff: -1_000 } });
  const paid = await app.emulator.pay(checkout.whop_checkout_id!);
  expect((await convergeCheckout(app.services, checkout.id)).state).toBe('pending');
  expect(await payment(paid.id)).toMatchObject({
    disposition: 'mismatch',
    note: 'Paid 3500 cents instead of 4500',
    order_id: null,
  });
  expect(await red()).toEqual(['payment-without-order']);
  const { id } = await payment(paid.id);
  const desk = page(await mina.get('/admin/money'));
  expect(desk(`[data-check=payment-without-order] a[href="/admin/payments/${id}"]`).text()).toBe(paid.id);
  expect((await mina.get(`/admin/payments/${id}`)).text).toContain('Paid 3500 cents instead of 4500');
  expect((await mina.post(`/admin/payments/${id}/refund`)).status).toBe(303);
  expect((await mina.post(`/admin/payments/${id}/refund`)).status).toBe(409);
  await quiet(app);
  expect(await row(app, 'refunds', { payment_id: id })).toMatchObject({ status: 'succeeded', amount_cents: 3_500 });
  expect(await red()).toEqual([]);
});

test('the wrong amount can be matched instead: the order is for what was really paid', async () => {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await app.emulator.faults({ money: { amountOff: -500 } });
  const paid = await app.emulator.pay(checkout.whop_checkout_id!);
  await convergeCheckout(app.services, checkout.id);
  const { id } = await payment(paid.id);
  expect((await mina.post(`/admin/payments/${id}/match`, { checkout: 'x' })).status).toBe(422);
  expect((await mina.post(`/admin/payments/${id}/match`, { checkout: randomUUID() })).status).toBe(422);
  expect((await mina.post(`/admin/payments/${id}/match`, { checkout: checkout.id })).status).toBe(303);
  expect(await row(app, 'orders', { checkout_id: checkout.id })).toMatchObject({
    total_cents: 4_000,
    fee_cents: 450,
    seller_cents: 3_550,
  });
  expect((await mina.post(`/admin/payments/${id}/match`, { checkout: checkout.id })).status).toBe(409);
  expect(await red()).toEqual([]);
});

test('after a day the sweeper ends an unpaid checkout; a payment that still comes is kept and can be matched', async () => {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await sweep(app, 25 * 60);
  expect(await row(app, 'whop_checkout_configs', { id: checkout.id })).toMatchObject({ status: 'expired' });
  const paid = await app.emulator.pay(checkout.whop_checkout_id!);
  await eventually(async () => expect(await payment(paid.id)).toMatchObject({ disposition: 'late' }));
  expect(await rows(app, 'orders', { checkout_id: checkout.id })).toEqual([]);
  const { id } = await payment(paid.id);
  expect((await mina.post(`/admin/payments/${id}/match`, { checkout: checkout.id })).status).toBe(303);
  expect(await rows(app, 'orders', { checkout_id: checkout.id })).toHaveLength(1);
});

test('a payment of no checkout of ours is kept', async () => {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await app.database.withSystem('checkout', (trx) =>
    trx('whop_checkout_configs')
      .where({ id: checkout.id })
      .update({ whop_checkout_id: `ch_${randomUUID()}` }),
  );
  const paid = await app.emulator.pay(checkout.whop_checkout_id!);
  await eventually(async () => expect(await payment(paid.id)).toMatchObject({ disposition: 'unmatched' }));
  expect(await red()).toEqual(['payment-without-order']);
  const { id } = await payment(paid.id);
  await mina.post(`/admin/payments/${id}/refund`);
  await quiet(app);
  expect(await red()).toEqual([]);
});

test('an answer that never told us the checkout’s id still finds its purchase by our own', async () => {
  const checkout = await checkOut(app, shop, await makeBuyer(app));
  await app.database.withSystem('checkout', (trx) =>
    trx('whop_checkout_configs').where({ id: checkout.id }).update({ whop_checkout_id: null, status: 'creating' }),
  );
  await app.emulator.pay(checkout.whop_checkout_id!);
  await eventually(async () => expect(await rows(app, 'orders', { checkout_id: checkout.id })).toHaveLength(1));
});

test('a fee that Whop did not take is an alarm, and can be written down as a loss', async () => {
  await app.emulator.faults({ money: { skipFee: true } });
  const { paymentId, orderId } = await buy(app, shop);
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ status: 'awaiting_requirements' });
  expect(await red()).toEqual(['fee-taken']);
  const light = page(await mina.get('/admin/money'))('[data-check=fee-taken]');
  expect(light.find('td').last().attr('data-cents')).toBe('450');
  expect((await mina.post(`/admin/payments/${paymentId}/reading`)).status).toBe(303);
  expect((await mina.post(`/admin/payments/${paymentId}/loss`)).status).toBe(303);
  expect((await mina.post(`/admin/payments/${paymentId}/loss`)).status).toBe(409);
  expect(await ledgerOf(app, { cause: 'adjustment', order_id: orderId })).toEqual([
    'adjustment platform -450',
    'adjustment seller 450',
  ]);
  expect(await red()).toEqual([]);
});

test('an extra joins the order with its days; at the wrong moment its payment goes back', async () => {
  const { checkout, orderId } = await buy(app, shop);
  const extras = [{ id: shop.doc.extras[0]!.id, title: 'Second language', unitCents: 2_000, quantity: 1, days: 1 }];
  const change = { target_order_id: orderId, total_cents: 2_000, fee_cents: 200, seller_cents: 1_800 };
  const scope = JSON.stringify({ ...checkout.scope, extras });
  const early = await checkOutMore(app, checkout, 'extra', { ...change, scope });
  await app.emulator.pay(early.whop_checkout_id!);
  expect(await convergeCheckout(app.services, early.id)).toMatchObject({ state: 'failed' });
  await quiet(app);
  expect(await row(app, 'refunds', { cause: 'late_payment' })).toMatchObject({
    status: 'succeeded',
    amount_cents: 2_000,
  });

  await app.database.withSystem('clock', async (trx) => {
    await trx('order_requirements')
      .where({ order_id: orderId })
      .update({ answer: JSON.stringify('Tea') });
    await trx.raw(`select set_config('app.actor_role', 'user', true), set_config('app.actor_id', ?, true)`, [
      checkout.buyer_id,
    ]);
    await trx.raw(`select order_transition(?, 'submit_requirements', 'awaiting_requirements')`, [orderId]);
  });
  const before = await row(app, 'orders', { id: orderId });
  const later = await checkOutMore(app, checkout, 'extra', { ...change, scope });
  await app.emulator.pay(later.whop_checkout_id!);
  expect(await convergeCheckout(app.services, later.id)).toMatchObject({ state: 'paid', orderId });
  const after = await row(app, 'orders', { id: orderId });
  expect(after).toMatchObject({ total_cents: 6_500, fee_cents: 650, seller_cents: 5_850, delivery_days: 4 });
  expect(after.due_at.getTime() - before.due_at.getTime()).toBe(24 * 3_600_000);
  expect(await rows(app, 'order_items', { order_id: orderId, kind: 'extra' }, 'position')).toHaveLength(1);
  expect(await red()).toEqual([]);
});

test('a tip moves no state and is not part of what a cancellation refunds; a post unlocks and locks', async () => {
  const { checkout, orderId, buyerId } = await buy(app, shop);
  const change = { total_cents: 1_000, fee_cents: 100, seller_cents: 900 };
  const tip = await checkOutMore(app, checkout, 'tip', { ...change, target_order_id: orderId });
  await app.emulator.pay(tip.whop_checkout_id!);
  expect(await convergeCheckout(app.services, tip.id)).toMatchObject({ state: 'paid', orderId });
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ tips_cents: 1_000, total_cents: 4_500 });

  const postId = randomUUID();
  await app.database.withSystem('seeds', (trx) =>
    trx('posts').insert({ id: postId, seller_id: shop.sellerId, title: 'How I set prices', price_cents: 1_000 }),
  );
  const post = await checkOutMore(app, checkout, 'post', { ...change, post_id: postId });
  const paid = await app.emulator.pay(post.whop_checkout_id!);
  expect(await convergeCheckout(app.services, post.id)).toMatchObject({ state: 'paid', orderId: null });
  const unlock = () => row(app, 'post_unlocks', { post_id: postId, user_id: buyerId });
  expect(await unlock()).toMatchObject({ locked_at: null });
  await app.emulator.call('POST', `/control/payments/${paid.id}/refund`, {});
  await eventually(async () => expect((await unlock()).locked_at).not.toBeNull());
  expect(await red()).toEqual([]);
});

test('a refund that began at Whop is counted, returns no fee, and replaces a request of ours that no longer fits', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  await app.emulator.call('POST', `/control/payments/${whopPaymentId}/refund`, { amount: 45 });
  await eventually(async () => expect(await row(app, 'orders', { id: orderId })).toMatchObject({ status: 'refunded' }));
  expect(await row(app, 'refunds', { order_id: orderId })).toMatchObject({ cause: 'whop', fee_cents: 0 });
  expect(await rows(app, 'fee_returns', {}).then((all) => all.filter((one) => one.refund_id === orderId))).toEqual([]);
  expect(await red()).toEqual([]);
});

test('an old answer of Whop’s changes nothing that a newer one has set', async () => {
  const { whopPaymentId, paymentId } = await buy(app, shop);
  const old = await convergePayment(app.services, whopPaymentId);
  await app.emulator.call('POST', `/control/payments/${whopPaymentId}/refund`, {});
  await quiet(app);
  expect((await payment(whopPaymentId)).refunded_cents).toBe(4_500);
  await app.database.withSystem('whop', old);
  expect(await row(app, 'whop_payments', { id: paymentId })).toMatchObject({ refunded_cents: 4_500 });
});
