import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { openDatabase, type Database, type Transaction } from '../../src/database.ts';
import { processRows } from '../../src/models/order/order-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  asSystem,
  createPerson,
  deliverWork,
  openShop,
  orderIn as orderOf,
  placeOrder,
  readOrder,
  sendBrief,
  transact,
  transition,
  type TestPerson,
  type TestShop,
} from '../support/orders.ts';

let testDatabase: TestDatabase;
let stage: { database: Database };
let ada: TestPerson;
let noor: TestPerson;
let mina: TestPerson;
let shop: TestShop;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  stage = { database: openDatabase(testDatabase.url, 4) };
  ada = await createPerson(stage, 'Ada Marlowe', { timeZone: 'Asia/Amman' });
  noor = await createPerson(stage, 'Noor Haddad');
  mina = await createPerson(stage, 'Mina Farouk', { role: 'admin' });
  shop = await openShop(stage, noor);
});
afterEach(() => clock.set(null));
afterAll(async () => {
  await stage.database.close();
  await testDatabase.drop();
});

const orderIn = (status: Parameters<typeof orderOf>[2], change = {}) =>
  orderOf(stage, { ada, noor, shop }, status, change);
const copyOf = (id: string, status: string) => (trx: Transaction) =>
  trx.raw(
    `insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'checkout_id', gen_random_uuid(), 'status', ?::text))).* from orders o where id = ?`,
    [status, id],
  );
const at = (text: string) => clock.set(new Date(`${text}Z`));
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string; constructor: { name: string } }) => error.code ?? error.constructor.name,
  );

test('order_transition_rules holds exactly what order-process.ts says', async () => {
  const rows = await asSystem(stage, (trx) =>
    trx('order_transition_rules').select({
      transition: 'transition',
      from: 'from_status',
      to: 'to_status',
      actor: 'actor',
    }),
  );
  const key = (row: object) => JSON.stringify(Object.entries(row).sort());
  expect(rows.map(key).sort()).toEqual(processRows().map(key).sort());
});

describe('orders.status', () => {
  test.each(['completed', 'in_progress', 'refunded', 'cancel_requested'])(
    'cannot be set to %s by an UPDATE, whoever asks (defect 6)',
    async (status) => {
      const id = await orderIn('awaiting_requirements');
      const jump = (trx: Transaction) => trx('orders').where({ id }).update({ status });
      expect(await codeOf(asSystem(stage, jump))).toBe('23514');
      for (const { actor } of [ada, noor, mina]) expect(await transact(stage, actor, jump)).toBe(0);
      expect((await readOrder(stage, id)).status).toBe('awaiting_requirements');
    },
  );

  test.each(['completed', 'delivered', 'cancelled'])('cannot begin as %s (defect 6)', async (status) => {
    const id = await orderIn('awaiting_requirements');
    expect(await codeOf(asSystem(stage, copyOf(id, status)))).toBe('23514');
  });

  test('no order begins by the hand of a buyer or seller (defect 6)', async () => {
    const id = await orderIn('awaiting_requirements');
    for (const { actor } of [ada, noor, mina]) {
      expect(await codeOf(transact(stage, actor, copyOf(id, 'in_progress')))).toBe('42501');
    }
  });

  test('a forged history row opens no door', async () => {
    const id = await orderIn('awaiting_requirements');
    const forged = asSystem(stage, async (trx) => {
      await trx('order_transitions').insert({
        order_id: id,
        number: 1,
        transition: 'accept_delivery',
        from_status: 'awaiting_requirements',
        to_status: 'completed',
        actor: 'buyer',
      });
      await trx('orders').where({ id }).update({ status: 'completed', transition_count: 1 });
    });
    expect(await codeOf(forged)).toBe('23514');
  });

  test('the function refuses a foreign role, a wrong moment and a stranger, in that order of knowledge', async () => {
    const id = await orderIn('in_progress');
    const tomas = await createPerson(stage, 'Tomas Novak');
    expect(await codeOf(transition(stage, id, 'deliver', ada.actor))).toBe('Forbidden');
    expect(await codeOf(transition(stage, id, 'accept_delivery', ada.actor))).toBe('Conflict');
    const asked = transact(stage, tomas.actor, (trx) =>
      trx.raw(`select order_transition(?, 'accept_delivery', 'delivered')`, [id]),
    );
    expect(await codeOf(asked)).toBe('NotFound');
    expect(await codeOf(transition(stage, id, 'deliver', noor.actor))).toBe('Invalid');
    const moved = transact(stage, noor.actor, (trx) =>
      trx.raw(`select order_transition(?, 'deliver', 'revision_requested')`, [id]),
    );
    expect(await codeOf(moved)).toBe('Conflict');
  });

  test('the asker is nobody but himself again after the function has worked as the system', async () => {
    const id = await orderIn('delivered');
    const role = await transact(stage, ada.actor, async (trx) => {
      await trx.raw(`select order_transition(?, 'accept_delivery', 'delivered')`, [id]);
      const { rows } = await trx.raw<{ rows: { role: string; seen: number }[] }>(
        'select app_role() as role, (select count(*) from orders where buyer_id <> ?)::integer as seen',
        [ada.id],
      );
      return rows[0];
    });
    expect(role).toEqual({ role: 'user', seen: 0 });
  });
});

