import type { CheerioAPI } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMoney } from '../../../src/money/format.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { askRefund, quiet, row } from '../../support/money.ts';
import { idOf } from '../../support/sellers.ts';
import { LANGUAGE, openShop, type Shop } from '../../support/shop.ts';

// Two folded menus in two more languages: 2 x $95.00 + 2 x $20.00 = $230.00. The fee is 10 %, $23.00; Noor receives $207.00.
// Then $10.05 go back, and with them $1.01 of the fee. Whop takes 2.7 % + $0.30 = $6.51.
const PAID = 23_000;
const FEE = 2_300;
const RECEIVED = 20_700;
const BACK = 1_005;
const FEE_BACK = 101;
const BALANCE = RECEIVED - 651 - BACK + FEE_BACK;

let app: TestApp;
let shop: Shop;
let people: { ada: Client; noor: Client; mina: Client };
let checkoutId: string;
let orderId: string;
let paymentId: string;
const seen: Record<string, CheerioAPI> = {};

beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  shop = await openShop(app);
  const noor = visit(app);
  const { email } = await row(app, 'users', { id: shop.sellerId });
  await noor.get('/login');
  await noor.post('/login', { email, password: 'gigflow-demo' });
  const mina = await signUp(app, 'Mina Okafor');
  const minaId = await idOf(app, mina);
  await app.database.withSystem('seeds', (trx) => trx('users').where({ id: minaId }).update({ role: 'admin' }));
  people = { ada: await signUp(app, 'Ada Marlowe'), noor, mina };
  const { ada } = people;

  const chosen = { package: 'standard', quantity: '2', [`extras[${LANGUAGE.id}]`]: '2' };
  const look = async (name: string, person: Client, path: string) => (seen[name] = page(await person.get(path)));
  await look('gig', ada, `/gigs/${shop.slug}`);
  await look('options', ada, `/gigs/${shop.slug}/order?${new URLSearchParams(chosen)}`);
  const sent = await ada.post('/checkouts', {
    gig: shop.gigId,
    package: 'standard',
    quantity: '2',
    extras: { [LANGUAGE.id]: '2' },
    form_key: randomUUID(),
  });
  checkoutId = sent.headers.location!.split('/').at(-1)!;
  await look('checkout', ada, `/checkouts/${checkoutId}`);
  const { whop_checkout_id } = await row(app, 'whop_checkout_configs', { id: checkoutId });
  await app.emulator.pay(whop_checkout_id);
  await ada.get(`/checkout/complete?checkout=${checkoutId}`);
  ({ id: orderId } = await row(app, 'orders', { checkout_id: checkoutId }));
  ({ id: paymentId } = await row(app, 'whop_payments', { order_id: orderId }));
  await askRefund(app, orderId, BACK);
  await quiet(app);

  const pages: [string, Client, string][] = [
    ['order of the buyer', ada, `/orders/${orderId}`],
    ['orders of the buyer', ada, '/orders'],
    ['record', ada, `/orders/${orderId}/record`],
    ['order of the seller', noor, `/sell/orders/${orderId}`],
    ['orders of the seller', noor, '/sell/orders'],
    ['record of the seller', noor, `/orders/${orderId}/record`],
    ['dashboard', noor, '/sell/dashboard'],
    ['withdrawals', noor, '/sell/withdrawals'],
    ['order of the admin', mina, `/admin/orders/${orderId}`],
    ['orders of the admin', mina, '/admin/orders'],
    ['payment', mina, `/admin/payments/${paymentId}`],
    ['refund by the admin', mina, `/admin/orders/${orderId}/refunds/new`],
    ['money', mina, '/admin/money'],
    ['fees', ada, '/fees'],
  ];
  for (const [name, person, path] of pages) await look(name, person, path);
});
afterAll(() => app.stop());

const centsOn = (name: string): number[] =>
  seen[name]!('[data-cents]')
    .toArray()
    .map((element) => Number(element.attribs['data-cents']));

test.each([
  ['gig', [4_500, 9_500]],
  ['options', [19_000, 4_000, PAID]],
  ['checkout', [19_000, 4_000, PAID]],
  ['order of the buyer', [19_000, 4_000, PAID, -BACK]],
  ['orders of the buyer', [PAID]],
  ['record', [19_000, 4_000, PAID, BACK]],
  ['order of the seller', [19_000, 4_000, -FEE, RECEIVED, -BACK, FEE_BACK]],
  ['orders of the seller', [RECEIVED]],
  ['record of the seller', [19_000, 4_000, BACK]],
  ['dashboard', [BALANCE]],
  ['withdrawals', [BALANCE]],
  ['order of the admin', [PAID, -FEE, RECEIVED, -BACK, FEE_BACK]],
  ['orders of the admin', [PAID]],
  ['refund by the admin', [PAID - BACK]],
])('%s: the amounts agree to the cent', (name, expected) => {
  expect(centsOn(name)).toEqual(expect.arrayContaining(expected));
});

test('what an element says is what it means, on every page', () => {
  let looked = 0;
  for (const [name, $] of Object.entries(seen)) {
    for (const element of $('[data-cents]').toArray()) {
      const text = $(element).text();
      const amount = /\$[\d,]+\.\d\d/.exec(text)?.[0];
      if (!amount) continue;
      looked += 1;
      expect(parseMoney(amount), `${name}: ${text}`).toBe(Math.abs(Number(element.attribs['data-cents'])));
    }
  }
  expect(looked).toBeGreaterThan(40);
});

test('no buyer is shown the fee', () => {
  for (const name of ['order of the buyer', 'record'])
    for (const cents of [FEE, -FEE, FEE_BACK]) expect(centsOn(name)).not.toContain(cents);
});

test('the payment’s page tells amount, fee and refund as they stand in the books', () => {
  const text = seen.payment!('main').text();
  for (const amount of ['$230.00', '$23.00', '$10.05']) expect(text).toContain(amount);
  expect(seen.money!('[data-check]:has(.badge.bad)')).toHaveLength(0);
});
