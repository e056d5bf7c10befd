import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { buy, makeBuyer, row, rows } from '../../support/money.ts';
import { idOf } from '../../support/sellers.ts';
import { openShop, type Shop } from '../../support/shop.ts';

let app: TestApp;
let shop: Shop;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, env: { PLATFORM_FEE_BPS: '1000', FEE_ON_REFUND: 'return' } });
  shop = await openShop(app, { maxActiveOrders: 500 });
  mina = await signUp(app, 'Mina Okafor');
  const id = await idOf(app, mina);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
});
afterAll(() => app.stop());

const ENVIRONMENT = { fee_from: 'environment', fee_bps: '', refund_fee: 'environment' };
const save = (change: object) => mina.post('/admin/settings', { ...ENVIRONMENT, ...change });
const facts = async (): Promise<string> => page(await mina.get('/admin/settings'))('dl.facts').text();

/** A checkout through the form, as a guest. */
async function checkOutAsGuest(): Promise<Record<string, unknown>> {
  const guest = visit(app);
  await guest.get(`/gigs/${shop.slug}/order`);
  const sent = await guest.post('/checkouts', {
    gig: shop.gigId,
    package: 'basic',
    quantity: '1',
    email: 'ada@gigflow.test',
    form_key: randomUUID(),
  });
  expect(sent.status).toBe(303);
  return row(app, 'whop_checkout_configs', { id: sent.headers.location!.split('/').at(-1) });
}

test('what nobody set comes from the environment, and the page says so', async () => {
  expect(await facts()).toContain('10 %, from PLATFORM_FEE_BPS in the environment');
  expect(await facts()).toContain('goes back to the seller, from FEE_ON_REFUND in the environment');
});

test('a new fee holds for checkouts from now on; what was frozen before keeps its own', async () => {
  const before = await checkOutAsGuest();
  expect(before).toMatchObject({ fee_bps: 1_000, fee_cents: 450, seller_cents: 4_050 });
  const paidBefore = await buy(app, shop);

  const saved = await save({ fee_from: 'here', fee_bps: '1250' });
  expect([saved.status, saved.headers.location]).toEqual([303, '/admin/settings']);
  expect(await facts()).toMatch(/12\.5 %, set here by Mina Okafor on /);
  expect(await checkOutAsGuest()).toMatchObject({ fee_bps: 1_250, fee_cents: 563, seller_cents: 3_937 });
  expect(await row(app, 'whop_checkout_configs', { id: before.id })).toMatchObject({ fee_bps: 1_000, fee_cents: 450 });
  expect(await row(app, 'orders', { id: paidBefore.orderId })).toMatchObject({ fee_bps: 1_000, fee_cents: 450 });
  const visitor = visit(app);
  expect((await visitor.get('/fees')).text).toContain('12.5 %');
  expect((await visitor.get('/')).text).toContain('$87.50');

  await save({ fee_from: 'here', fee_bps: '0' });
  expect(await checkOutAsGuest()).toMatchObject({ fee_bps: 0, fee_cents: 0, seller_cents: 4_500 });
  await save({});
  expect(await facts()).toContain('10 %, from PLATFORM_FEE_BPS in the environment');
  expect(await rows(app, 'operator_settings', {}, 'key')).toEqual([]);
});

test('whether the fee goes back is taken over by refunds from then on, and recorded with each', async () => {
  const { orderId } = await buy(app, shop);
  const refund = (amount: string) =>
    mina.post(`/admin/orders/${orderId}/refunds`, { amount, reason: 'A small mistake' });
  await refund('5');
  await save({ refund_fee: 'keep' });
  await refund('6');
  await save({});
  expect((await rows(app, 'refunds', { order_id: orderId })).map((one) => [one.fee_policy, one.fee_cents])).toEqual([
    ['return', 50],
    ['keep', 0],
  ]);
});

test.each([
  ['9001', 'The fee must be 9000 or less'],
  ['-1', 'The fee must be a whole number from 0 to 9000'],
  ['12.5', 'The fee must be a whole number from 0 to 9000'],
  ['1e3', 'The fee must be a whole number from 0 to 9000'],
  ['', 'The fee must be a whole number from 0 to 9000'],
])('a fee of “%s” is refused and what was typed stays', async (typed, message) => {
  const refused = await save({ fee_from: 'here', fee_bps: typed });
  expect(refused.status).toBe(422);
  const shown = page(refused);
  expect(shown('#fee_bps-error').text()).toContain(message);
  expect(shown('#fee_bps').val()).toBe(typed);
  expect(await rows(app, 'operator_settings', {}, 'key')).toEqual([]);
});

test('nonsense is refused as a whole', async () => {
  for (const change of [{ fee_from: 'moon' }, { refund_fee: 'sometimes' }, { fee_from: 'here', fee_bps: { of: '1' } }])
    expect((await save(change)).status).toBe(422);
});

test('each change is a line of the audit log; saving the same again writes none', async () => {
  const changes = async () => (await rows(app, 'audit_events', { action: 'settings.changed' })).length;
  const before = await changes();
  await save({ fee_from: 'here', fee_bps: '700' });
  await save({ fee_from: 'here', fee_bps: '700' });
  expect(await changes()).toBe(before + 1);
  const [, ...all] = await rows(app, 'audit_events', { action: 'settings.changed' });
  expect(all.at(-1)).toMatchObject({
    actor_id: await idOf(app, mina),
    target_id: 'platformFeeBps',
    details: { from: 1_000, to: 700, by: 'hand' },
  });
  expect((await mina.get('/admin/audit')).text).toContain('Setting changed');
  await save({});
  expect(await changes()).toBe(before + 2);
});

test('two admins who save at once leave one value and both lines', async () => {
  await Promise.all(['800', '900'].map((fee_bps) => save({ fee_from: 'here', fee_bps })));
  expect([800, 900]).toContain((await row(app, 'operator_settings', { key: 'platformFeeBps' })).value);
  await save({});
});

test('for everybody else the page does not exist, and the table takes no writes', async () => {
  const ada = await signUp(app, 'Ada Marlowe');
  expect((await ada.get('/admin/settings')).status).toBe(404);
  expect((await ada.post('/admin/settings', { ...ENVIRONMENT, fee_from: 'here', fee_bps: '0' })).status).toBe(404);
  const buyerId = await makeBuyer(app);
  for (const role of ['user', 'admin'] as const)
    await expect(
      app.database.withActor({ role, id: buyerId }, (trx) =>
        trx('operator_settings').insert({ key: 'platformFeeBps', value: '0' }),
      ),
    ).rejects.toThrow('row-level security');
});
