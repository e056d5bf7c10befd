import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../src/money/invariants.ts';
import { convergeCheckout } from '../../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, type Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { askRefund, buy, checkOut, ledgerOf, makeBuyer, quiet, row, rows } from '../../support/money.ts';
import { accountOf, idOf, verifiedSeller } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

let app: TestApp;
let shop: Shop;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app, { maxActiveOrders: 500 });
  mina = await signUp(app, 'Mina Okafor');
  await makeAdminOf(mina);
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

async function makeAdminOf(person: Client): Promise<string> {
  const id = await idOf(app, person);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
  return id;
}

const red = async () =>
  (await app.database.withSystem('jobs', checkInvariants))
    .filter(({ count }) => count > 0)
    .map(({ invariant, rows: wrong }) => [invariant.name, wrong]);
const atWhop = async <T>(table: string): Promise<T[]> => ((await app.emulator.state()) as Record<string, T[]>)[table]!;
const statuses = (answers: { status: number }[]): number[] => answers.map(({ status }) => status).sort();

describe('refunds', () => {
  test('one form pressed five times at once is one refund, and so is a press after it', async () => {
    const { orderId, whopPaymentId } = await buy(app, shop);
    const path = `/admin/orders/${orderId}/refunds`;
    const form_key = page(await mina.get(`${path}/new`))('input[name=form_key]').val();
    const form = { amount: '45.00', reason: 'Nothing was right', form_key };
    const presses = await Promise.all([1, 2, 3, 4, 5].map(() => mina.post(path, form)));
    expect(statuses(presses)).toEqual([303, 303, 303, 303, 303]);
    expect((await mina.post(path, form)).status).toBe(303);
    await quiet(app);
    expect(await rows(app, 'refunds', { order_id: orderId })).toMatchObject([{ amount_cents: 4_500 }]);
    expect(await rows(app, 'audit_events', { action: 'order.refund', target_id: orderId })).toHaveLength(1);
    const made = await atWhop<{ paymentId: string }>('refunds');
    expect(made.filter(({ paymentId }) => paymentId === whopPaymentId)).toHaveLength(1);
    expect(await red()).toEqual([]);
  });

  test('five forms at once never send back more than was paid', async () => {
    const { orderId } = await buy(app, shop);
    const sent = await Promise.all(
      [1, 2, 3, 4, 5].map(() =>
        mina.post(`/admin/orders/${orderId}/refunds`, { amount: '20', reason: 'Part of it', form_key: randomUUID() }),
      ),
    );
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(2);
    for (const { status } of sent) expect([303, 409, 422]).toContain(status);
    await quiet(app);
    expect(await row(app, 'orders', { id: orderId })).toMatchObject({ refunded_cents: 4_000 });
    expect(await red()).toEqual([]);
  });

  test.each(['45.01', '-1', '0', '0.00', '1e3', '1.234,56', '12,50', '99999999999', 'Infinity', '', { of: '5' }])(
    'an amount of %j is refused and nothing moves',
    async (amount) => {
      const { orderId } = await buy(app, shop);
      const refused = await mina.post(`/admin/orders/${orderId}/refunds`, { amount, reason: 'A small mistake' });
      expect(refused.status).toBe(422);
      expect(page(refused)('#amount-error').text()).not.toBe('');
      expect(await rows(app, 'refunds', { order_id: orderId })).toEqual([]);
    },
  );

  test('neither the buyer nor the seller nor a stranger refunds by the admin’s addresses', async () => {
    const ada = await signUp(app, 'Ada Marlowe');
    const { orderId, paymentId } = await buy(app, shop, { buyerId: await idOf(app, ada) });
    const [refundId] = await askRefund(app, orderId, 100);
    const stranger = await signUp(app, 'Mallory Stranger');
    for (const person of [ada, stranger]) {
      const form = { amount: '10', reason: 'For me', form_key: randomUUID() };
      for (const path of [
        `/admin/orders/${orderId}/refunds`,
        `/admin/payments/${paymentId}/refund`,
        ...['retry', 'cover', 'write-off'].map((act) => `/admin/refunds/${refundId}/${act}`),
      ])
        expect((await person.post(path, form)).status, path).toBe(404);
    }
    expect(await rows(app, 'refunds', { order_id: orderId })).toHaveLength(1);
  });

  test('an admin decides nothing about his own money', async () => {
    const minaId = await idOf(app, mina);
    const checkout = await checkOut(app, shop, minaId);
    await app.emulator.faults({ money: { amountOff: -4_000 } });
    const { id: whopId } = await app.emulator.pay(checkout.whop_checkout_id!);
    await convergeCheckout(app.services, checkout.id);
    await app.emulator.faults({});
    const { id } = await row(app, 'whop_payments', { whop_payment_id: whopId });
    expect((await mina.post(`/admin/payments/${id}/match`, { checkout: checkout.id })).status).toBe(403);
    expect((await mina.post(`/admin/payments/${id}/refund`)).status).toBe(403);
    expect(await rows(app, 'orders', { checkout_id: checkout.id })).toEqual([]);

    const other = await signUp(app, 'Tomas Vega');
    await makeAdminOf(other);
    expect((await other.post(`/admin/payments/${id}/refund`)).status).toBe(303);
    await quiet(app);

    const own = await buy(app, shop, { buyerId: minaId });
    await app.emulator.faults({ money: { requireBalance: true, refunds: 'failed' } });
    const [refundId] = await askRefund(app, own.orderId, 500);
    await eventually(async () =>
      expect(await row(app, 'refunds', { id: refundId })).toMatchObject({ status: 'failed' }),
    );
    for (const act of ['retry', 'cover', 'write-off'])
      expect((await mina.post(`/admin/refunds/${refundId}/${act}`, { reason: 'For me' })).status, act).toBe(403);
    expect((await other.post(`/admin/refunds/${refundId}/write-off`, { reason: 'Agreed' })).status).toBe(303);
    expect(await red()).toEqual([]);
  });

  test('a kept payment refunded and matched by several hands at once goes one way', async () => {
    const checkout = await checkOut(app, shop, await makeBuyer(app));
    await app.emulator.faults({ money: { amountOff: -500 } });
    const { id: whopId } = await app.emulator.pay(checkout.whop_checkout_id!);
    await convergeCheckout(app.services, checkout.id);
    await app.emulator.faults({});
    const { id } = await row(app, 'whop_payments', { whop_payment_id: whopId });
    const acts = await Promise.all([
      ...[1, 2, 3].map(() => mina.post(`/admin/payments/${id}/refund`)),
      ...[1, 2, 3].map(() => mina.post(`/admin/payments/${id}/match`, { checkout: checkout.id })),
    ]);
    expect(statuses(acts)).toEqual([303, 409, 409, 409, 409, 409]);
    await quiet(app);
    const orders = await rows(app, 'orders', { checkout_id: checkout.id });
    const refunds = await rows(app, 'refunds', { payment_id: id });
    expect(orders.length + refunds.length).toBe(1);
    expect(await red()).toEqual([]);
  });

  test('a refund that waits is paid from the platform once, however often it is pressed', async () => {
    const poor = await openShop(app, { sellerName: 'Poor Shop', maxActiveOrders: 50 });
    const { orderId } = await buy(app, poor);
    for (const _big of [1, 2]) await buy(app, shop, { feeBps: 9_000 });
    await app.emulator.faults({ money: { requireBalance: true } });
    const [id] = await askRefund(app, orderId, null);
    await eventually(async () =>
      expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'waiting_for_balance' }),
    );
    const presses = await Promise.all([1, 2, 3, 4].map(() => mina.post(`/admin/refunds/${id}/cover`)));
    for (const { status } of presses) expect([303, 409, 503]).toContain(status);
    expect(presses.some(({ status }) => status === 303)).toBe(true);
    await quiet(app);
    const transfers = await atWhop<{ metadata: { gigflow_reference: string } }>('transfers');
    expect(transfers.filter(({ metadata }) => metadata.gigflow_reference === `cover:${id}`)).toHaveLength(1);
    expect(await ledgerOf(app, { order_id: orderId, cause: 'adjustment' })).toEqual([
      'adjustment platform -4500',
      'adjustment seller 4500',
    ]);
    expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'succeeded' });
  });
});

