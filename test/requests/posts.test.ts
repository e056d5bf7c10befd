import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convergeCheckout } from '../../src/money/convergence.ts';
import { checkInvariants } from '../../src/money/invariants.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, signUp, visit, type Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { row, rows } from '../support/money.ts';
import { idOf, openSeller, verifiedSeller } from '../support/sellers.ts';

const TEXT = {
  title: 'The checklist for a menu before it goes to print',
  teaser: 'Twenty-two lines, each there because something once went wrong.',
  price: '12.50',
  body: 'Print this and take a pencil.\n\n- 3 mm bleed on every side\n- Read every phone number aloud, and call it',
};
const SECRET = 'Read every phone number aloud';

let app: TestApp;
let noor: Client;
let ada: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true, worker: true });
  noor = await verifiedSeller(app, 'Noor Haddad');
  ada = await signUp(app, 'Ada Marlowe');
});
afterAll(() => app.stop());

async function write(seller: Client, change: object = {}): Promise<string> {
  const saved = await seller.post('/sell/posts', { ...TEXT, ...change });
  expect(saved.status).toBe(303);
  return /\/sell\/posts\/(.+)\/edit/.exec(saved.headers.location!)![1]!;
}

/** @returns the id of a post on sale and its address */
async function publish(change: object = {}): Promise<{ id: string; here: string }> {
  const id = await write(noor, change);
  expect((await noor.post(`/sell/posts/${id}/publication`)).status).toBe(303);
  const { username } = await row(app, 'profiles', { user_id: await idOf(app, noor) });
  return { id, here: `/@${username}/posts/${id}` };
}

const checkoutOf = (answer: { headers: Record<string, string> }): string => answer.headers.location!.split('/').at(-1)!;

