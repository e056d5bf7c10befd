import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convergeCheckout } from '../../../src/money/convergence.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { row } from '../../support/money.ts';
import { createPerson, signIn, type TestPerson } from '../../support/orders.ts';
import { LANGUAGE, openShop, type Shop } from '../../support/shop.ts';

let app: TestApp;
let shop: Shop;
let ada: TestPerson;
let browser: Client;
let orderId: string;

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app, { questions: [] });
  ada = await createPerson(app, 'Ada Marlowe');
  browser = await signIn(app, ada);
  const paid = await pay(
    await browser.post('/checkouts', { gig: shop.gigId, package: 'basic', quantity: 1, form_key: randomUUID() }),
  );
  orderId = (await row(app, 'orders', { checkout_id: paid })).id;
});
afterAll(() => app.stop());

/** Pays the checkout that an answer leads to. */
async function pay(answer: { status: number; headers: Record<string, string> }): Promise<string> {
  expect(answer.status).toBe(303);
  const id = answer.headers.location!.split('/').at(-1)!;
  const { whop_checkout_id: whopId } = await row(app, 'whop_checkout_configs', { id });
  await app.emulator.pay(whopId);
  await convergeCheckout(app.services, id);
  return id;
}

const order = () => row(app, 'orders', { id: orderId });
const add = (count: string) => browser.post(`/orders/${orderId}/extras`, { extras: { [LANGUAGE.id]: count } });

test('an extra is bought later at its frozen price, and adds its days', async () => {
  const before = await order();
  const form = page(await browser.get(`/orders/${orderId}/extras`));
  expect(form(`#extras-${LANGUAGE.id}`).length).toBe(1);
  const answer = await add('2');
  const payment = page(await browser.get(answer.headers.location!));
  expect(payment('[data-whop-checkout-session]').length).toBe(1);
  expect(
    payment('[data-cents]')
      .toArray()
      .map((element) => payment(element).attr('data-cents')),
  ).toEqual(['4000', '4000']);
  expect(payment(`a[href="/orders/${orderId}/extras"]`).length).toBe(1);
  await pay(answer);
  const after = await order();
  expect(after.total_cents - before.total_cents).toBe(4_000);
  expect(after.seller_cents - before.seller_cents).toBe(3_600);
  expect(after.due_at.getTime() - before.due_at.getTime()).toBe(2 * 86_400_000);
  expect(page(await browser.get(`/orders/${orderId}`))('.docket').text()).toContain('Second language × 2');
});

test('no more than was offered, nothing that was not, and something', async () => {
  expect((await add('2')).status).toBe(422);
  expect((await add('x')).status).toBe(422);
  expect((await browser.post(`/orders/${orderId}/extras`, {})).status).toBe(422);
  expect((await browser.post(`/orders/${orderId}/extras`, { extras: { [randomUUID()]: '1' } })).status).toBe(422);
});

test('the same form twice leads to one checkout', async () => {
  const body = { extras: { [LANGUAGE.id]: '1' }, form_key: randomUUID() };
  const [first, second] = [
    await browser.post(`/orders/${orderId}/extras`, body),
    await browser.post(`/orders/${orderId}/extras`, body),
  ];
  expect(second.headers.location).toBe(first.headers.location);
});

test('only the buyer adds; a tip needs a delivery, and moves no state', async () => {
  const tomas = await signIn(app, await createPerson(app, 'Tomas Novak'));
  expect((await tomas.post(`/orders/${orderId}/extras`, { extras: { [LANGUAGE.id]: '1' } })).status).toBe(404);
  const tip = (amount: string) => browser.post(`/orders/${orderId}/tips`, { amount });
  expect((await tip('10')).status).toBe(409);
  await app.database.withActor({ role: 'user', id: shop.sellerId }, async (trx) => {
    await trx('order_deliveries').insert({ id: randomUUID(), order_id: orderId, number: 1, message: 'Done.' });
    await trx.raw(`select order_transition(?, 'deliver', 'in_progress')`, [orderId]);
  });
  expect((await tip('0.50')).status).toBe(422);
  await pay(await tip('10'));
  expect(await order()).toMatchObject({ status: 'delivered', tips_cents: 1_000 });
  expect(page(await browser.get(`/orders/${orderId}`))('.docket').text()).toContain('Tip');
  expect((await browser.get(`/orders/${orderId}/record`)).text).toContain('data-cents="1000"');
});

test('whoever asks for checkouts in a loop, at our expense at Whop, is told when to come back', async () => {
  const answers = new Set<number>();
  for (let n = 0; n < 60; n += 1) {
    answers.add((await browser.post(`/orders/${orderId}/${n % 2 ? 'tips' : 'extras'}`, {})).status);
  }
  expect([...answers].sort()).toEqual([422, 429]);
  for (const path of ['extras', 'tips']) {
    const refused = await browser.post(`/orders/${orderId}/${path}`, { amount: '5' });
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('Wait ten minutes.')]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await browser.get(`/orders/${orderId}`)).status).toBe(200);
  const other = await signIn(app, await createPerson(app, 'Yara Patient'));
  expect((await other.post(`/orders/${orderId}/tips`, { amount: '5' })).status).toBe(404);
});
