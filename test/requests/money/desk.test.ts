import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { receive } from '../../../src/models/webhook-receipt.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, type Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { buy, quiet, row, rows } from '../../support/money.ts';
import { accountOf, idOf, verifiedSeller } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

let app: TestApp;
let shop: Shop;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true, env: { METRICS_TOKEN: 'look-at-me' } });
  shop = await openShop(app, { maxActiveOrders: 500 });
  mina = await signUp(app, 'Mina Okafor');
  const id = await idOf(app, mina);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
});
afterEach(() => app.emulator.faults({}));
afterAll(() => app.stop());

const event = (id: string) => row(app, 'webhook_events', { id });
const letter = (id: string, type: string, data: object) =>
  receive(
    app.database,
    { id, type, accountId: shop.companyId, occurredAt: null, data: data as Record<string, unknown> },
    'pending',
  );

test('Mina refunds part of an order with a reason; more than is left is 422, a party is refused', async () => {
  const { orderId } = await buy(app, shop);
  const form = page(await mina.get(`/admin/orders/${orderId}/refunds/new`));
  expect(form('#amount').val()).toBe('45.00');
  const path = `/admin/orders/${orderId}/refunds`;
  expect((await mina.post(path, { amount: '45.01', reason: 'Too much' })).status).toBe(422);
  expect((await mina.post(path, { amount: '10', reason: '' })).status).toBe(422);
  expect((await mina.post(path, { amount: '10', reason: 'One page was missing' })).status).toBe(303);
  await quiet(app);
  expect(await row(app, 'refunds', { order_id: orderId })).toMatchObject({
    amount_cents: 1_000,
    reason: 'One page was missing',
    status: 'succeeded',
  });
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ refunded_cents: 1_000 });
  const ada = await signUp(app, 'Ada Marlowe');
  expect((await ada.post(path, { amount: '10', reason: 'For me' })).status).toBe(404);
  const minasOwn = await buy(app, shop, { buyerId: await idOf(app, mina) });
  expect((await mina.get(`/admin/orders/${minasOwn.orderId}/refunds/new`)).status).toBe(403);
});

test('a failed refund stands on its page with the ways on', async () => {
  const { orderId } = await buy(app, shop);
  await app.emulator.faults({ money: { refunds: 'failed' } });
  await mina.post(`/admin/orders/${orderId}/refunds`, { amount: '5', reason: 'A small mistake' });
  await eventually(async () =>
    expect(await row(app, 'refunds', { order_id: orderId })).toMatchObject({ status: 'failed' }),
  );
  const { id } = await row(app, 'refunds', { order_id: orderId });
  const desk = page(await mina.get('/admin/money'));
  expect(desk(`[data-check=refunds-decided] a[href="/admin/refunds/${id}"]`)).toHaveLength(1);
  expect(page(await mina.get(`/admin/refunds/${id}`))('form[action$="/cover"]')).toHaveLength(0);
  expect((await mina.post(`/admin/refunds/${id}/cover`)).status).toBe(409);
  expect((await mina.post(`/admin/refunds/${id}/write-off`, { reason: '' })).status).toBe(422);
  await app.emulator.faults({});
  expect((await mina.post(`/admin/refunds/${id}/retry`)).status).toBe(303);
  await quiet(app);
  expect(await row(app, 'refunds', { id })).toMatchObject({ status: 'succeeded', attempt: 2 });
  const acts = await rows(app, 'audit_events', { target_id: id });
  expect(acts.map(({ action }) => action)).toEqual(['refund.retry']);
});

test('a bank’s dispute takes the order’s record as evidence, once', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const opened = (await app.emulator.call('POST', `/control/payments/${whopPaymentId}/dispute`, {})) as { id: string };
  await eventually(async () => expect(await rows(app, 'disputes', { order_id: orderId }, 'opened_at')).toHaveLength(1));
  const { id } = await row(app, 'disputes', { order_id: orderId });
  const shown = await mina.get(`/admin/bank-disputes/${id}`);
  expect(shown.text).toContain(`Order ${orderId}`);
  expect((await mina.post(`/admin/bank-disputes/${id}/evidence`)).status).toBe(303);
  expect((await mina.post(`/admin/bank-disputes/${id}/evidence`)).status).toBe(409);
  const { disputes } = (await app.emulator.state()) as {
    disputes: { id: string; status: string; evidence: { notes: string } }[];
  };
  expect(disputes.find((one) => one.id === opened.id)).toMatchObject({
    status: 'under_review',
    evidence: { notes: expect.stringContaining('What is on the menu?') },
  });
  expect(await row(app, 'disputes', { id })).toMatchObject({ whop_status: 'under_review', status: 'open' });
  expect((await mina.get('/admin/money')).text).toContain('evidence sent');
});

test('an early warning pauses nothing and tells the seller and the admins once', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  await app.emulator.faults({ webhooks: { duplicate: 2 } });
  await app.emulator.call('POST', '/control/alerts', { payment: whopPaymentId, type: 'fraud' });
  await eventually(async () => expect(await rows(app, 'dispute_alerts', { order_id: orderId })).toHaveLength(1));
  const told = await rows(app, 'notifications', { order_id: orderId, kind: 'order.dispute_alert' });
  expect(told.map(({ user_id }) => user_id).sort()).toEqual([shop.sellerId, await idOf(app, mina)].sort());
  expect(await row(app, 'orders', { id: orderId })).toMatchObject({ status: 'awaiting_requirements' });
  expect((await mina.get('/admin/money')).text).toContain('Early warning');
});

