import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp } from '../../support/client.ts';
import { addCategories, typedGig } from '../../support/gigs.ts';
import { asSystem, orderIn, setScene, type Scene } from '../../support/orders.ts';
import { idOf } from '../../support/sellers.ts';

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp();
  await addCategories(app);
  scene = await setScene(app);
});
afterEach(() => clock.set(null));
afterAll(() => app.stop());

test('before the first order the dashboard says what will stand there', async () => {
  const dashboard = page(await scene.as.noor.get('/sell/dashboard'));
  expect(dashboard('.empty h2').text()).toBe('Nothing earned in the last 12 months');
  expect(dashboard('section').first().text()).toContain('Nothing. Orders that wait for you stand here');
});

test('the payouts say what the books hold, and lead a seller without a checked identity nowhere', async () => {
  const dashboard = page(await scene.as.noor.get('/sell/dashboard'));
  const docket = dashboard('.docket');
  expect(docket.find('h2').text()).toBe('Payouts');
  expect(docket.find('.big').text()).toBe('$0.00 USD');
  expect(docket.find('a.button').length).toBe(0);

  const noor = await idOf(app, scene.as.noor);
  await asSystem(app, (trx) => trx('seller_accounts').where({ user_id: noor }).update({ whop_company_id: null }));
  expect((await scene.as.noor.get('/sell/withdrawals')).headers.location).toBe('/sell/onboarding');
});

test('the orders that wait for Noor stand on top; Ada’s turn is not hers', async () => {
  const [working, changes, waiting] = [
    await orderIn(app, scene, 'in_progress'),
    await orderIn(app, scene, 'revision_requested'),
    await orderIn(app, scene, 'delivered'),
  ];
  const dashboard = page(await scene.as.noor.get('/sell/dashboard'));
  const needs = dashboard('section').first();
  const links = needs
    .find('a')
    .toArray()
    .map((link) => dashboard(link).attr('href'));
  expect(links).toEqual(expect.arrayContaining([`/sell/orders/${working}`, `/sell/orders/${changes}`]));
  expect(links).not.toContain(`/sell/orders/${waiting}`);
  expect(needs.text()).toContain('Deliver to Ada Marlowe: Menu and price list for your café');
  expect(needs.text()).toContain('Ada Marlowe wants changes');
  expect(needs.text()).toMatch(/Due in \d+ days?/);
});

test('earnings come from completed orders, by month, and refunds are taken off (defects 49, 52)', async () => {
  clock.set(new Date('2026-09-10T12:00:00Z'));
  await orderIn(app, scene, 'completed');
  clock.set(new Date('2026-11-05T12:00:00Z'));
  const refunded = await orderIn(app, scene, 'completed');
  await orderIn(app, scene, 'in_progress');
  await asSystem(app, (trx) => trx('orders').where({ id: refunded }).update({ refunded_cents: 1_500 }));
  clock.set(new Date('2026-11-21T12:00:00Z'));
  const dashboard = page(await scene.as.noor.get('/sell/dashboard'));
  const rows = dashboard('.table tr').toArray().slice(1);
  expect(
    rows.map((row) =>
      dashboard(row)
        .children()
        .toArray()
        .map((cell) => dashboard(cell).text()),
    ),
  ).toEqual([
    ['November so far', '1', '$100.00', '−$11.50', '$88.50'],
    ['September', '1', '$115.00', '−$11.50', '$103.50'],
    ['Together', '2', '$215.00', '−$23.00', '$192.00'],
  ]);
  expect(dashboard('.chart rect').length).toBe(6);
  expect(page(await scene.as.noor.get('/sell/dashboard?months=12'))('.chart rect').length).toBe(12);
});

test('nobody sees another’s earnings; a buyer is led to open a seller account', async () => {
  const other = await signUp(app, 'Other Otto');
  expect((await other.get('/sell/dashboard')).headers.location).toBe('/sell/onboarding');
  const otto = await idOf(app, other);
  await asSystem(app, (trx) => trx('seller_accounts').insert({ user_id: otto, company_title: 'Otto', country: 'de' }));
  const dashboard = page(await other.get('/sell/dashboard'));
  expect(dashboard('.empty').length).toBe(1);
  expect(dashboard('section').first().text()).toContain('Prove who you are');
});

test('saving an edit never touches orders (defect 48)', async () => {
  const order = await orderIn(app, scene, 'in_progress');
  const frozen = () =>
    asSystem(app, async (trx) => ({
      order: await trx('orders').where({ id: order }).first(),
      items: await trx('order_items').where({ order_id: order }).orderBy('position'),
      brief: await trx('order_requirements').where({ order_id: order }).orderBy('position'),
    }));
  const before = await frozen();
  const saved = await scene.as.noor.post(`/sell/gigs/${scene.shop.gigId}`, typedGig({ extras: {} }));
  expect(saved.status).toBe(303);
  const packages = await asSystem(app, (trx) =>
    trx('gig_packages').where({ gig_id: scene.shop.gigId }).orderBy('tier'),
  );
  expect(packages.map(({ tier, price_cents }) => [tier, price_cents])).toEqual([
    ['basic', 4_500],
    ['standard', 9_500],
  ]);
  expect(await frozen()).toEqual(before);
});
