import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, signUp, visit, type Client } from '../support/client.ts';
import { LANGUAGE, openShop, type Shop } from '../support/shop.ts';
import { eventually } from '../support/eventually.ts';

let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const standard = () => ({
  gig: shop.gigId,
  package: 'standard',
  quantity: '1',
  extras: { [LANGUAGE.id]: '1' },
  form_key: randomUUID(),
});
const rows = (table: string, where: object = {}) => app.database.withSystem('jobs', (trx) => trx(table).where(where));
const checkoutRow = async (id: string) => (await rows('whop_checkout_configs', { id }))[0];

async function checkOut(buyer: Client, body: object = standard()): Promise<string> {
  const response = await buyer.post('/checkouts', body);
  expect(response.status, response.text.slice(0, 500)).toBe(303);
  return response.headers.location!.split('/').at(-1)!;
}

test('Ada buys the standard package with an extra: the price is computed, frozen, and charged with the fee (defect 5)', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const options = page(await ada.get(`/gigs/${shop.slug}/order?package=standard`));
  expect(options('.total [data-cents]').attr('data-cents')).toBe('9500');
  const id = await checkOut(ada);
  const frozen = await checkoutRow(id);
  expect(frozen).toMatchObject({
    status: 'open',
    total_cents: 11_500,
    fee_bps: 1_000,
    fee_cents: 1_150,
    seller_cents: 10_350,
    gig_revision_number: 1,
  });
  const payment = page(await ada.get(`/checkouts/${id}`));
  expect(payment('[data-whop-checkout-session]').attr('data-whop-checkout-session')).toBe(frozen.whop_checkout_id);
  expect(payment('.total [data-cents]').attr('data-cents')).toBe('11500');

  await app.emulator.pay(frozen.whop_checkout_id);
  const back = await ada.get(`/checkout/complete?checkout=${id}`);
  expect(back.status).toBe(303);
  const orderId = back.headers.location!.split('/').at(-1)!;
  const [order] = await rows('orders', { id: orderId });
  expect(order).toMatchObject({
    status: 'awaiting_requirements',
    total_cents: 11_500,
    fee_cents: 1_150,
    delivery_days: 6,
    revisions_allowed: 2,
    due_at: null,
  });
  const items = await rows('order_items', { order_id: orderId });
  expect(items.map((item) => [item.kind, item.total_cents]).sort()).toEqual([
    ['extra', 2_000],
    ['package', 9_500],
  ]);
  const entries = await rows('ledger_entries', { order_id: orderId, cause: 'sale' });
  expect(Object.fromEntries(entries.map((entry) => [entry.account, entry.amount_cents]))).toEqual({
    buyer: -11_500,
    seller: 10_350,
    platform: 1_150,
  });
  expect((await rows('whop_payments', { order_id: orderId }))[0]).toMatchObject({
    disposition: 'applied',
    fee_cents: 1_150,
    note: null,
  });
  expect((await ada.get(`/checkouts/${id}`)).headers.location).toBe(`/orders/${orderId}`);
});

test('the webhook alone makes the order too, and only one (defects 7, 43-46)', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  await eventually(async () => expect(await rows('orders', { checkout_id: id })).toHaveLength(1));
  const confirmed = await ada.postJson('/api/checkout/confirm', { checkout: id });
  expect(confirmed.body.orderId).toBe((await rows('orders', { checkout_id: id }))[0].id);
});

test('return, confirm and webhook together make one order (defect 2)', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  await app.emulator.faults({ webhooks: { duplicate: 3 } });
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  await Promise.all([
    ...Array.from({ length: 5 }, () => ada.get(`/checkout/complete?checkout=${id}`)),
    ...Array.from({ length: 5 }, () => ada.postJson('/api/checkout/confirm', { checkout: id })),
  ]);
  await eventually(async () => expect((await rows('webhook_events', { status: 'pending' })).length).toBe(0));
  expect(await rows('orders', { checkout_id: id })).toHaveLength(1);
  expect(await rows('whop_payments', { checkout_id: id, disposition: 'applied' })).toHaveLength(1);
  expect(
    await rows('ledger_entries', { cause: 'sale', order_id: (await rows('orders', { checkout_id: id }))[0].id }),
  ).toHaveLength(3);
});

test('an unpaid checkout makes no order, whatever the browser says (defect 1)', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  expect((await ada.postJson('/api/checkout/confirm', { checkout: id })).status).toBe(202);
  const waiting = await ada.get(`/checkout/complete?checkout=${id}&payment_id=pay_forged&checkout_status=success`);
  expect(waiting.status).toBe(200);
  expect(waiting.text).toContain('http-equiv="refresh"');
  expect(await rows('orders', { checkout_id: id })).toEqual([]);
});

