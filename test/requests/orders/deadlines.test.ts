import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { orderDeadlines } from '../../../src/jobs/order-deadlines.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  asSystem,
  createPerson,
  openShop,
  orderIn,
  placeOrder,
  readOrder,
  transact,
  transition,
  type Scene,
} from '../../support/orders.ts';

let app: TestApp;
let scene: Pick<Scene, 'ada' | 'noor' | 'shop'>;

beforeAll(async () => {
  app = await startTestApp();
  const noor = await createPerson(app, 'Noor Haddad', { timeZone: 'Asia/Amman' });
  scene = {
    noor,
    ada: await createPerson(app, 'Ada Marlowe', { timeZone: 'Europe/Berlin' }),
    shop: await openShop(app, noor),
  };
});
afterEach(() => clock.set(null));
afterAll(() => app.stop());

const at = (text: string) => clock.set(new Date(`${text}Z`));
const sweep = () => orderDeadlines(app.services);
const statusOf = async (id: string) => (await readOrder(app, id)).status;
const refundsOf = (id: string) => asSystem(app, (trx) => trx('refunds').where({ order_id: id }).pluck('amount_cents'));

/** Not yet a second before, then exactly once. */
async function endsAt(id: string, moment: string, status: string): Promise<void> {
  const before = await statusOf(id);
  clock.set(new Date(Date.parse(`${moment}Z`) - 1_000));
  await sweep();
  expect(await statusOf(id)).toBe(before);
  at(moment);
  await Promise.all([sweep(), sweep()]);
  expect(await statusOf(id)).toBe(status);
  const transitions = await asSystem(app, (trx) =>
    trx('order_transitions').where({ order_id: id, to_status: status, actor: 'clock' }),
  );
  expect(transitions).toHaveLength(1);
}

test('a delivery accepts itself after 72 hours, on a Monday noon of the buyer when that is a weekend', async () => {
  at('2026-11-16T09:00:00');
  const weekday = await orderIn(app, scene, 'delivered');
  await endsAt(weekday, '2026-11-19T09:00:00', 'completed');
  at('2026-11-19T09:00:00');
  const weekend = await orderIn(app, scene, 'delivered');
  await endsAt(weekend, '2026-11-23T11:00:00', 'completed');
});

test('Monday noon is Monday noon across the change to summer time and back', async () => {
  // Berlin goes to summer time on Sunday 28 March 2027, and back on Sunday 31 October 2027.
  at('2027-03-25T09:00:00');
  const spring = await orderIn(app, scene, 'delivered');
  await endsAt(spring, '2027-03-29T10:00:00', 'completed');
  at('2027-10-28T09:00:00');
  const autumn = await orderIn(app, scene, 'delivered');
  await endsAt(autumn, '2027-11-01T11:00:00', 'completed');
});

test('days of work are 24 hours each, also across the change', async () => {
  at('2027-03-26T09:00:00');
  const id = await orderIn(app, scene, 'in_progress', { days: 3 });
  expect((await readOrder(app, id)).due_at).toEqual(new Date('2027-03-29T09:00:00Z'));
});

test('a request to cancel that nobody answers ends the order, with its refund', async () => {
  at('2026-11-16T09:00:00');
  const id = await orderIn(app, scene, 'in_progress', { days: 10 });
  await transition(app, id, 'request_cancellation', scene.ada.actor, 'The café closes');
  await endsAt(id, '2026-11-19T09:00:00', 'cancelled');
  expect(await refundsOf(id)).toEqual([11_500]);
});

test('the weekend of whoever must answer moves the end of the 72 hours', async () => {
  at('2026-11-18T22:30:00');
  const id = await orderIn(app, scene, 'in_progress', { days: 10 });
  // Saturday 22:30 in London is already Sunday for Noor in Amman, three hours ahead.
  await transition(app, id, 'request_cancellation', scene.ada.actor, 'The café closes');
  await endsAt(id, '2026-11-23T09:00:00', 'cancelled');
});