describe('withdrawals', () => {
  async function earn(): Promise<{ noor: Client; sellerId: string; companyId: string; methodId: string }> {
    const noor = await verifiedSeller(app, 'Noor Haddad');
    const { user_id: sellerId, whop_company_id: companyId } = await accountOf(app, noor);
    const [gig] = await rows(app, 'gig_listings', { gig_id: shop.gigId }, 'gig_id');
    const sellAs = (seller_id: string) =>
      app.database.withSystem('seeds', (trx) =>
        trx('gig_listings').where({ gig_id: gig!.gig_id }).update({ seller_id }),
      );
    await sellAs(sellerId);
    await buy(app, { ...shop, sellerId, companyId: companyId! });
    await sellAs(shop.sellerId);
    const method = await app.emulator.call('POST', `/control/companies/${companyId}/payout-methods`, {});
    await app.emulator.call('POST', `/control/companies/${companyId}/settle`, {});
    return { noor, sellerId, companyId: companyId!, methodId: (method as { id: string }).id };
  }

  test('several forms at once never take more than is there', async () => {
    const { noor, companyId, sellerId, methodId } = await earn();
    const sent = await Promise.all(
      ['30.00', '20.00', '30.00', '10.00'].map((amount) =>
        noor.post('/sell/withdrawals', { amount, payout_method_id: methodId, form_key: randomUUID() }),
      ),
    );
    for (const { status } of sent) expect([303, 409, 422]).toContain(status);
    const made = (await atWhop<{ companyId: string; cents: number; status: string }>('withdrawals')).filter(
      (one) => one.companyId === companyId,
    );
    expect(made.length).toBeGreaterThan(0);
    expect(made.reduce((sum, { cents }) => sum + cents, 0)).toBeLessThanOrEqual(3_898);
    const written = await rows(app, 'withdrawals', { seller_id: sellerId });
    expect(written.filter(({ whop_withdrawal_id }) => whop_withdrawal_id)).toHaveLength(made.length);
    for (const one of written.filter(({ status }) => status === 'failed')) expect(one.error).toMatch(/balance|enough/i);
  });

  test.each(['38.99', '1000000', '-1', '0', '1.99', '1e3', '1.234,56', '12,50', '10.001', 'all', { of: '5' }])(
    'an amount of %j is refused and Whop hears nothing',
    async (amount) => {
      const { noor, sellerId, methodId } = await earner();
      const sent = await noor.post('/sell/withdrawals', {
        amount,
        payout_method_id: methodId,
        form_key: randomUUID(),
      });
      expect(sent.status).toBe(422);
      expect(page(sent)('#amount-error').text()).not.toBe('');
      expect(await rows(app, 'withdrawals', { seller_id: sellerId })).toEqual([]);
    },
  );

  let known: ReturnType<typeof earn> | undefined;
  const earner = () => (known ??= earn());

  test('blanks around an amount do no harm', async () => {
    const { noor, sellerId, methodId } = await earner();
    const form = { amount: ' 12 ', payout_method_id: methodId, form_key: randomUUID() };
    expect((await noor.post('/sell/withdrawals', form)).status).toBe(303);
    expect(await rows(app, 'withdrawals', { seller_id: sellerId })).toMatchObject([{ amount_cents: 1_200 }]);
  });
});

