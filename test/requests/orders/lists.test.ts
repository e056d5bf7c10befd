import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countOrders, listOrders } from '../../../src/models/order/order-list.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { createPerson, orderIn, placeOrder, setScene, signIn, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const idsOn = (view: ReturnType<typeof page>) =>
  view('.things a.whole')
    .map((_i, link) => view(link).attr('href')!.split('/').at(-1))
    .get();
const counts = (view: ReturnType<typeof page>) =>
  view('.tabs a')
    .map((_i, tab) => view(tab).text().trim())
    .get();

test('each side finds what needs it, what is open and what is finished', async () => {
  const [brief, work, delivered, done] = [
    await orderIn(app, scene, 'awaiting_requirements'),
    await orderIn(app, scene, 'in_progress'),
    await orderIn(app, scene, 'delivered'),
    await orderIn(app, scene, 'completed'),
  ];
  const asked = await orderIn(app, scene, 'in_progress');
  await transition(app, asked, 'request_cancellation', scene.noor.actor, 'I am ill');

  const bought = page(await scene.as.ada.get('/orders'));
  expect(counts(bought)).toEqual(['Open 4', 'Needs you 3', 'Late 0', 'Finished 1']);
  expect(idsOn(bought)).toEqual([asked, delivered, work, brief]);
  expect(idsOn(page(await scene.as.ada.get('/orders?tab=needs-you')))).toEqual([asked, delivered, brief]);
  expect(idsOn(page(await scene.as.ada.get('/orders?tab=finished')))).toEqual([done]);

  const sold = page(await scene.as.noor.get('/sell/orders'));
  expect(counts(sold)).toEqual(['Open 4', 'Needs you 1', 'Late 0', 'Finished 1']);
  expect(sold('.things a.whole').first().attr('href')).toBe(`/sell/orders/${asked}`);
  expect(sold('.things [data-cents]').first().attr('data-cents')).toBe('10350');
  expect(idsOn(page(await scene.as.noor.get('/sell/orders?tab=needs-you')))).toEqual([work]);
});

test('an empty list says what belongs here and the next step', async () => {
  const view = page(await scene.as.tomas.get('/orders'));
  expect(view('.empty h2').text()).toBe('No open orders');
  expect(view('.empty a.button').attr('href')).toBe('/search');
  expect((await scene.as.tomas.get('/orders?tab=nonsense&after=1')).status).toBe(200);
  expect((await scene.as.tomas.get('/sell/orders')).headers.location).toBe('/sell/onboarding');
  expect((await visit(app).get('/orders')).headers.location).toBe('/login?next=%2Forders');
});

test('pages of 20 lead through every order once, forwards and back', async () => {
  const yara = await createPerson(app, 'Yara Busy');
  const browser = await signIn(app, yara);
  const placed: string[] = [];
  for (let n = 0; n < 43; n += 1) placed.unshift(await placeOrder(app, { shop: scene.shop, buyer: yara }));
  const pages: string[][] = [];
  let address: string | undefined = '/orders';
  let view = page(await browser.get(address));
  while (address) {
    view = page(await browser.get(address));
    pages.push(idsOn(view));
    address = view('a[rel=next]').attr('href');
  }
  expect(pages.map((list) => list.length)).toEqual([20, 20, 3]);
  expect(pages.flat()).toEqual(placed);
  const second = page(await browser.get(view('a[rel=prev]').attr('href')!));
  expect(idsOn(second)).toEqual(pages[1]);
  const first = page(await browser.get(second('a[rel=prev]').attr('href')!));
  expect(idsOn(first)).toEqual(pages[0]);
  expect(first('a[rel=prev]').length).toBe(0);
  expect(first('a[rel=next]').length).toBe(1);
});

test('another person’s order is no edge to page from', async () => {
  const foreign = await orderIn(app, scene, 'in_progress');
  expect(idsOn(page(await scene.as.tomas.get(`/orders?after=${foreign}`)))).toEqual([]);
});

