import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts';
import { orderDeadlines } from '../../src/jobs/order-deadlines.ts';
import {
  ORDER_PROCESS,
  processRows,
  type OrderStatus,
  type OrderTransition,
} from '../../src/models/order/order-process.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { dice } from '../support/order-life.ts';
import {
  asSystem,
  createPerson,
  deliverWork,
  openShop,
  placeOrder,
  sendBrief,
  transact,
  transition,
  type TestPerson,
  type TestShop,
} from '../support/orders.ts';

/** Two people and the clock act on one order at the same time, in rounds; each order lives through some of them. */
const ORDERS = 60;
const ROUNDS = 8;
const HOUR = 3_600_000;

let app: TestApp;
let ada: TestPerson;
let noor: TestPerson;
let mina: TestPerson;
let shop: TestShop;

beforeAll(async () => {
  app = await startTestApp();
  ada = await createPerson(app, 'Ada Marlowe', { timeZone: 'Europe/Berlin' });
  noor = await createPerson(app, 'Noor Haddad', { timeZone: 'Asia/Amman' });
  mina = await createPerson(app, 'Mina Farouk', { role: 'admin' });
  shop = await openShop(app, noor);
});
afterEach(() => clock.set(null));
afterAll(() => app.stop());

const NAMES = Object.keys(ORDER_PROCESS) as OrderTransition[];

interface Step {
  number: number;
  transition: string;
  from_status: OrderStatus | null;
  to_status: OrderStatus;
  actor: string;
}

/** 23505: two deliveries with one number. */
const isRefusal = (error: unknown): boolean =>
  [Conflict, Forbidden, Invalid, NotFound].some((refusal) => error instanceof refusal) ||
  (error as { code?: string }).code === '23505';

/** An answer, or a delivery, or any transition at all: most are refused, none may leave half a change. */
function act(id: string, by: TestPerson, roll: () => number): Promise<unknown> {
  const pick = Math.floor(roll() * 10);
  if (pick === 0) return sendBrief(app, id, ada);
  if (pick <= 2) return deliverWork(app, id, noor);
  if (pick === 3) {
    return transact(app, by.actor, (trx) =>
      trx.raw(`select propose(?, 'settlement', null, ?::integer, 'Half is done')`, [
        id,
        1 + Math.floor(roll() * 11_000),
      ]),
    );
  }
  if (pick === 4) {
    return transact(app, by.actor, (trx) =>
      trx.raw(
        `select order_transition(o.id, 'settle', o.status, null, p.id) from orders o join proposals p on p.order_id = o.id and p.status = 'open' and p.kind = 'settlement' where o.id = ?`,
        [id],
      ),
    );
  }
  // The way through changes is narrow; chance alone seldom finds it.
  if (pick === 5) return transition(app, id, 'request_revision', ada.actor, 'Larger type');
  return transition(app, id, NAMES[Math.floor(roll() * NAMES.length)]!, by.actor, 'As it came');
}

test(`${ORDERS * (ROUNDS + 1)} rounds of two people, an admin and the clock at once: history is a path of the table`, async () => {
  const rules = new Map(processRows().map(({ transition, from, actor, to }) => [`${transition} ${from} ${actor}`, to]));
  const reached = new Set<string>();
  for (let seed = 1; seed <= ORDERS; seed += 1) {
    const roll = dice(seed);
    let now = Date.parse('2026-11-16T09:00:00Z') + Math.floor(roll() * 7 * 24) * HOUR;
    clock.set(new Date(now));
    const id = await placeOrder(app, { shop, buyer: ada });
    for (let round = 0; round <= ROUNDS; round += 1) {
      now += Math.floor(roll() * roll() * roll() * 20 * 24) * HOUR;
      clock.set(new Date(now));
      const people = [ada, noor, ...(roll() < 0.2 ? [mina] : [])];
      const outcomes = await Promise.allSettled([
        ...people.map((by) => act(id, by, roll)),
        // What is in dispute at the end is decided: chance alone seldom gives all of the money back.
        ...(round === ROUNDS ? [transition(app, id, 'resolve_refund', mina.actor, 'Nothing came of it')] : []),
        act(id, roll() < 0.5 ? ada : noor, roll),
        orderDeadlines(app.services),
      ]);
      // Refusals are expected; a deadlock, a timeout or a broken check would be neither path nor refusal.
      const strange = outcomes.flatMap((one) =>
        one.status === 'rejected' && !isRefusal(one.reason) ? [String(one.reason)] : [],
      );
      expect([`seed ${seed} round ${round}`, strange]).toEqual([`seed ${seed} round ${round}`, []]);
    }
    const { order, steps, open } = await asSystem(app, async (trx) => ({
      order: await trx('orders')
        .where({ id })
        .first<{ status: OrderStatus; resume_status: OrderStatus | null; transition_count: number }>(),
      steps: await trx<Step>('order_transitions')
        .where({ order_id: id } as never)
        .orderBy('number')
        .select('*'),
      open: await trx('proposals').where({ order_id: id, status: 'open' }).pluck<string[]>('kind'),
    }));
    const told = `seed ${seed}`;
    let status: OrderStatus | null = null;
    let base: OrderStatus | null = null;
    for (const [index, step] of (steps as Step[]).entries()) {
      expect([told, step.number, step.from_status]).toEqual([told, index, status]);
      if (step.from_status !== null) {
        const to = rules.get(`${step.transition} ${step.from_status} ${step.actor}`);
        expect([told, step.transition, to !== undefined]).toEqual([told, step.transition, true]);
        expect([told, step.to_status]).toEqual([told, to ?? base]);
      }
      const interrupted = step.to_status === 'cancel_requested' || step.to_status === 'disputed';
      base = interrupted ? (base ?? step.from_status) : null;
      status = step.to_status;
      reached.add(step.to_status);
    }
    expect([told, order!.status, order!.resume_status, order!.transition_count]).toEqual([
      told,
      status,
      base,
      steps.length - 1,
    ]);
    if (['completed', 'cancelled', 'refunded'].includes(order!.status)) expect([told, open]).toEqual([told, []]);
    expect([told, open.includes('cancellation')]).toEqual([told, order!.status === 'cancel_requested']);
  }
  expect([...reached].sort()).toEqual(
    [
      'awaiting_requirements',
      'cancel_requested',
      'cancelled',
      'completed',
      'delivered',
      'disputed',
      'in_progress',
      'refunded',
      'revision_requested',
    ].sort(),
  );
});