test('the inbox filters, replays one event and all of a filter, and effects happen once', async () => {
  const { orderId, whopPaymentId } = await buy(app, shop);
  const broken = `msg_${randomUUID()}`;
  await letter(broken, 'payment.succeeded', { id: 'pay_nobody' });
  await eventually(async () => expect((await event(broken)).error).toContain('does not know payment'));
  const waiting = page(await mina.get('/admin/webhooks?status=pending&type=payment.succeeded'));
  expect(waiting.text()).toContain(broken);
  expect(page(await mina.get('/admin/webhooks?status=handled')).text()).not.toContain(broken);
  await app.database.withSystem('inbox', (trx) =>
    trx('webhook_events')
      .where({ id: broken })
      .update({ status: 'dead', payload: { id: whopPaymentId } }),
  );
  expect((await mina.post(`/admin/webhooks/${broken}/replay`, { status: 'dead', type: '' })).headers.location).toBe(
    '/admin/webhooks?status=dead',
  );
  await eventually(async () => expect(await event(broken)).toMatchObject({ status: 'handled', error: null }));
  const all = await mina.post('/admin/webhooks/replays', { status: '', type: 'payment.succeeded' });
  expect(all.status).toBe(303);
  await quiet(app);
  expect(await rows(app, 'ledger_entries', { order_id: orderId, cause: 'sale' })).toHaveLength(3);
  expect((await mina.post('/admin/webhooks/msg_unknown/replay')).status).toBe(404);
});

test('metrics need the token and count the inbox', async () => {
  expect((await supertest(app.url).get('/metrics')).status).toBe(401);
  await supertest(app.url).post('/api/webhooks/whop').set('webhook-id', 'msg_x').send('{}');
  const { status, text } = await supertest(app.url).get('/metrics').set('Authorization', 'Bearer look-at-me');
  expect(status).toBe(200);
  expect(text).toMatch(/gigflow_webhook_signature_failures_total [1-9]/);
  expect(text).toMatch(/gigflow_webhook_duplicates_total [1-9]/);
  expect(text).toMatch(/gigflow_webhook_events\{status="handled"\} [1-9]/);
  expect(text).toContain('gigflow_webhook_delivery_lag_seconds_bucket');
  const closed = await startTestApp();
  expect((await supertest(closed.url).get('/metrics')).status).toBe(404);
  await closed.stop();
});

test('a seller withdraws by form: identity, balance, method and one press are checked (defect 30)', async () => {
  const noor = await verifiedSeller(app, 'Noor Haddad');
  const { user_id: sellerId, whop_company_id: companyId } = await accountOf(app, noor);
  await app.database.withSystem('seeds', (trx) =>
    trx('gig_listings').where({ gig_id: shop.gigId }).update({ seller_id: sellerId }),
  );
  await buy(app, { ...shop, sellerId, companyId: companyId! });
  expect((await noor.get('/sell/withdrawals')).text).toContain('Tell Whop first where your money should go.');
  const method = (await app.emulator.call('POST', `/control/companies/${companyId}/payout-methods`, {})) as {
    id: string;
  };
  const other = (await app.emulator.call('POST', `/control/companies/${shop.companyId}/payout-methods`, {})) as {
    id: string;
  };
  await app.emulator.call('POST', `/control/companies/${companyId}/settle`, {});

  const shown = page(await noor.get('/sell/withdrawals'));
  expect(shown('[data-cents=3898]').length).toBeGreaterThan(0);
  const form = { amount: '20.00', payout_method_id: method.id, form_key: randomUUID() };
  for (const wrong of [{ amount: '38.99' }, { amount: '-1' }, { amount: '0' }, { payout_method_id: other.id }])
    expect((await noor.post('/sell/withdrawals', { ...form, ...wrong })).status).toBe(422);
  const presses = await Promise.all([1, 2, 3].map(() => noor.post('/sell/withdrawals', form)));
  expect(presses.map(({ status }) => status)).toEqual([303, 303, 303]);
  const made = await rows(app, 'withdrawals', { seller_id: sellerId });
  expect(made).toMatchObject([{ amount_cents: 2_000, whop_withdrawal_id: expect.stringContaining('wdrl_') }]);
  const { withdrawals } = (await app.emulator.state()) as { withdrawals: { companyId: string }[] };
  expect(withdrawals.filter((one) => one.companyId === companyId)).toHaveLength(1);
  expect((await noor.get('/sell/withdrawals')).text).toContain('Asked for');

  await app.emulator.call('POST', `/control/withdrawals/${made[0]!.whop_withdrawal_id}`, { status: 'completed' });
  await eventually(async () => expect((await noor.get('/sell/withdrawals')).text).toContain('Paid out'));
  await app.emulator.setKyc(companyId!, 'rejected');
  await noor.get('/sell/onboarding?returned=1');
  expect((await noor.post('/sell/withdrawals', { ...form, form_key: randomUUID() })).status).toBe(409);
  const stranger = await signUp(app, 'Mallory Stranger');
  expect((await stranger.post('/sell/withdrawals', form)).headers.location).toBe('/sell/onboarding');
});

test('no page and no mail speaks of escrow or of money being held (defect 16)', () => {
  const root = path.join(import.meta.dirname, '../../..');
  const files = [
    'views',
    'src/presenters',
    'src/controllers',
    'src/mail',
    'src/models',
    'src/policies',
    'src/money',
    'src/forms',
    'seeds',
    'public/js',
  ]
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => /\.(ejs|ts|js)$/.test(file) && !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(300);
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text, file).not.toMatch(
      /escrow|(money|funds|payment|amount)s? (is|are|was|were|will be|being|stays?)? ?(held|on hold|in trust|frozen|set aside)|hold(s|ing)? (on to )?(your|the|their) (money|funds|payment)|(release|pay) (the )?(money|funds|payment) (to the seller )?(when|once|after) /i,
    );
  }
});
