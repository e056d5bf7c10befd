import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { orderIn, readOrder, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('accepting closes the work', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const question = page(await scene.as.ada.get(`/orders/${id}/acceptance`));
  expect(question('h1').text()).toBe('Accept this delivery?');
  const response = await scene.as.ada.post(question('form#acceptance-form').attr('action')!);
  expect([response.status, response.headers.location]).toEqual([303, `/orders/${id}`]);
  expect(await readOrder(app, id)).toMatchObject({
    status: 'completed',
    auto_complete_at: null,
    completed_at: expect.any(Date),
  });
});

test('the seller does not accept his own work', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const refused = await scene.as.noor.post(`/orders/${id}/acceptance`);
  expect([refused.status, page(refused)('main').text()]).toEqual([
    403,
    expect.stringContaining('Only the buyer can accept a delivery.'),
  ]);
});

test.each(['awaiting_requirements', 'in_progress', 'revision_requested', 'completed'] as const)(
  'nothing is accepted while the order is %s',
  async (status) => {
    const id = await orderIn(app, scene, status);
    const early = await scene.as.ada.post(`/orders/${id}/acceptance`);
    expect([early.status, page(early)('[data-order-status]').attr('data-order-status')]).toEqual([409, status]);
    expect((await readOrder(app, id)).status).toBe(status);
  },
);

test('pressed twice at once it happens once', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const answers = await Promise.all([1, 2].map(() => scene.as.ada.post(`/orders/${id}/acceptance`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
});