/** @returns the checkout's id and Whop's payment */
async function buy(buyer: Client, post: string): Promise<{ checkout: string; payment: string }> {
  const opened = await buyer.post('/checkouts', { post, form_key: randomUUID() });
  expect([opened.status, opened.headers.location]).toEqual([303, expect.stringMatching(/^\/checkouts\//)]);
  const checkout = checkoutOf(opened);
  const { whop_checkout_id } = await row(app, 'whop_checkout_configs', { id: checkout });
  const { id } = await app.emulator.pay(whop_checkout_id);
  return { checkout, payment: id };
}

describe('writing', () => {
  test('a draft is nobody else’s; published, it stands on the storefront with its price and without its text', async () => {
    const id = await write(noor);
    const { username } = await row(app, 'profiles', { user_id: await idOf(app, noor) });
    const here = `/@${username}/posts/${id}`;
    expect((await ada.get(here)).status).toBe(404);
    expect((await ada.get(`/sell/posts/${id}/edit`)).status).toBe(303);
    await noor.post(`/sell/posts/${id}/publication`);
    const storefront = page(await visit(app).get(`/@${username}`));
    expect(storefront(`#posts a[href="${here}"]`).text()).toBe(TEXT.title);
    expect(storefront('#posts [data-cents]').attr('data-cents')).toBe('1250');
    const closed = await visit(app).get(here);
    expect(closed.status).toBe(200);
    expect(closed.text).not.toContain(SECRET);
    expect(page(closed)('form[method=post]').length).toBe(0);
    expect(page(closed)('main a.button').attr('href')).toBe(`/login?next=${encodeURIComponent(here)}`);
  });

  test('what is wrong is said, what was typed stays, and nothing is written', async () => {
    const before = (await rows(app, 'posts')).length;
    const refused = await noor.post('/sell/posts', { ...TEXT, title: 'Hi', price: '4.99', body: 'Too short' });
    expect(refused.status).toBe(422);
    const form = page(refused);
    expect(form('#title-error').text()).toContain('at least 3');
    expect(form('#price-error').text()).toContain('5.00 or more');
    expect(form('#body-error').text()).toContain('at least 50');
    expect(form('textarea[name=teaser]').val()).toBe(TEXT.teaser);
    expect(await rows(app, 'posts')).toHaveLength(before);
  });

  test('the same form sent twice makes one post', async () => {
    const form_key = randomUUID();
    const [first, second] = [
      await noor.post('/sell/posts', { ...TEXT, form_key }),
      await noor.post('/sell/posts', { ...TEXT, form_key }),
    ];
    expect(second.headers.location).toBe(first.headers.location);
  });

  test('Tomas, whose identity is not checked, may write but not publish', async () => {
    const tomas = await openSeller(app, 'Tomas Lindqvist');
    const id = await write(tomas);
    const refused = await tomas.post(`/sell/posts/${id}/publication`);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Pass the identity check first');
    expect(await row(app, 'posts', { id })).toMatchObject({ published_at: null });
  });

  test('somebody else’s post is not there to change, publish or take off', async () => {
    const { id } = await publish();
    const tomas = await openSeller(app, 'Tomas Lindqvist');
    for (const act of ['', '/publication', '/withdrawal'])
      expect((await tomas.post(`/sell/posts/${id}${act}`, TEXT)).status).toBe(404);
    expect((await row(app, 'posts', { id })).published_at).not.toBeNull();
  });

  test('a script in the text comes out as text', async () => {
    const { here } = await publish({
      title: '<script>alert(1)</script> of prices',
      teaser: `<img src=x onerror=alert(1)> twenty`,
    });
    const shown = await visit(app).get(here);
    expect(shown.text).not.toMatch(/<script>alert|<img src=x/);
    expect(page(shown)('h1').text()).toBe('<script>alert(1)</script> of prices');
  });
});

describe('buying', () => {
  test('Ada pays once and reads it; the price a browser sends is ignored; Noor is told and credited', async () => {
    const { id, here } = await publish();
    const opened = await ada.post('/checkouts', { post: id, price: '0.01', total: '0.01', form_key: randomUUID() });
    const checkout = checkoutOf(opened);
    const frozen = await row(app, 'whop_checkout_configs', { id: checkout });
    expect(frozen).toMatchObject({ purpose: 'post', total_cents: 1_250, fee_cents: 125, seller_cents: 1_125 });
    const payment = page(await ada.get(`/checkouts/${checkout}`));
    expect(payment('main').text()).toContain(`Post: ${TEXT.title}`);
    expect(payment(`main a[href="${here}"]`).text()).toContain('Back to the post');
    await app.emulator.pay(frozen.whop_checkout_id);
    const back = await ada.get(`/checkout/complete?checkout=${checkout}`);
    expect([back.status, back.headers.location]).toEqual([303, here]);
    expect((await ada.get(here)).text).toContain(SECRET);
    expect((await visit(app).get(here)).text).not.toContain(SECRET);
    expect((await noor.get('/notifications')).text).toContain(`Sold for $12.50: ${TEXT.title}`);
    expect(page(await noor.get('/sell/posts'))('main').text()).toContain('Bought 1 time');
    const paid = await row(app, 'whop_payments', { checkout_id: checkout });
    const entries = await rows(app, 'ledger_entries', { cause_id: paid.id, cause: 'sale' }, 'account');
    expect(entries.map(({ account, amount_cents }) => [account, amount_cents])).toEqual([
      ['buyer', -1_250],
      ['platform', 125],
      ['seller', 1_125],
    ]);
  });

  test('a second purchase is refused; one that was open already when the first was paid goes back', async () => {
    const { id } = await publish();
    const waiting = checkoutOf(await ada.post('/checkouts', { post: id, form_key: randomUUID() }));
    const first = await buy(ada, id);
    await convergeCheckout(app.services, first.checkout);
    const again = await ada.post('/checkouts', { post: id, form_key: randomUUID() });
    expect([again.status, again.text.includes('You have bought this post already')]).toEqual([409, true]);
    await app.emulator.pay((await row(app, 'whop_checkout_configs', { id: waiting })).whop_checkout_id);
    await convergeCheckout(app.services, waiting);
    const late = await row(app, 'whop_payments', { checkout_id: waiting });
    expect(late.disposition).toBe('refused');
    await eventually(async () =>
      expect(await row(app, 'refunds', { payment_id: late.id })).toMatchObject({
        status: 'succeeded',
        amount_cents: 1_250,
      }),
    );
    expect(await row(app, 'post_unlocks', { post_id: id })).toMatchObject({
      checkout_id: first.checkout,
      locked_at: null,
    });
    const findings = await app.database.withSystem('jobs', checkInvariants);
    expect(findings.filter(({ count }) => count > 0).map(({ invariant }) => invariant.name)).toEqual([]);
  });

  test('after a refund it is closed again, and can be bought again', async () => {
    const { id, here } = await publish();
    const { checkout, payment } = await buy(ada, id);
    await convergeCheckout(app.services, checkout);
    await app.emulator.call('POST', `/control/payments/${payment}/refund`, {});
    await eventually(async () => expect((await ada.get(here)).text).not.toContain(SECRET));
    await convergeCheckout(app.services, (await buy(ada, id)).checkout);
    expect((await ada.get(here)).text).toContain(SECRET);
  });

  test('taken off sale, it stays open to whoever bought it and is gone for the others', async () => {
    const { id, here } = await publish();
    await convergeCheckout(app.services, (await buy(ada, id)).checkout);
    await noor.post(`/sell/posts/${id}/withdrawal`);
    expect((await ada.get(here)).text).toContain(SECRET);
    expect((await visit(app).get(here)).status).toBe(404);
    const stranger = await signUp(app, 'Vera Blom');
    expect((await stranger.post('/checkouts', { post: id, form_key: randomUUID() })).status).toBe(404);
  });

  test('visitors sign in first, nobody buys from himself, and what is not there cannot be bought', async () => {
    const { id, here } = await publish();
    const visitor = visit(app);
    const sent = await visitor.post('/checkouts', { post: id });
    expect([sent.status, sent.headers.location]).toEqual([303, `/login?next=${encodeURIComponent(here)}`]);
    expect((await noor.post('/checkouts', { post: id })).status).toBe(403);
    for (const post of [randomUUID(), 'x', '']) expect((await ada.post('/checkouts', { post })).status).toBe(404);
  });

  test('a suspended author sells nothing', async () => {
    const vera = await verifiedSeller(app, 'Vera Blom');
    const id = await write(vera);
    await vera.post(`/sell/posts/${id}/publication`);
    const veraId = await idOf(app, vera);
    await app.database.withSystem('jobs', (trx) =>
      trx('users').where({ id: veraId }).update({ suspended_at: new Date() }),
    );
    const refused = await ada.post('/checkouts', { post: id, form_key: randomUUID() });
    expect([refused.status, refused.text.includes('cannot take payments just now')]).toEqual([409, true]);
  });
});