test("somebody else's payment id does not pay a checkout", async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const paid = await checkOut(ada);
  await app.emulator.pay((await checkoutRow(paid)).whop_checkout_id);
  await eventually(async () => expect(await rows('orders', { checkout_id: paid })).toHaveLength(1));
  const [payment] = await rows('whop_payments', { checkout_id: paid });
  const unpaid = await checkOut(ada);
  await ada.get(`/checkout/complete?checkout=${unpaid}&payment_id=${payment.whop_payment_id}`);
  expect(await rows('orders', { checkout_id: unpaid })).toEqual([]);
});

test('a declined card tells Ada and leaves the checkout usable', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  const { whop_checkout_id } = await checkoutRow(id);
  await app.emulator.pay(whop_checkout_id, 'failed');
  expect((await ada.get(`/checkout/complete?checkout=${id}`)).headers.location).toBe(`/checkouts/${id}`);
  expect((await ada.get(`/checkouts/${id}`)).text).toContain('did not go through');
  await app.emulator.pay(whop_checkout_id);
  expect((await ada.get(`/checkout/complete?checkout=${id}`)).headers.location).toMatch(/^\/orders\//);
});

test('prices, totals, titles and fees that a browser sends are ignored (defects 3, 9)', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada, {
    ...standard(),
    price: '0.01',
    total: '1',
    totalCents: '1',
    total_cents: '1',
    fee_bps: '0',
    title: 'Free',
    seller_id: randomUUID(),
  });
  expect(await checkoutRow(id)).toMatchObject({ total_cents: 11_500, fee_cents: 1_150, seller_id: shop.sellerId });
});

test.each([
  ['a package that the gig lacks', { package: 'premium' }],
  ['no package', { package: '' }],
  ['a negative quantity', { quantity: '-1' }],
  ['a huge quantity', { quantity: '999999999999' }],
  ['a quantity that is no number', { quantity: '1e1' }],
  ['too many of an extra', { extras: { [LANGUAGE.id]: '4' } }],
  ['a negative extra', { extras: { [LANGUAGE.id]: '-1' } }],
  ['an extra of another gig (defect 4)', { extras: { [randomUUID()]: '1' } }],
  ['extras that are no list', { extras: 'all' }],
])('%s is refused with 422 and changes nothing', async (_name, change) => {
  const ada = await signUp(app, 'Ada Marlowe');
  const before = (await rows('whop_checkout_configs')).length;
  const response = await ada.post('/checkouts', { ...standard(), ...change });
  expect(response.status).toBe(422);
  expect(page(response)('.error-summary').length).toBe(1);
  expect((await rows('whop_checkout_configs')).length).toBe(before);
});

test('unknown gigs and junk ids are 404', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  for (const gig of [randomUUID(), 'x', "' or 1=1", ''])
    expect((await ada.post('/checkouts', { ...standard(), gig })).status).toBe(404);
  for (const path of [
    `/checkouts/${randomUUID()}`,
    '/checkouts/x',
    '/gigs/nothing/order',
    '/checkout/complete',
    '/checkout/complete?checkout=x',
  ]) {
    expect((await ada.get(path)).status, path).toBe(404);
  }
});

test.each([
  ['', 'standard'],
  ['?package=premium', 'standard'],
  ['?package=basic', 'basic'],
  ['?package[]=junk', 'standard'],
])('the options%s begin with %s, as the page of the gig does', async (query, tier) => {
  const chosen = async (path: string) => page(await visit(app).get(path))('input[name=package]:checked').attr('value');
  expect(await chosen(`/gigs/${shop.slug}/order${query}`)).toBe(tier);
  expect(await chosen(`/gigs/${shop.slug}${query}`)).toBe(tier);
});

test('nobody buys his own gig (defect 19)', async () => {
  const noor = visit(app);
  await noor.get('/login');
  const [user] = await rows('users', { id: shop.sellerId });
  await noor.post('/login', { email: user.email, password: 'gigflow-demo' });
  await noor.get('/logout');
  expect((await noor.post('/checkouts', standard())).status).toBe(403);
});

test('the same form sent twice leads to the same checkout', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const body = standard();
  const [first, second, third] = await Promise.all([checkOut(ada, body), checkOut(ada, body), checkOut(ada, body)]);
  expect([second, third]).toEqual([first, first]);
});

