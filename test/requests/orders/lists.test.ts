import { afterAll, beforeAll, expect, test } from 'vitest';
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
