import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { deliverWork, orderIn, readOrder, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('defect 13: the words reach the seller, rounds are counted, and the last one is the last', async () => {
  const id = await orderIn(app, scene, 'delivered', { revisions: 1 });
  const form = page(await scene.as.ada.get(`/orders/${id}`));
  expect(form('#revision-send').text()).toBe('Send and use 1 of 1 round');
  const asked = await scene.as.ada.post(`/orders/${id}/revisions`, { reason: 'Larger type\r\non page 2' });
  expect([asked.status, asked.headers.location]).toEqual([303, `/orders/${id}`]);
  expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).toContain('Larger type\non page 2');
  expect(await readOrder(app, id)).toMatchObject({ status: 'revision_requested', revisions_used: 1 });

  await deliverWork(app, id, scene.noor);
  const view = page(await scene.as.ada.get(`/orders/${id}`));
  expect(view('#revision-form').length).toBe(0);
  expect(view('.turn').text()).toContain('All rounds of changes are used.');
  expect(view('#no-more-changes').text()).toContain('ask for a part refund or report a problem');
  const refused = await scene.as.ada.post(`/orders/${id}/revisions`, { reason: 'Once more' });
  expect([refused.status, page(refused)('main').text()]).toEqual([
    409,
    expect.stringContaining('All rounds of changes are used.'),
  ]);
  expect(await readOrder(app, id)).toMatchObject({ status: 'delivered', revisions_used: 1 });
});

test.each([
  ['nothing', '', 'Enter what should be different'],
  ['blanks', ' \r\n', 'Enter what should be different'],
  ['too much', 'x'.repeat(2_001), 'at most 2000'],
])('%s for a reason is sent back to its own page', async (_name, reason, message) => {
  const id = await orderIn(app, scene, 'delivered');
  const response = await scene.as.ada.post(`/orders/${id}/revisions`, { reason });
  expect(response.status).toBe(422);
  expect(page(response)('.error-list').text()).toContain(message);
  expect(page(response)('form#revision-form').attr('action')).toBe(`/orders/${id}/revisions`);
  expect((await readOrder(app, id)).revisions_used).toBe(0);
});

test('over htmx a refused form comes back alone, ready to be swapped', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
  const response = await scene.as.ada.post(`/orders/${id}/revisions`, { reason: '' }, headers);
  expect(response.status).toBe(422);
  expect(response.text.trim()).toMatch(/^<form class="form" id="revision-form"/);
  expect(page(response)('form').attr('hx-post')).toBe(`/orders/${id}/revisions`);
});

test('only the buyer asks, and only about a delivery', async () => {
  const id = await orderIn(app, scene, 'delivered');
  expect((await scene.as.noor.post(`/orders/${id}/revisions`, { reason: 'x' })).status).toBe(403);
  const accepted = await orderIn(app, scene, 'completed');
  const late = await scene.as.ada.post(`/orders/${accepted}/revisions`, { reason: 'The espresso price is wrong.' });
  expect(late.status).toBe(409);
  const view = page(late);
  expect(view('h1').text()).toBe('This order is already accepted');
  expect(view('main').text()).toContain('Accepted by you just now.');
  expect(view('blockquote').text()).toBe('The espresso price is wrong.');
  expect((await scene.as.ada.get(`/orders/${accepted}/revisions`)).status).toBe(409);
});

test('a request and an acceptance at once: one of them happens', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const answers = await Promise.all([
    scene.as.ada.post(`/orders/${id}/revisions`, { reason: 'Larger type' }),
    scene.as.ada.post(`/orders/${id}/acceptance`),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
});