test.each(['order_transitions', 'order_clock', 'order_deliveries', 'ledger_entries', 'audit_events'])(
  '%s only grows, also for the system',
  async (table) => {
    const id = await orderIn('delivered');
    await asSystem(stage, async (trx) => {
      if (table === 'audit_events') await trx(table).insert({ action: 'test' });
      if (table !== 'ledger_entries') return;
      const entry = { cause: 'test', cause_id: randomUUID(), order_id: id, currency: 'usd' };
      await trx(table).insert([
        { ...entry, account: 'buyer', amount_cents: -100 },
        { ...entry, account: 'platform', amount_cents: 100 },
      ]);
    });
    for (const attempt of [`update ${table} set id = id`, `delete from ${table}`, `truncate ${table} cascade`]) {
      expect([attempt, await codeOf(asSystem(stage, (trx) => trx.raw(attempt)))]).toEqual([attempt, '23001']);
    }
  },
);

describe('the clock', () => {
  test('starts with the brief and runs n times 24 hours (defect 12)', async () => {
    at('2026-11-16T09:00:00');
    const id = await orderIn('awaiting_requirements', { days: 5 });
    expect((await readOrder(stage, id)).due_at).toBeNull();
    at('2026-11-17T10:30:00');
    await sendBrief(stage, id, ada);
    expect((await readOrder(stage, id)).due_at).toEqual(new Date('2026-11-22T10:30:00Z'));
  });

  test('stops at delivery and goes on with what was left', async () => {
    at('2026-11-16T09:00:00');
    const id = await orderIn('in_progress', { days: 5 });
    at('2026-11-17T09:00:00');
    await deliverWork(stage, id, noor);
    at('2026-11-18T09:00:00');
    await transition(stage, id, 'request_revision', ada.actor, 'Larger type');
    expect((await readOrder(stage, id)).due_at).toEqual(new Date('2026-11-22T09:00:00Z'));
    const events = await asSystem(stage, (trx) =>
      trx('order_clock').where({ order_id: id }).orderBy('at').pluck('event'),
    );
    expect(events).toEqual(['start', 'stop', 'start']);
  });

  test('gives at least 24 hours for changes, also to who was late', async () => {
    at('2026-11-16T09:00:00');
    const id = await orderIn('in_progress', { days: 1 });
    at('2026-11-19T09:00:00');
    await deliverWork(stage, id, noor);
    await transition(stage, id, 'request_revision', ada.actor, 'Larger type');
    expect((await readOrder(stage, id)).due_at).toEqual(new Date('2026-11-20T09:00:00Z'));
  });

  // Ada lives in Amman, three hours ahead: what ends on her weekend moves to her Monday noon, 09:00 UTC.
  test.each([
    ['Monday noon', '2026-11-16T12:00:00', '2026-11-19T12:00:00'],
    ['Tuesday, an hour before her Saturday', '2026-11-17T20:00:00', '2026-11-20T20:00:00'],
    ['Tuesday, when three days later it is Saturday for her', '2026-11-17T21:30:00', '2026-11-23T09:00:00'],
    ['Thursday', '2026-11-19T08:00:00', '2026-11-23T09:00:00'],
    ['Friday, which ends on a Monday', '2026-11-20T08:00:00', '2026-11-23T08:00:00'],
  ])('a delivery on %s accepts itself after three days, not on a weekend', async (_name, delivered, ends) => {
    const id = await orderIn('in_progress');
    at(delivered);
    await deliverWork(stage, id, noor);
    expect((await readOrder(stage, id)).auto_complete_at).toEqual(new Date(`${ends}Z`));
  });

  test('nobody completes an order before its time, the clock included', async () => {
    at('2026-11-16T09:00:00');
    const id = await orderIn('delivered');
    at('2026-11-19T08:59:00');
    expect(await codeOf(transition(stage, id, 'auto_complete', 'clock'))).toBe('Conflict');
    at('2026-11-19T09:00:00');
    await transition(stage, id, 'auto_complete', 'clock');
    expect((await readOrder(stage, id)).status).toBe('completed');
  });
});

test('the rounds of changes end where they were bought to end, whoever asks', async () => {
  const id = await orderIn('delivered', { revisions: 0 });
  expect(await codeOf(transition(stage, id, 'request_revision', ada.actor, 'One more'))).toBe('Conflict');
  expect(await codeOf(transition(stage, id, 'request_revision', ada.actor, '  '))).toBe('Invalid');
});

test('the first completion is the one that counts', async () => {
  at('2026-11-16T09:00:00');
  const id = await orderIn('completed');
  at('2026-11-18T09:00:00');
  await transition(stage, id, 'open_dispute', ada.actor, 'The file does not open');
  await transition(stage, id, 'withdraw_dispute', ada.actor);
  const order = await readOrder(stage, id);
  expect([order.status, order.completed_at]).toEqual(['completed', new Date('2026-11-16T09:00:00Z')]);
});

test('a seller cannot be his own buyer (defect 19)', async () => {
  expect(await codeOf(placeOrder(stage, { shop, buyer: noor }))).toBe('23514');
});