test('strangers see neither checkout nor order', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const stranger = await signUp(app, 'Mallory Stranger');
  const id = await checkOut(ada);
  expect((await stranger.get(`/checkouts/${id}`)).status).toBe(404);
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  expect((await stranger.get(`/checkout/complete?checkout=${id}`)).status).toBe(404);
  const confirmed = await stranger.postJson('/api/checkout/confirm', { checkout: id });
  expect([confirmed.status, confirmed.body]).toEqual([202, { status: 'pending' }]);
  expect(await rows('orders', { checkout_id: id })).toHaveLength(1);
});

test('a guest buys with an address and comes back by the mailed link (defect 11)', async () => {
  const guest = visit(app);
  await guest.get(`/gigs/${shop.slug}/order`);
  expect((await guest.post('/checkouts', standard())).status).toBe(422);
  const id = await checkOut(guest, { ...standard(), email: 'Guest@gigflow.test' });
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  const orderPath = (await guest.get(`/checkout/complete?checkout=${id}`)).headers.location!;
  const [order] = await rows('orders', { checkout_id: id });
  expect(orderPath).toBe(`/orders/${order.id}`);
  expect(order).toMatchObject({ buyer_id: null });
  const { guestToken } = await import('../../src/models/guest-buyer.ts');
  const elsewhere = visit(app);
  const link = await elsewhere.get(`/o/${guestToken(app.config, order.guest_buyer_id)}`);
  expect([link.headers.location, link.headers['referrer-policy']]).toEqual([orderPath, 'no-referrer']);
  expect((await elsewhere.get(`/o/${guestToken(app.config, randomUUID())}`)).status).toBe(404);
});

test('a full queue says so and charges nothing', async () => {
  const small = await openShop(app, { maxActiveOrders: 1, sellerName: 'Small Shop' });
  const ada = await signUp(app, 'Ada Marlowe');
  const body = () => ({ gig: small.gigId, package: 'basic', quantity: '1', form_key: randomUUID() });
  const answers = await Promise.all([
    ada.post('/checkouts', body()),
    ada.post('/checkouts', body()),
    ada.post('/checkouts', body()),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409, 409]);
  expect(answers.find((answer) => answer.status === 409)!.text).toContain('as many orders as fit');
});

test('a gig that asks nothing starts at once (defect 10), with its due date (defect 12)', async () => {
  const quick = await openShop(app, { questions: [], sellerName: 'Quick Shop' });
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada, { gig: quick.gigId, package: 'basic', quantity: '1' });
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  await ada.get(`/checkout/complete?checkout=${id}`);
  const [order] = await rows('orders', { checkout_id: id });
  expect(order.status).toBe('in_progress');
  expect(order.due_at.getTime() - order.created_at.getTime()).toBe(3 * 24 * 60 * 60 * 1000);
});

test('the gig is paused between checkout and payment: the order comes all the same (defect 8)', async () => {
  const shy = await openShop(app, { sellerName: 'Shy Shop' });
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada, { gig: shy.gigId, package: 'basic', quantity: '1' });
  await app.database.withSystem('jobs', async (trx) => {
    await trx('gigs').where({ id: shy.gigId }).update({ status: 'paused' });
    await trx('gig_listings').where({ gig_id: shy.gigId }).delete();
  });
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  expect((await ada.get(`/checkout/complete?checkout=${id}`)).headers.location).toMatch(/^\/orders\//);
});

test('Whop is down: Ada is told, and the next look opens the same checkout', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const body = standard();
  await app.emulator.faults({ api: { status: 500, rate: 1, only: 'POST /checkout_configurations' } });
  const failed = await ada.post('/checkouts', body);
  expect(failed.status).toBe(503);
  expect(failed.text).toContain('Nothing was lost');
  await app.emulator.faults({});
  const id = await checkOut(ada, body);
  expect((await checkoutRow(id)).status).toBe('open');
  expect(await rows('whop_checkout_configs', { form_key: body.form_key })).toHaveLength(1);
});

test('a lost webhook and a closed tab: the sweeper finds the payment', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  await app.emulator.faults({ webhooks: { drop: 1 } });
  await app.emulator.pay((await checkoutRow(id)).whop_checkout_id);
  expect(await rows('orders', { checkout_id: id })).toEqual([]);
  await app.database.withSystem('jobs', (trx) =>
    trx('whop_checkout_configs')
      .where({ id })
      .update({ created_at: trx.raw(`now() - interval '5 minutes'`) }),
  );
  const { reconcile } = await import('../../src/jobs/reconcile.ts');
  await reconcile(app.services);
  expect(await rows('orders', { checkout_id: id })).toHaveLength(1);
});

test('converging twice at the same moment reads Whop once', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  const id = await checkOut(ada);
  const [first, second] = [convergeCheckout(app.services, id), convergeCheckout(app.services, id)];
  expect(first).toBe(second);
  await first;
});
