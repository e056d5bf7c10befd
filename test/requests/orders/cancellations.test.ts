import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { asSystem, orderIn, readOrder, setScene, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const ask = (by: Client, id: string, reason = 'The café closes') => by.post(`/orders/${id}/cancellations`, { reason });
const proposalOf = async (id: string): Promise<{ id: string; status: string }> =>
  asSystem(app, (trx) => trx('proposals').where({ order_id: id }).orderBy('created_at', 'desc').first());
const refundsOf = (id: string) =>
  asSystem(app, (trx) => trx('refunds').where({ order_id: id }).select('amount_cents', 'cause', 'status'));

test('the buyer asks, the seller agrees on a page with the amount, and all goes back', async () => {
  const { ada, noor } = scene.as;
  const id = await orderIn(app, scene, 'in_progress');
  const form = page(await ada.get(`/orders/${id}/cancellations`));
  expect(form('[data-cents]').attr('data-cents')).toBe('11500');
  expect((await ask(ada, id)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('cancel_requested');

  const own = page(await ada.get(`/orders/${id}`));
  expect(own('#proposal-cancellation h2').text()).toBe('You asked to cancel');
  expect(own('#cancellation-withdraw').length).toBe(1);
  expect(own('#cancellation-decline').length).toBe(0);
  const others = page(await noor.get(`/sell/orders/${id}`));
  expect(others('#proposal-cancellation').text()).toContain('The café closes');
  const confirm = page(await noor.get(others('#proposal-cancellation a.button').attr('href')!));
  expect([confirm('h1').text(), confirm('[data-cents]').attr('data-cents')]).toEqual(['Cancel this order?', '11500']);

  const done = await noor.post(confirm('#proposal-accept').attr('action')!);
  expect([done.status, done.headers.location]).toEqual([303, `/sell/orders/${id}`]);
  expect((await readOrder(app, id)).status).toBe('cancelled');
  expect(await refundsOf(id)).toEqual([{ amount_cents: 11_500, cause: 'cancellation', status: 'requested' }]);
  expect(page(await ada.get(`/orders/${id}`))('.docket').text()).toContain('Refund on its way');
});

test('declined and withdrawn requests let the work go on, and rest for 48 hours', async () => {
  const { ada, noor } = scene.as;
  const id = await orderIn(app, scene, 'in_progress');
  await ask(ada, id);
  expect((await noor.post(`/orders/${id}/cancellations/${(await proposalOf(id)).id}/decline`)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('in_progress');
  const again = await ask(ada, id);
  expect([again.status, again.text.includes('48 hours')]).toEqual([409, true]);
  expect(page(await ada.get(`/orders/${id}`))('aside').text()).not.toContain('Ask to cancel');
  await ask(noor, id);
  expect((await noor.post(`/orders/${id}/cancellations/${(await proposalOf(id)).id}/withdrawal`)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('in_progress');
  expect(await refundsOf(id)).toEqual([]);
});

test('nobody answers himself, withdraws for the other side, or answers for strangers', async () => {
  const { ada, noor, mina, tomas } = scene.as;
  const id = await orderIn(app, scene, 'in_progress');
  await ask(ada, id);
  const at = `/orders/${id}/cancellations/${(await proposalOf(id)).id}`;
  const answers = async (by: Client) =>
    Promise.all(['acceptance', 'decline', 'withdrawal'].map(async (how) => (await by.post(`${at}/${how}`)).status));
  expect((await ada.post(`${at}/acceptance`)).status).toBe(403);
  expect((await ada.post(`${at}/decline`)).status).toBe(403);
  expect((await noor.post(`${at}/withdrawal`)).status).toBe(403);
  expect(await answers(mina)).toEqual([403, 403, 403]);
  expect(await answers(tomas)).toEqual([404, 404, 404]);
  expect((await ada.get(`${at}/acceptance`)).status).toBe(403);
  expect((await noor.post(`/orders/${id}/cancellations/${id}/acceptance`)).status).toBe(404);
  expect((await readOrder(app, id)).status).toBe('cancel_requested');
});

test('a request that is no longer open is answered by the page that says where the order stands', async () => {
  const { ada, noor } = scene.as;
  const id = await orderIn(app, scene, 'in_progress');
  await ask(ada, id);
  const { id: pid } = await proposalOf(id);
  await ada.post(`/orders/${id}/cancellations/${pid}/withdrawal`);
  for (const how of ['acceptance', 'decline']) {
    const late = await noor.post(`/orders/${id}/cancellations/${pid}/${how}`);
    expect([late.status, page(late)('[data-order-status]').attr('data-order-status')]).toEqual([409, 'in_progress']);
  }
  expect((await noor.get(`/orders/${id}/cancellations/${pid}/acceptance`)).status).toBe(409);
});

test('a reason is needed, and a finished order cannot be cancelled', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const empty = await ask(scene.as.ada, id, '  ');
  expect([empty.status, page(empty)('.error').text()]).toEqual([422, 'Error: Enter a reason']);
  const done = await orderIn(app, scene, 'completed');
  expect((await ask(scene.as.ada, done)).status).toBe(409);
  expect((await scene.as.ada.get(`/orders/${done}/cancellations`)).status).toBe(409);
});

test('accepted twice at once it is cancelled once, with one refund', async () => {
  const id = await orderIn(app, scene, 'delivered');
  await transition(app, id, 'request_cancellation', scene.ada.actor, 'Too late');
  const { id: pid } = await proposalOf(id);
  const answers = await Promise.all(
    [1, 2].map(() => scene.as.noor.post(`/orders/${id}/cancellations/${pid}/acceptance`)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await refundsOf(id)).toHaveLength(1);
});
