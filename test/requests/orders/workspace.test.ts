import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit, type Client } from '../../support/client.ts';
import { countRoundTrips } from '../../support/round-trips.ts';
import {
  createPerson,
  deliverWork,
  openShop,
  placeOrder,
  readOrder,
  sendBrief,
  signIn,
  transition,
  type TestPerson,
  type TestShop,
} from '../../support/orders.ts';

let app: TestApp;
let ada: TestPerson;
let noor: TestPerson;
let shop: TestShop;
const browsers: Record<'ada' | 'noor' | 'mina' | 'stranger', Client> = {} as never;

beforeAll(async () => {
  app = await startTestApp();
  ada = await createPerson(app, 'Ada Marlowe');
  noor = await createPerson(app, 'Noor Haddad');
  shop = await openShop(app, noor);
  browsers.ada = await signIn(app, ada);
  browsers.noor = await signIn(app, noor);
  browsers.mina = await signIn(app, await createPerson(app, 'Mina Farouk', { role: 'admin' }));
  browsers.stranger = await signIn(app, await createPerson(app, 'Tomas Novak'));
});
afterAll(() => app.stop());

const order = () => placeOrder(app, { shop, buyer: ada });

test('both sides see the same order, each from his side', async () => {
  const id = await order();
  const buyers = page(await browsers.ada.get(`/orders/${id}`));
  const sellers = page(await browsers.noor.get(`/sell/orders/${id}`));
  expect(buyers('[data-order-status]').attr('data-order-status')).toBe('awaiting_requirements');
  expect(sellers('[data-order-status]').attr('data-order-status')).toBe('awaiting_requirements');
  expect(
    buyers('.docket [data-cents]')
      .toArray()
      .map((element) => buyers(element).attr('data-cents')),
  ).toEqual(['9500', '2000', '11500']);
  expect(
    sellers('.docket [data-cents]')
      .toArray()
      .map((element) => sellers(element).attr('data-cents')),
  ).toEqual(['9500', '2000', '-1150', '10350']);
  expect(buyers('.turn.mine h2').text()).toBe('Your turn: send the brief');
  expect(sellers('.turn h2').text()).toBe('Ada’s turn: the brief');
  expect(sellers('.turn').hasClass('mine')).toBe(false);
  expect(buyers('input[name=_csrf]').length).toBeGreaterThan(0);
});

test('/orders/:id shows its seller the seller’s side; /sell/orders/:id shows it to nobody else', async () => {
  const id = await order();
  expect((await browsers.noor.get(`/orders/${id}`)).text).toContain('Ada’s turn: the brief');
  for (const name of ['ada', 'stranger', 'mina'] as const) {
    expect([name, (await browsers[name].get(`/sell/orders/${id}`)).status]).toEqual([name, 404]);
  }
});

test('a stranger gets 404 and nobody is asked to sign in, on every address of an order', async () => {
  const id = await order();
  for (const part of ['', '/requirements', '/deliveries', '/revisions', '/acceptance', '/reviews', '/messages']) {
    expect([part, (await browsers.stranger.get(`/orders/${id}${part}`)).status]).toEqual([part, 404]);
    const sent = await visit(app).get(`/orders/${id}${part}`);
    expect([sent.status, sent.headers.location]).toEqual([
      303,
      `/login?next=${encodeURIComponent(`/orders/${id}${part}`)}`,
    ]);
  }
  const posts = ['requirements', 'deliveries', 'deliveries/draft', 'revisions', 'acceptance', 'reviews', 'messages'];
  for (const part of posts) {
    expect([part, (await browsers.stranger.post(`/orders/${id}/${part}`, { body: 'x' })).status]).toEqual([part, 404]);
  }
  expect((await readOrder(app, id)).status).toBe('awaiting_requirements');
});