test('what is late, and what waits for an answer, stands in its tab', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await app.database.withSystem('seeds', (trx) =>
    trx('orders')
      .where({ id })
      .update({ due_at: new Date(Date.now() - 3_600_000) }),
  );
  for (const [browser, list] of [
    [scene.as.ada, '/orders'],
    [scene.as.noor, '/sell/orders'],
  ] as const)
    expect(idsOn(page(await browser.get(`${list}?tab=late`)))).toEqual([id]);
  expect(idsOn(page(await scene.as.ada.get('/orders?tab=needs-you')))).not.toContain(id);
  await scene.as.noor.post(`/orders/${id}/extensions`, { days: '2', reason: 'The printer is ill' });
  expect(idsOn(page(await scene.as.ada.get('/orders?tab=needs-you')))).toContain(id);
});

test('a search finds by title, name, user name and number, counts in every tab, and keeps the words while paging', async () => {
  const yara = await createPerson(app, 'Yara 100% Seen');
  const browser = await signIn(app, yara);
  const placed: string[] = [];
  for (let n = 0; n < 21; n += 1) placed.unshift(await placeOrder(app, { shop: scene.shop, buyer: yara }));
  const found = async (browser: Scene['as']['ada'], path: string) => idsOn(page(await browser.get(path)));
  const sells = (q: string) => found(scene.as.noor, `/sell/orders?q=${encodeURIComponent(q)}`);

  expect(await sells('yara 100%')).toEqual(placed.slice(0, 20));
  expect(await sells('100_ seen')).toEqual([]);
  expect(await sells(placed[3]!.slice(0, 8))).toEqual([placed[3]]);
  expect(await sells(`#${placed[3]!.slice(0, 8).toUpperCase()}`)).toEqual([placed[3]]);
  expect(await found(browser, '/orders?q=NOOR')).toHaveLength(20);
  expect(await found(browser, '/orders?q=price%20list')).toHaveLength(20);
  expect(await found(browser, '/orders?q=%25')).toEqual([]);

  const first = page(await browser.get('/orders?q=noor'));
  expect(counts(first)).toEqual(['Open 21', 'Needs you 21', 'Late 0', 'Finished 0']);
  expect(first('.tabs a').eq(1).attr('href')).toBe('/orders?tab=needs-you&q=noor');
  expect(first('#order-search').val()).toBe('noor');
  expect(await found(browser, first('a[rel=next]').attr('href')!)).toEqual([placed[20]]);

  const done = await orderIn(app, { ...scene, ada: yara }, 'completed');
  const elsewhere = page(await browser.get(`/orders?q=${done.slice(0, 8)}`));
  expect(idsOn(elsewhere)).toEqual([]);
  expect(elsewhere('.empty a.button').attr('href')).toBe(`/orders?tab=finished&q=${done.slice(0, 8)}`);
  const script = page(await browser.get('/orders?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E'));
  expect(script('.empty h2').text()).toContain('<script>alert(1)</script>');
  expect(script('.empty script').length).toBe(0);
});

test('lists and counts walk the index of their side, among many orders of other people', async () => {
  const plans: string[] = [];
  await app.database.withActor(scene.noor.actor, async (trx) => {
    await trx.raw('set local enable_seqscan = off');
    for (const [side, me] of [
      ['buyer', scene.ada.id],
      ['seller', scene.noor.id],
    ] as const) {
      const asked: string[] = [];
      const listen = ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
        void asked.push(JSON.stringify({ sql, bindings }));
      trx.on('query', listen);
      await listOrders(trx, side, me, { tab: 'needs-you', q: 'menu', after: randomUUID() });
      await countOrders(trx, side, me, 'menu');
      trx.off('query', listen);
      for (const text of asked) {
        const { sql, bindings } = JSON.parse(text) as { sql: string; bindings: string[] };
        const { rows } = await trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(
          `explain ${sql}`.replace(/\$\d+/g, '?'),
          bindings,
        );
        plans.push(`${side}: ${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
      }
    }
  });
  expect(plans).toHaveLength(4);
  for (const plan of plans) {
    expect(plan).toContain(plan.startsWith('buyer') ? 'orders_buyer' : 'orders_seller');
    expect(plan).not.toMatch(/Seq Scan on orders o\b/);
  }
});
