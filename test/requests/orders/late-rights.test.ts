import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { asSystem, orderIn, setScene, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('the buyer of an order that was cancelled late may say so', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await asSystem(app, (trx) =>
    trx('orders')
      .where({ id })
      .update({ due_at: new Date(Date.now() - 25 * 3_600_000) }),
  );
  const also = page(await scene.as.ada.get(`/orders/${id}`))('aside').text();
  expect(also).toContain('Cancel, nothing was delivered in time');
  const form = page(await scene.as.ada.get(`/orders/${id}/late-cancellation`));
  expect(form('[data-cents]').attr('data-cents')).toBe('11500');
  expect((await scene.as.noor.post(`/orders/${id}/late-cancellation`)).status).toBe(403);
  expect((await scene.as.ada.post(`/orders/${id}/late-cancellation`)).status).toBe(303);
  expect(await asSystem(app, (trx) => trx('refunds').where({ order_id: id }).pluck('amount_cents'))).toEqual([11_500]);
  expect(page(await scene.as.ada.get(`/orders/${id}`))('#review-form').length).toBe(1);
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '1', body: 'Nothing came.' })).status).toBe(303);
  expect((await scene.as.noor.post(`/orders/${id}/reviews`, { rating: '1', body: 'Me too.' })).status).toBe(409);
});

test('too early for late rights: refused, and not offered', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.ada.post(`/orders/${id}/late-cancellation`)).status).toBe(409);
  expect(page(await scene.as.ada.get(`/orders/${id}`))('aside').text()).not.toContain('Cancel, nothing');
  const changes = await orderIn(app, scene, 'revision_requested');
  expect((await scene.as.ada.post(`/orders/${changes}/delay-report`)).status).toBe(409);
  await asSystem(app, (trx) =>
    trx('orders')
      .where({ id: changes })
      .update({ due_at: new Date(Date.now() - 25 * 3_600_000) }),
  );
  expect((await scene.as.ada.post(`/orders/${changes}/delay-report`)).status).toBe(303);
  const silent = await orderIn(app, scene, 'awaiting_requirements');
  expect((await scene.as.noor.post(`/orders/${silent}/unstarted-cancellation`)).status).toBe(409);
  await asSystem(app, (trx) =>
    trx('orders')
      .where({ id: silent })
      .update({ created_at: new Date(Date.now() - 7 * 86_400_000) }),
  );
  expect((await scene.as.noor.post(`/orders/${silent}/unstarted-cancellation`)).status).toBe(303);
  await expect(transition(app, silent, 'request_cancellation', scene.ada.actor, 'x')).rejects.toThrow();
});