test('an admin looks on: everything to read, nothing to press', async () => {
  const id = await order();
  await sendBrief(app, id, ada);
  await deliverWork(app, id, noor);
  const view = page(await browsers.mina.get(`/orders/${id}`));
  expect(view('.turn h2').text()).toBe('Waiting for Ada to check the delivery');
  expect(view('#workspace form').length).toBe(0);
  expect((await browsers.mina.post(`/orders/${id}/acceptance`)).status).toBe(403);
  expect((await readOrder(app, id)).status).toBe('delivered');
});

test('a suspended buyer still looks, and cannot act', async () => {
  const eve = await createPerson(app, 'Eve Suspended');
  const id = await placeOrder(app, { shop, buyer: eve });
  const browser = await signIn(app, eve);
  await app.database.withSystem('seeds', (trx) =>
    trx('users')
      .where({ id: eve.id })
      .update({ suspended_at: trx.raw('now()') }),
  );
  const view = await browser.get(`/orders/${id}`);
  expect(view.status).toBe(200);
  expect(page(view)('#workspace form').length).toBe(0);
  const refused = await browser.post(`/orders/${id}/messages`, { body: 'Hello' });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('suspended');
});

test('defect 20: every state is called by its name', async () => {
  const words = async (id: string) => {
    const view = page(await browsers.ada.get(`/orders/${id}`));
    return [
      view('[data-order-status]').attr('data-order-status'),
      view('.badge').first().text(),
      view('.turn h2').text(),
    ];
  };
  const [cancelled, disputed, refunded, asked] = [await order(), await order(), await order(), await order()];
  await transition(app, cancelled, 'request_cancellation', noor.actor, 'I am ill');
  await transition(app, cancelled, 'accept_cancellation', ada.actor);
  await sendBrief(app, disputed, ada);
  await transition(app, disputed, 'open_dispute', ada.actor, 'This is not what we agreed');
  await transition(app, refunded, 'refund_in_full', 'whop');
  await transition(app, asked, 'request_cancellation', noor.actor, 'The printer is broken');
  expect(await words(cancelled)).toEqual(['cancelled', 'Cancelled', 'This order is cancelled']);
  expect(await words(disputed)).toEqual(['disputed', 'In dispute', 'This order is in dispute']);
  expect(await words(refunded)).toEqual(['refunded', 'Refunded', 'This order is refunded']);
  expect(await words(asked)).toEqual(['cancel_requested', 'Cancel asked', 'Your turn: Noor asks to cancel']);
  expect((await browsers.ada.get(`/orders/${asked}`)).text).toContain('The printer is broken');
  expect((await browsers.ada.get(`/orders/${disputed}`)).text).toContain('This is not what we agreed');
});

test('htmx gets the workspace alone, and every form works without it', async () => {
  const id = await order();
  const part = await browsers.ada.get(`/orders/${id}`, { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
  expect(part.text.trim()).toMatch(/^<article class="workspace" id="workspace"/);
  expect(part.text).not.toContain('<html');
  expect(part.headers.vary).toContain('HX-Request-Type');
  const view = page(await browsers.ada.get(`/orders/${id}`));
  for (const form of view('#workspace form').toArray()) {
    expect([view(form).attr('method'), view(form).attr('action')]).toEqual(['post', view(form).attr('hx-post')]);
    expect(view(form).find('input[name=form_key]').attr('value')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('the workspace costs four round trips to Postgres, session, BEGIN and COMMIT included', async () => {
  const id = await order();
  await sendBrief(app, id, ada);
  await deliverWork(app, id, noor);
  await browsers.ada.get(`/orders/${id}`);
  const { statements } = await countRoundTrips(app, () => browsers.ada.get(`/orders/${id}`));
  expect(statements.length, statements.map((sql) => sql.slice(0, 60)).join('\n')).toBeLessThanOrEqual(4);
});

test('an id that is none, and another spelling, are no pages', async () => {
  expect((await browsers.ada.get('/orders/1')).status).toBe(404);
  expect((await browsers.ada.get('/orders/00000000-0000-4000-8000-000000000000')).status).toBe(404);
});
