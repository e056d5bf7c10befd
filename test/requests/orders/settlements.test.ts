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

const offer = (by: Client, id: string, refund = '30.00') =>
  by.post(`/orders/${id}/settlements`, { refund, reason: 'Half is done' });
const proposalOf = async (id: string): Promise<{ id: string; status: string }> =>
  asSystem(app, (trx) => trx('proposals').where({ order_id: id }).orderBy('created_at', 'desc').first());
const refundsOf = (id: string) =>
  asSystem(app, (trx) => trx('refunds').where({ order_id: id }).select('amount_cents', 'cause'));

test.each(['in_progress', 'delivered', 'revision_requested'] as const)(
  'a settlement ends an order that is %s with a part refund',
  async (status) => {
    const { ada, noor } = scene.as;
    const id = await orderIn(app, scene, status);
    expect((await offer(noor, id)).status).toBe(303);
    const view = page(await ada.get(`/orders/${id}`));
    const confirm = page(await ada.get(view('#proposal-settlement a.button').attr('href')!));
    expect(confirm('[data-cents]').attr('data-cents')).toBe('3000');
    expect((await ada.post(confirm('#proposal-accept').attr('action')!)).status).toBe(303);
    expect((await readOrder(app, id)).status).toBe('completed');
    expect(await refundsOf(id)).toEqual([{ amount_cents: 3_000, cause: 'settlement' }]);
  },
);

test('from one cent to one less than is left', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  for (const refund of ['0', '115', '115.01', '-1', 'all']) {
    expect([refund, (await offer(scene.as.ada, id, refund)).status]).toEqual([refund, 422]);
  }
  expect((await offer(scene.as.ada, id, '114.99')).status).toBe(303);
  const at = `/orders/${id}/settlements/${(await proposalOf(id)).id}`;
  expect((await scene.as.ada.post(`${at}/acceptance`)).status).toBe(403);
  expect((await scene.as.noor.post(`${at}/acceptance`)).status).toBe(303);
  expect(await refundsOf(id)).toEqual([{ amount_cents: 11_499, cause: 'settlement' }]);
});

test('also in a dispute, which it decides; not while the bank has a case', async () => {
  const id = await orderIn(app, scene, 'delivered');
  await transition(app, id, 'open_dispute', scene.ada.actor, 'Not as agreed');
  await offer(scene.as.ada, id);
  const at = `/orders/${id}/settlements/${(await proposalOf(id)).id}`;
  await asSystem(app, (trx) =>
    trx('disputes').insert({ id, order_id: id, source: 'whop', whop_dispute_id: id, reason: 'unrecognized' }),
  );
  expect((await scene.as.noor.post(`${at}/acceptance`)).status).toBe(409);
  await asSystem(app, (trx) => trx('disputes').where({ id }).update({ status: 'won', closed_at: new Date() }));
  expect((await scene.as.noor.post(`${at}/acceptance`)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('completed');
});

test('what has become too much since is refused, and nothing moves', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await offer(scene.as.ada, id, '100');
  await app.database.withSystem('whop', (trx) => trx.raw(`select request_refund(?, 1500, 'admin', 'return')`, [id]));
  const late = await scene.as.noor.post(`/orders/${id}/settlements/${(await proposalOf(id)).id}/acceptance`);
  expect(late.status).toBe(409);
  expect((await readOrder(app, id)).status).toBe('in_progress');
});
