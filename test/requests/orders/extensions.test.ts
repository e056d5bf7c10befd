import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { asSystem, orderIn, readOrder, setScene, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;
const DAY = 86_400_000;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const ask = (by: Client, id: string, days = '2') =>
  by.post(`/orders/${id}/extensions`, { days, reason: 'The printer is ill' });
const proposalOf = async (id: string): Promise<{ id: string; status: string }> =>
  asSystem(app, (trx) => trx('proposals').where({ order_id: id }).orderBy('created_at', 'desc').first());

test('the seller asks for two more days, the buyer agrees, and the clock says so to both', async () => {
  const { ada, noor } = scene.as;
  const id = await orderIn(app, scene, 'in_progress');
  const { due_at: before } = await readOrder(app, id);
  expect((await ask(noor, id)).status).toBe(303);
  expect((await readOrder(app, id)).due_at).toEqual(before);
  const view = page(await ada.get(`/orders/${id}`));
  expect(view('#proposal-extension h2').text()).toBe('Noor asks for 2 more days');
  const confirm = page(await ada.get(view('#proposal-extension a.button').attr('href')!));
  expect((await ada.post(confirm('#proposal-accept').attr('action')!)).status).toBe(303);
  expect((await readOrder(app, id)).due_at!.getTime() - before!.getTime()).toBe(2 * DAY);
  for (const [browser, address] of [
    [ada, `/orders/${id}`],
    [noor, `/sell/orders/${id}`],
  ] as const)
    expect(page(await browser.get(address))('.history').text()).toContain('More time');
});

test('one is open at a time; declined and withdrawn ones change nothing', async () => {
  const { ada, noor } = scene.as;
  const id = await orderIn(app, scene, 'revision_requested');
  const { due_at: before } = await readOrder(app, id);
  await ask(noor, id);
  expect((await ask(noor, id)).status).toBe(409);
  const at = `/orders/${id}/extensions/${(await proposalOf(id)).id}`;
  expect((await noor.post(`${at}/acceptance`)).status).toBe(403);
  expect((await ada.post(`${at}/withdrawal`)).status).toBe(403);
  expect((await ada.post(`${at}/decline`)).status).toBe(303);
  expect((await ada.post(`${at}/acceptance`)).status).toBe(409);
  await ask(noor, id);
  expect((await noor.post(`/orders/${id}/extensions/${(await proposalOf(id)).id}/withdrawal`)).status).toBe(303);
  expect((await readOrder(app, id)).due_at).toEqual(before);
});

test('days are whole numbers from 1 to 365, and the work must be under way', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  for (const days of ['0', '366', '1.5', 'x'])
    expect([days, (await ask(scene.as.noor, id, days)).status]).toEqual([days, 422]);
  const delivered = await orderIn(app, scene, 'delivered');
  expect((await ask(scene.as.noor, delivered)).status).toBe(409);
});

test('a delivery makes the question void', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await ask(scene.as.noor, id);
  await scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'Earlier than thought.' });
  expect((await proposalOf(id)).status).toBe('void');
  const other = await orderIn(app, scene, 'in_progress');
  await ask(scene.as.noor, other);
  await transition(app, other, 'open_dispute', scene.ada.actor, 'No answer');
  expect((await proposalOf(other)).status).toBe('void');
});