test('when the buyer asked after a delivery it becomes a dispute instead', async () => {
  at('2026-11-16T09:00:00');
  const id = await orderIn(app, scene, 'delivered');
  await transition(app, id, 'request_cancellation', scene.ada.actor, 'Not usable');
  await endsAt(id, '2026-11-19T09:00:00', 'disputed');
  expect(await refundsOf(id)).toEqual([]);
  at('2026-11-16T09:00:00');
  const sellers = await orderIn(app, scene, 'delivered');
  await transition(app, sellers, 'request_cancellation', scene.noor.actor, 'I cannot go on');
  await endsAt(sellers, '2026-11-19T09:00:00', 'cancelled');
});

test('no brief for 14 days, no work for 14 days after the date: cancelled, all goes back', async () => {
  at('2026-11-02T09:00:00');
  const silent = await placeOrder(app, { shop: scene.shop, buyer: scene.ada });
  await endsAt(silent, '2026-11-16T09:00:00', 'cancelled');
  expect(await refundsOf(silent)).toEqual([11_500]);
  at('2026-11-02T09:00:00');
  const late = await orderIn(app, scene, 'in_progress', { days: 3 });
  await endsAt(late, '2026-11-19T09:00:00', 'cancelled');
  expect(await refundsOf(late)).toEqual([11_500]);
});

test('changes that do not come for 14 days become a dispute', async () => {
  at('2026-11-02T09:00:00');
  const id = await orderIn(app, scene, 'revision_requested', { days: 3 });
  await endsAt(id, '2026-11-19T09:00:00', 'disputed');
});

test('proposals lapse, and the order stays as it is', async () => {
  at('2026-11-16T09:00:00');
  const id = await orderIn(app, scene, 'in_progress', { days: 10 });
  await transact(app, scene.noor.actor, (trx) => trx.raw(`select propose(?, 'extension', 2, null, 'More ink')`, [id]));
  await transact(app, scene.ada.actor, (trx) => trx.raw(`select propose(?, 'settlement', null, 500, 'Half')`, [id]));
  const open = () => asSystem(app, (trx) => trx('proposals').where({ order_id: id, status: 'open' }).pluck('kind'));
  at('2026-11-19T08:59:00');
  await sweep();
  expect(await open()).toHaveLength(2);
  at('2026-11-19T09:00:00');
  expect((await sweep()).lapsed_proposals).toBe(2);
  expect(await open()).toEqual([]);
  expect(await statusOf(id)).toBe('in_progress');
});

test('a lone review appears when the window closes', async () => {
  at('2026-11-02T09:00:00');
  const id = await orderIn(app, scene, 'completed');
  await transact(app, scene.ada.actor, (trx) =>
    trx('reviews').insert({
      id,
      order_id: id,
      author_role: 'buyer',
      author_id: scene.ada.id,
      author_name: 'Ada',
      subject_id: scene.noor.id,
      gig_id: scene.shop.gigId,
      rating: 5,
      body: 'Exact.',
    }),
  );
  const published = async () =>
    (await asSystem(app, (trx) => trx('reviews').where({ id }).first('published_at'))).published_at;
  at('2026-11-16T08:59:00');
  await sweep();
  expect(await published()).toBeNull();
  at('2026-11-16T09:00:00');
  await sweep();
  expect(await published()).toEqual(new Date('2026-11-16T09:00:00Z'));
});

test('an order that cannot move holds up no other', async () => {
  at('2026-11-02T09:00:00');
  const [stuck, fine] = [await orderIn(app, scene, 'delivered'), await orderIn(app, scene, 'delivered')];
  await asSystem(app, async (trx) => {
    await trx.raw(
      'alter table notifications add constraint stuck check (order_id is distinct from ?) not valid'.replace(
        '?',
        `'${stuck}'`,
      ),
    );
  });
  at('2026-11-05T10:00:00');
  await sweep();
  expect([await statusOf(stuck), await statusOf(fine)]).toEqual(['delivered', 'completed']);
  await asSystem(app, (trx) => trx.raw('alter table notifications drop constraint stuck'));
  await sweep();
  expect(await statusOf(stuck)).toBe('completed');
});