describe('letters and payments that are not what they seem', () => {
  function post(body: object, id = `msg_${randomUUID().slice(0, 14)}`) {
    const text = JSON.stringify({ id, api_version: 'v1', timestamp: new Date().toISOString(), ...body });
    const at = new Date();
    const key = Buffer.from(app.config.whop.webhookSecret).toString('base64');
    return supertest(app.url)
      .post('/api/webhooks/whop')
      .set({
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign(id, at, text),
      })
      .send(text);
  }

  test('a letter in another company’s name changes nothing about whose payment it is', async () => {
    const other = await openShop(app, { sellerName: 'Other Shop', maxActiveOrders: 50 });
    const { orderId, whopPaymentId, paymentId } = await buy(app, shop);
    const before = await ledgerOf(app, { order_id: orderId });
    for (const type of ['payment.succeeded', 'refund.created', 'payment.failed'])
      expect(
        (
          await post({
            type,
            company_id: other.companyId,
            data: {
              id: type.startsWith('payment') ? whopPaymentId : 'rf_forged',
              payment: { id: whopPaymentId },
              status: 'succeeded',
              amount: 45,
              company: { id: other.companyId },
            },
          })
        ).status,
      ).toBe(200);
    await quiet(app);
    expect(await row(app, 'whop_payments', { id: paymentId })).toMatchObject({
      whop_company_id: shop.companyId,
      disposition: 'applied',
      refunded_cents: 0,
    });
    expect(await ledgerOf(app, { order_id: orderId })).toEqual(before);
    expect(await rows(app, 'refunds', { order_id: orderId })).toEqual([]);
    expect(await red()).toEqual([]);
  });

  test('an old letter sent again under a new id has no second effect', async () => {
    const { orderId, whopPaymentId, checkout } = await buy(app, shop);
    for (const _again of [1, 2, 3])
      await post({ type: 'payment.succeeded', company_id: shop.companyId, data: { id: whopPaymentId } });
    await quiet(app);
    expect(await rows(app, 'orders', { checkout_id: checkout.id })).toHaveLength(1);
    expect(await rows(app, 'ledger_entries', { order_id: orderId, cause: 'sale' })).toHaveLength(3);
  });

  test('a payment that names another’s checkout in its metadata neither pays nor captures it', async () => {
    const thief = await openShop(app, { sellerName: 'Thief Shop', maxActiveOrders: 50 });
    const wanted = await checkOut(app, shop, await makeBuyer(app));
    // The answer that would have told us Whop's id is lost: only our own id can bring the two together.
    await app.database.withSystem('checkout', (trx) =>
      trx('whop_checkout_configs').where({ id: wanted.id }).update({ whop_checkout_id: null, status: 'creating' }),
    );
    const forged = await app.services.whop.createCheckout({
      checkoutId: wanted.id,
      attempt: 99,
      companyId: thief.companyId,
      title: 'Cheap',
      gigId: thief.gigId,
      gigTitle: 'Cheap',
      totalCents: 4_500,
      feeCents: 450,
      currency: 'usd',
      redirectUrl: app.url,
    });
    const paid = await app.emulator.pay(forged.whopCheckoutId);
    await eventually(async () =>
      expect(await rows(app, 'whop_payments', { whop_payment_id: paid.id })).toMatchObject([
        { disposition: 'unmatched', checkout_id: null, order_id: null },
      ]),
    );
    expect(await row(app, 'whop_checkout_configs', { id: wanted.id })).toMatchObject({
      status: 'creating',
      whop_checkout_id: null,
    });
    expect(await rows(app, 'orders', { checkout_id: wanted.id })).toEqual([]);
    const { id } = await row(app, 'whop_payments', { whop_payment_id: paid.id });
    expect((await mina.post(`/admin/payments/${id}/match`, { checkout: wanted.id })).status).toBe(409);
    expect((await mina.post(`/admin/payments/${id}/refund`)).status).toBe(303);
    await quiet(app);

    await app.emulator.pay(wanted.whop_checkout_id!);
    await eventually(async () => expect(await rows(app, 'orders', { checkout_id: wanted.id })).toHaveLength(1));
    expect(await red()).toEqual([]);
  });

  test('a stranger’s payment in the return address pays nobody’s checkout', async () => {
    const stranger = await buy(app, shop);
    const mine = await checkOut(app, shop, await makeBuyer(app));
    for (const name of ['payment_id', 'payment', 'receipt_id'])
      await supertest(app.url).get(
        `/checkout/complete?checkout=${mine.id}&${name}=${stranger.whopPaymentId}&status=success`,
      );
    expect(await convergeCheckout(app.services, mine.id, stranger.whopPaymentId)).toEqual({ state: 'pending' });
    expect(await rows(app, 'orders', { checkout_id: mine.id })).toEqual([]);
    expect(await row(app, 'whop_payments', { id: stranger.paymentId })).toMatchObject({ order_id: stranger.orderId });
  });
});
