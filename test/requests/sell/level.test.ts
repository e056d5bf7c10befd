import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { clock } from '../../../src/clock.ts';
import { runNamed } from '../../../src/jobs/run-named.ts';
import type { SellerRecord } from '../../../src/models/seller-record.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { reviewGig } from '../../support/listings.ts';
import { row } from '../../support/money.ts';
import {
  asSystem,
  createPerson,
  deliverWork,
  orderIn,
  setScene,
  transition,
  type Scene,
} from '../../support/orders.ts';

const DAY = 86_400_000;

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterEach(() => clock.set(null));
afterAll(() => app.stop());

const daysOn = (days: number) => clock.set(new Date(Date.now() + days * DAY));

async function count(): Promise<SellerRecord> {
  await runNamed(app.services, 'recount-sellers');
  return (await row(app, 'seller_records', { seller_id: scene.noor.id })) as SellerRecord;
}

const write = (conversation: string, sender: string) =>
  asSystem(app, (trx) =>
    trx('order_messages').insert({
      id: randomUUID(),
      conversation_id: conversation,
      sender_id: sender,
      body: 'About the menu',
    }),
  );

test('nothing done yet: New, and nothing is claimed', async () => {
  expect(await count()).toMatchObject({ completed: 0, due: 0, replies: 0, reply_minutes: null, level: 0 });
  const shown = page(await scene.as.noor.get('/sell/level'));
  expect(shown('h1').text()).toBe('New');
  expect(shown('main').text()).toContain('5 more completed orders');
});

test('five orders in time with good reviews make Level 1, on the profile, the listing and the gig page', async () => {
  for (const rating of [5, 5, 4, 4, 4]) await reviewGig(app, scene.shop, scene.ada, { rating, body: 'Readable.' });
  expect(await count()).toMatchObject({ completed: 5, stars: 22, reviews: 5, on_time: 5, due: 5, level: 1 });
  expect(await row(app, 'profiles', { user_id: scene.noor.id })).toMatchObject({ level: 1 });
  expect(await row(app, 'gig_listings', { gig_id: scene.shop.gigId })).toMatchObject({ seller_level: 1 });
  expect((await visit(app).get(`/gigs/${scene.shop.slug}`)).text).toContain('5 of 5 orders');
  const shown = page(await scene.as.noor.get('/sell/level'));
  expect(shown('tbody tr').length).toBe(5);
  expect(shown('h1').text()).toBe('Level 1');
});

test('a late delivery and an order that ended because nothing came count as late; a cancellation by both does not count', async () => {
  const late = await orderIn(app, scene, 'in_progress');
  const given = await orderIn(app, scene, 'in_progress');
  const agreed = await orderIn(app, scene, 'in_progress');
  await scene.as.ada.post(`/orders/${agreed}/cancellations`, { reason: 'The café is not opening after all' });
  const { id: proposal } = await row(app, 'proposals', { order_id: agreed });
  await scene.as.noor.post(`/orders/${agreed}/cancellations/${proposal}/acceptance`);
  expect(await row(app, 'orders', { id: agreed })).toMatchObject({ status: 'cancelled' });
  daysOn(5);
  await deliverWork(app, late, scene.noor);
  await transition(app, given, 'cancel_late', scene.ada.actor);
  expect(await count()).toMatchObject({ completed: 5, on_time: 5, due: 7, level: 0 });
});

test('after a year it is forgotten', async () => {
  daysOn(400);
  expect(await count()).toMatchObject({ completed: 0, stars: 0, reviews: 0, on_time: 0, due: 0, level: 0 });
});

test('the first reply counts from the first question, as a median, and shows from five on', async () => {
  const start = Date.now();
  for (const wait of [10, 20, 30, 600, 6_000]) {
    const id = randomUUID();
    clock.set(new Date(start));
    const buyer = await createPerson(app, 'Ada Marlowe');
    await asSystem(app, (trx) => trx('conversations').insert({ id, buyer_id: buyer.id, seller_id: scene.noor.id }));
    await write(id, buyer.id);
    clock.set(new Date(start + wait * 60_000));
    await write(id, scene.noor.id);
    await write(id, scene.noor.id);
  }
  expect(await count()).toMatchObject({ replies: 5, reply_minutes: 30 });
});

test('nobody writes his own record', async () => {
  const changed = await app.database.withActor(scene.noor.actor, (trx) =>
    trx('seller_records').where({ seller_id: scene.noor.id }).update({ level: 3 }),
  );
  expect(changed).toBe(0);
  await expect(
    app.database.withActor(scene.ada.actor, (trx) =>
      trx('seller_records').insert({
        seller_id: scene.noor.id,
        completed: 1,
        stars: 0,
        reviews: 0,
        on_time: 0,
        due: 0,
        replies: 0,
        level: 3,
      }),
    ),
  ).rejects.toThrow(/row-level security|duplicate/);
});
