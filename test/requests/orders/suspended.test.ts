import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import {
  asSystem,
  createPerson,
  openShop,
  orderIn,
  placeOrder,
  setScene,
  signIn,
  type Scene,
} from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const STATES = ['awaiting_requirements', 'in_progress', 'revision_requested', 'delivered'] as const;
const REASON = { reason: 'Identity in doubt.' };
const suspend = (id: string) => scene.as.mina.post(`/admin/users/${id}/suspension`, REASON);
const act = (id: string) => `/orders/${id}/suspended-cancellation`;
const orderOf = (id: string) => asSystem(app, (trx) => trx('orders').where({ id }).first());
const refundsOf = (id: string) => asSystem(app, (trx) => trx('refunds').where({ order_id: id }).pluck('amount_cents'));

/** A seller of one's own, so that suspending him leaves the others alone. */
async function seller(name: string) {
  const noor = await createPerson(app, name);
  return { ...scene, noor, shop: await openShop(app, noor) };
}

test.each(STATES)(
  'the seller is suspended while the order is %s: the buyer leaves at once, with his money',
  async (state) => {
    const theirs = await seller(`Noor ${state}`);
    const id = await orderIn(app, theirs, state);
    const { ada, mina } = scene.as;
    expect((await ada.post(act(id))).status).toBe(409);
    expect((await ada.get(`/orders/${id}`)).text).not.toContain('the seller is suspended');

    await suspend(theirs.noor.id);
    expect((await mina.get('/admin/orders?tab=suspended')).text).toContain(id);
    expect(
      page(await ada.get(`/orders/${id}`))(`a[href="${act(id)}"]`)
        .text()
        .trim(),
    ).toBe('Cancel, the seller is suspended');
    const asked = page(await ada.get(act(id)));
    expect(asked('[data-cents]').attr('data-cents')).toBe('11500');
    expect((await ada.post(act(id))).status).toBe(303);
    expect((await orderOf(id)).status).toBe('cancelled');
    expect(await refundsOf(id)).toEqual([11_500]);
    expect((await mina.get('/admin/orders?tab=suspended')).text).not.toContain(id);
  },
);

test('the buyer is suspended: the seller leaves; the suspended one cannot', async () => {
  const buyer = await createPerson(app, 'Ada Suspended');
  const id = await orderIn(app, { ...scene, ada: buyer }, 'in_progress');
  const browser = await signIn(app, buyer);
  await suspend(buyer.id);
  expect((await browser.post(act(id))).status).toBe(403);
  expect((await scene.as.noor.post(act(id))).status).toBe(303);
  expect(await refundsOf(id)).toEqual([11_500]);
});

test('a waiting request to cancel does not hold the other side', async () => {
  const theirs = await seller('Noor Asked');
  const id = await orderIn(app, theirs, 'in_progress');
  await scene.as.ada.post(`/orders/${id}/cancellations`, { reason: 'Found another' });
  await suspend(theirs.noor.id);
  expect((await scene.as.ada.post(act(id))).status).toBe(303);
  expect((await orderOf(id)).status).toBe('cancelled');
});

test('the suspension is lifted: nobody leaves without a reason', async () => {
  const theirs = await seller('Noor Back');
  const id = await orderIn(app, theirs, 'in_progress');
  await suspend(theirs.noor.id);
  await scene.as.mina.post(`/admin/users/${theirs.noor.id}/reinstatement`);
  expect((await scene.as.ada.post(act(id))).status).toBe(409);
  expect((await orderOf(id)).status).toBe('in_progress');
  expect((await scene.as.mina.get('/admin/orders?tab=suspended')).text).not.toContain(id);
});

test('paid while the seller was suspended: the order is made, flagged, and can be left at once', async () => {
  const theirs = await seller('Noor Meanwhile');
  await suspend(theirs.noor.id);
  const id = await placeOrder(app, { shop: theirs.shop, buyer: scene.ada });
  expect(await orderOf(id)).toMatchObject({ seller_suspended: true });
  expect((await scene.as.mina.get('/admin/orders?tab=suspended')).text).toContain(id);
  expect((await scene.as.ada.post(act(id))).status).toBe(303);
});

test('no side, no leaving: a stranger finds nothing, nor does plain SQL pass the guard', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.tomas.post(act(id))).status).toBe(404);
  const byHand = app.database.withActor(scene.ada.actor, (trx) =>
    trx.raw(`select order_transition(?, 'cancel_suspended', 'in_progress')`, [id]),
  );
  await expect(byHand).rejects.toThrow('not suspended');
});
