import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Actor, type Database, type Transaction } from '../../src/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  asSystem,
  createGuest,
  createPerson,
  openShop,
  orderIn,
  placeOrder,
  transact,
  type TestPerson,
  type TestShop,
} from '../support/orders.ts';

let testDatabase: TestDatabase;
let stage: { database: Database };
let ada: TestPerson;
let noor: TestPerson;
let mina: TestPerson;
let tomas: TestPerson;
let shop: TestShop;
let delivered: string;
let guest: { id: string; actor: Actor };
let guestsOrder: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  stage = { database: openDatabase(testDatabase.url, 4) };
  ada = await createPerson(stage, 'Ada Marlowe');
  noor = await createPerson(stage, 'Noor Haddad');
  mina = await createPerson(stage, 'Mina Farouk', { role: 'admin' });
  tomas = await createPerson(stage, 'Tomas Novak');
  shop = await openShop(stage, noor);
  delivered = await orderIn(stage, { ada, noor, shop }, 'delivered');
  guest = await createGuest(stage);
  guestsOrder = await placeOrder(stage, { shop, guest });
  await transact(stage, ada.actor, (trx) =>
    trx('order_messages').insert({ id: randomUUID(), order_id: delivered, sender_id: ada.id, body: 'Hello' }),
  );
});
afterAll(async () => {
  await stage.database.close();
  await testDatabase.drop();
});

const as = <T>(actor: Actor, work: (trx: Transaction) => Promise<T>) => transact(stage, actor, work);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string; constructor: { name: string } }) => error.code ?? error.constructor.name,
  );
const REFUSED = '42501';
const nobody: Actor = { role: 'anonymous' };

/** Library tables without owners; every actor may read and write them. */
const OPEN = ['knex_migrations', 'knex_migrations_lock', 'rate_limits', 'sessions'];

test('every table has row level security, enabled and forced; the open ones are these', async () => {
  const { rows } = await stage.database.pool.raw<{ rows: { name: string; guarded: boolean; open: boolean }[] }>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
      exists (select 1 from pg_policy p where p.polrelid = c.oid and pg_get_expr(p.polqual, c.oid) = 'true'
              and p.polcmd in ('*', 'w', 'd')) as open
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  expect(rows.filter(({ guarded }) => !guarded)).toEqual([]);
  expect(rows.filter(({ open }) => open).map(({ name }) => name)).toEqual(OPEN);
});

test('the application’s role is bound by it', async () => {
  const { rows } = await stage.database.pool.raw<{ rows: object[] }>(
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
});

describe('what belongs to an order', () => {
  const tables = [
    'order_items',
    'order_requirements',
    'order_messages',
    'order_deliveries',
    'order_transitions',
    'order_clock',
    'whop_payments',
  ];
  const count = (actor: Actor, table: string, where: object) =>
    as(actor, async (trx) => Number((await trx(table).where(where).count({ n: '*' }))[0]!.n));

  test.each(tables)('%s: both sides and admins read it, nobody else', async (table) => {
    const where = { order_id: delivered };
    for (const { actor } of [ada, noor, mina]) expect(await count(actor, table, where)).toBeGreaterThan(0);
    for (const actor of [tomas.actor, guest.actor, nobody]) expect(await count(actor, table, where)).toBe(0);
  });

  test('the order itself, its checkout and its draft', async () => {
    await as(noor.actor, (trx) => trx('order_delivery_drafts').insert({ order_id: delivered, message: 'x' }));
    for (const actor of [tomas.actor, guest.actor, nobody]) {
      expect(await count(actor, 'orders', { id: delivered })).toBe(0);
      expect(await count(actor, 'whop_checkout_configs', {})).toBe(actor === guest.actor ? 1 : 0);
      expect(await count(actor, 'order_delivery_drafts', {})).toBe(0);
    }
    expect(await count(ada.actor, 'order_delivery_drafts', {})).toBe(0);
    expect(await count(noor.actor, 'order_delivery_drafts', {})).toBe(1);
  });

  test('the buyer’s draft of a brief is not for the seller or an admin to read, write or take away', async () => {
    const row = { order_id: delivered, answers: '{}' };
    for (const { actor } of [noor, mina, tomas, guest]) {
      expect(await codeOf(as(actor, (trx) => trx('order_brief_drafts').insert(row)))).toBe(REFUSED);
    }
    await as(ada.actor, (trx) => trx('order_brief_drafts').insert(row));
    for (const actor of [noor.actor, mina.actor, tomas.actor, guest.actor, nobody]) {
      expect(await count(actor, 'order_brief_drafts', {})).toBe(0);
      expect(await as(actor, (trx) => trx('order_brief_drafts').update({ answers: '{"a":"b"}' }))).toBe(0);
      expect(await as(actor, (trx) => trx('order_brief_drafts').delete())).toBe(0);
    }
    expect(await count(ada.actor, 'order_brief_drafts', {})).toBe(1);
  });

  test('a guest sees his own order and no other; his id as a user opens nothing', async () => {
    expect(await count(guest.actor, 'orders', {})).toBe(1);
    expect(await count(guest.actor, 'order_items', { order_id: guestsOrder })).toBe(2);
    expect(await count({ role: 'user', id: guest.id }, 'orders', {})).toBe(0);
    expect(await count({ role: 'guest', id: ada.id }, 'orders', {})).toBe(0);
  });
});

describe('what a side may not write (defects 6, 27)', () => {
  const delivery = (order_id: string) => ({ id: randomUUID(), order_id, number: 7, message: 'Forged' });
  const message = (change: object) => ({ id: randomUUID(), order_id: delivered, body: 'Forged', ...change });

  test('the buyer writes no delivery, nor does a stranger or an admin', async () => {
    for (const { actor } of [ada, tomas, mina]) {
      expect(await codeOf(as(actor, (trx) => trx('order_deliveries').insert(delivery(delivered))))).toBe(REFUSED);
    }
  });

  test('a delivery that was made is never changed or taken back', async () => {
    for (const { actor } of [ada, noor, tomas]) {
      expect(await as(actor, (trx) => trx('order_deliveries').update({ message: 'Other' }))).toBe(0);
      expect(await as(actor, (trx) => trx('order_deliveries').delete())).toBe(0);
    }
  });

  test('the seller changes no answer; the buyer no question, and nothing after the delivery', async () => {
    const open = await orderIn(stage, { ada, noor, shop }, 'in_progress');
    const answer = (actor: Actor, id: string, change: object) =>
      as(actor, (trx) => trx('order_requirements').where({ order_id: id }).update(change));
    expect(await answer(noor.actor, open, { answer: '"x"' })).toBe(0);
    expect(await answer(tomas.actor, open, { answer: '"x"' })).toBe(0);
    expect(await codeOf(answer(ada.actor, open, { label: 'Other question' }))).toBe(REFUSED);
    expect(await codeOf(answer(ada.actor, open, { required: false }))).toBe(REFUSED);
    expect(await answer(ada.actor, open, { answer: '"x"' })).toBe(4);
    expect(await codeOf(answer(ada.actor, delivered, { answer: '"x"' }))).toBe('Conflict');
  });

  test('nobody writes into a foreign thread, or under another name', async () => {
    const attempts: [Actor, object][] = [
      [tomas.actor, { sender_id: tomas.id }],
      [ada.actor, { sender_id: noor.id }],
      [ada.actor, { sender_id: null }],
      [mina.actor, { sender_id: mina.id }],
      [guest.actor, { sender_guest_id: guest.id }],
      [nobody, {}],
    ];
    for (const [actor, change] of attempts) {
      expect(await codeOf(as(actor, (trx) => trx('order_messages').insert(message(change))))).toBe(REFUSED);
    }
  });

  test('money, history, items and orders are read, never written, by people', async () => {
    for (const { actor } of [ada, noor, mina, tomas]) {
      for (const [table, change] of [
        ['orders', { total_cents: 1, fee_cents: 0, seller_cents: 1 }],
        ['order_items', { unit_cents: 1, total_cents: 1 }],
        ['order_transitions', { reason: 'forged' }],
        ['whop_payments', { status: 'refunded' }],
      ] as const) {
        expect([table, await as(actor, (trx) => trx(table).update(change))]).toEqual([table, 0]);
        expect([table, await as(actor, (trx) => trx(table).delete())]).toEqual([table, 0]);
      }
      const forged = {
        order_id: delivered,
        number: 9,
        transition: 'accept_delivery',
        to_status: 'completed',
        actor: 'buyer',
      };
      expect(await codeOf(as(actor, (trx) => trx('order_transitions').insert(forged)))).toBe(REFUSED);
    }
  });

  test('a review is written by its own author, unpublished, about an order of his that is complete', async () => {
    const done = await orderIn(stage, { ada, noor, shop }, 'completed');
    const review = (change: object) => ({
      id: randomUUID(),
      order_id: done,
      author_role: 'buyer',
      author_id: ada.id,
      author_name: 'Ada Marlowe',
      rating: 5,
      body: 'Fine',
      ...change,
    });
    const write = (actor: Actor, change: object) => codeOf(as(actor, (trx) => trx('reviews').insert(review(change))));
    expect(await write(noor.actor, {})).toBe(REFUSED);
    expect(await write(noor.actor, { author_id: noor.id })).toBe(REFUSED);
    expect(await write(tomas.actor, { author_id: tomas.id })).toBe(REFUSED);
    expect(await write(ada.actor, { published_at: new Date() })).toBe(REFUSED);
    expect(await write(ada.actor, { rating: 6 })).toBe('23514');
    expect(await write(ada.actor, { order_id: delivered })).toBe('Conflict');
    expect(await write(ada.actor, {})).toBe('done');
    expect(await as(ada.actor, (trx) => trx('reviews').update({ rating: 1 }))).toBe(0);
  });
});

describe('reports of conversations', () => {
  const thread = randomUUID();
  const row = (change: object = {}) => ({ id: randomUUID(), conversation_id: thread, reason: 'Rude', ...change });
  const insert = (actor: Actor, change: object) =>
    codeOf(as(actor, (trx) => trx('conversation_reports').insert(row(change))));
  const count = (actor: Actor, table: string) =>
    as(actor, async (trx) => Number((await trx(table).count({ n: '*' }))[0]!.n));

  beforeAll(async () => {
    await as(ada.actor, (trx) => trx('conversations').insert({ id: thread, buyer_id: ada.id, seller_id: noor.id }));
    await as(ada.actor, (trx) =>
      trx('order_messages').insert({ id: randomUUID(), conversation_id: thread, sender_id: ada.id, body: 'Hello' }),
    );
  });

  test('an admin sees a conversation and its messages when it is reported, not before', async () => {
    const messages = (actor: Actor) =>
      as(actor, (trx) => trx('order_messages').where({ conversation_id: thread }).pluck('body'));
    expect([await count(mina.actor, 'conversations'), await messages(mina.actor)]).toEqual([0, []]);
    expect(await insert(ada.actor, { reporter_id: ada.id })).toBe('done');
    expect([await count(mina.actor, 'conversations'), await messages(mina.actor)]).toEqual([1, ['Hello']]);
    for (const actor of [tomas.actor, guest.actor, nobody, { role: 'user', id: mina.id } as const]) {
      expect([await count(actor, 'conversations'), await messages(actor)]).toEqual([0, []]);
    }
    const written = { id: randomUUID(), conversation_id: thread, sender_id: mina.id, body: 'Stop' };
    expect(await codeOf(as(mina.actor, (trx) => trx('order_messages').insert(written)))).toBe(REFUSED);
  });

  test('a side reports in his own name, openly, once; nobody else does', async () => {
    const attempts: [Actor, object][] = [
      [tomas.actor, { reporter_id: tomas.id }],
      [mina.actor, { reporter_id: mina.id }],
      [guest.actor, { reporter_id: null }],
      [nobody, { reporter_id: null }],
      [noor.actor, { reporter_id: ada.id }],
      [noor.actor, { reporter_id: null }],
      [noor.actor, { reporter_id: noor.id, closed_at: new Date(), outcome: 'Nothing' }],
    ];
    for (const [actor, change] of attempts) expect(await insert(actor, change)).toBe(REFUSED);
    expect(await insert(ada.actor, { reporter_id: ada.id })).toBe('23505');
    expect(await insert(noor.actor, { reporter_id: noor.id, reason: '' })).toBe('23514');
    expect(await insert(noor.actor, { reporter_id: noor.id })).toBe('done');
  });

  test('the reporter sees his own, admins all; nobody changes one or takes it back', async () => {
    const seen: [Actor, number][] = [
      [ada.actor, 1],
      [noor.actor, 1],
      [mina.actor, 2],
      [tomas.actor, 0],
      [guest.actor, 0],
      [nobody, 0],
    ];
    for (const [actor, rows] of seen) {
      expect(await count(actor, 'conversation_reports')).toBe(rows);
      const closing = { closed_at: new Date(), outcome: 'Nothing' };
      expect(await as(actor, (trx) => trx('conversation_reports').update(closing))).toBe(0);
      expect(await as(actor, (trx) => trx('conversation_reports').delete())).toBe(0);
    }
  });

  test('closed means with a note, and open without', async () => {
    const change = (columns: object) =>
      codeOf(asSystem(stage, (trx) => trx('conversation_reports').where({ reporter_id: ada.id }).update(columns)));
    expect(await change({ closed_at: new Date() })).toBe('23514');
    expect(await change({ outcome: 'Nothing' })).toBe('23514');
    expect(await change({ closed_by: mina.id })).toBe('23514');
    expect(await change({ closed_at: new Date(), closed_by: mina.id, outcome: 'Warned' })).toBe('done');
    expect(await insert(ada.actor, { reporter_id: ada.id })).toBe('done');
  });
});

describe('offers', () => {
  const [thread, other, ids] = [randomUUID(), randomUUID(), { first: randomUUID(), second: randomUUID() }];
  const row = (change: object = {}) => ({
    ...{ id: ids.first, conversation_id: thread, gig_id: shop.gigId, seller_id: noor.id, buyer_id: ada.id },
    ...{ title: 'Two signs', description: 'For the door', price_cents: 2_000, days: 9, revisions: 4, ...change },
  });
  const insert = (actor: Actor, change: object = {}) => codeOf(as(actor, (trx) => trx('offers').insert(row(change))));
  const change = (actor: Actor, columns: object, id = ids.first) =>
    codeOf(as(actor, (trx) => trx('offers').where({ id }).update(columns)));
  const read = (id = ids.first) => asSystem(stage, (trx) => trx('offers').where({ id }).first());

  beforeAll(async () => {
    await asSystem(stage, (trx) =>
      trx('conversations').insert([
        { id: thread, buyer_id: ada.id, seller_id: noor.id, gig_id: shop.gigId },
        { id: other, buyer_id: tomas.id, seller_id: noor.id, gig_id: null },
      ]),
    );
  });

  test('only the seller of the conversation makes one, of his own gig in it, while it is on sale', async () => {
    for (const actor of [ada.actor, tomas.actor, mina.actor, guest.actor, nobody])
      expect(await insert(actor)).toBe(REFUSED);
    expect(await insert(ada.actor, { seller_id: ada.id, buyer_id: noor.id })).toBe(REFUSED);
    expect(await insert(noor.actor, { buyer_id: tomas.id })).toBe(REFUSED);
    expect(await insert(noor.actor, { conversation_id: other, buyer_id: tomas.id })).toBe(REFUSED);
    expect(await insert(noor.actor, { gig_id: randomUUID() })).toBe('Conflict');
    expect(await insert(noor.actor, { price_cents: 499 })).toBe('23514');
    const forged = { status: 'accepted', expires_at: new Date(Date.now() + 365 * 86_400_000) };
    expect(await insert(noor.actor, forged)).toBe('done');
    const made = await read();
    expect(made).toMatchObject({ status: 'open', answered_at: null, order_id: null });
    expect(made.expires_at.getTime() - made.created_at.getTime()).toBe(14 * 86_400_000);
    expect(await insert(noor.actor, { id: ids.second })).toBe('23505');
  });

  test('both sides see it, nobody else', async () => {
    const seen = (actor: Actor) => as(actor, (trx) => trx('offers').where({ id: ids.first }).pluck('id'));
    for (const actor of [ada.actor, noor.actor]) expect(await seen(actor)).toEqual([ids.first]);
    for (const actor of [tomas.actor, mina.actor, guest.actor, nobody]) expect(await seen(actor)).toEqual([]);
  });

  test('what was offered stays; nobody accepts, withdraws or declines for the other', async () => {
    for (const columns of [{ price_cents: 500 }, { title: 'One sign' }, { days: 30 }, { revisions: 0 }])
      for (const actor of [ada.actor, noor.actor]) expect(await change(actor, columns)).toBe('Forbidden');
    for (const columns of [{ buyer_id: tomas.id }, { expires_at: new Date() }, { order_id: randomUUID() }])
      expect(await change(noor.actor, columns)).toBe('Forbidden');
    for (const actor of [ada.actor, noor.actor]) expect(await change(actor, { status: 'accepted' })).toBe('Forbidden');
    expect(await change(ada.actor, { status: 'withdrawn' })).toBe('Forbidden');
    expect(await change(noor.actor, { status: 'declined' })).toBe('Forbidden');
    for (const actor of [tomas.actor, mina.actor, guest.actor, nobody])
      expect(await as(actor, (trx) => trx('offers').update({ status: 'withdrawn' }))).toBe(0);
    for (const actor of [ada.actor, noor.actor]) expect(await as(actor, (trx) => trx('offers').delete())).toBe(0);
    expect(await codeOf(asSystem(stage, (trx) => trx('offers').update({ price_cents: 500 })))).toBe('Forbidden');
    expect(await read()).toMatchObject({ status: 'open', price_cents: 2_000 });
  });

  test('an answered offer stays answered; only a payment accepts it all the same', async () => {
    expect(await change(ada.actor, { status: 'declined' })).toBe('done');
    for (const status of ['open', 'withdrawn']) expect(await change(noor.actor, { status })).not.toBe('done');
    expect(await insert(noor.actor, { id: ids.second })).toBe('done');
    expect(await change(noor.actor, { status: 'withdrawn' }, ids.second)).toBe('done');
    const paid = await placeOrder(stage, { shop, buyer: ada });
    const accept = () =>
      codeOf(
        asSystem(stage, (trx) =>
          trx('offers').where({ id: ids.second }).update({ status: 'accepted', order_id: paid }),
        ),
      );
    expect(await accept()).toBe('done');
    const undo = asSystem(stage, (trx) =>
      trx('offers').where({ id: ids.second }).update({ status: 'open', order_id: null }),
    );
    expect(await codeOf(undo)).toBe('Conflict');
    const told = await asSystem(stage, (trx) =>
      trx('notifications').where({ conversation_id: thread }).orderBy('created_at').select('kind', 'user_id'),
    );
    expect(told).toEqual([
      { kind: 'offer.made', user_id: ada.id },
      { kind: 'offer.declined', user_id: noor.id },
      { kind: 'offer.made', user_id: ada.id },
      { kind: 'offer.withdrawn', user_id: ada.id },
    ]);
  });
});

describe('what a person may not make of himself', () => {
  test('no one sets his own role or lifts his suspension (defect 21)', async () => {
    for (const change of [{ role: 'admin' }, { suspended_at: null }, { email_verified_at: new Date() }]) {
      expect(await as(tomas.actor, (trx) => trx('users').where({ id: tomas.id }).update(change))).toBe(0);
    }
    const [row] = await asSystem(stage, (trx) => trx('users').where({ id: tomas.id }).select('role'));
    expect(row).toEqual({ role: 'user' });
  });

  test('e-mail addresses, password hashes and tokens of others are not there to read (defect 22)', async () => {
    expect(await as(tomas.actor, (trx) => trx('users').pluck('id'))).toEqual([tomas.id]);
    expect(await as(nobody, (trx) => trx('users').pluck('id'))).toEqual([]);
    expect(await as(tomas.actor, (trx) => trx('whop_identities').pluck('sub'))).toEqual([]);
  });

  test('a seller does not check his own identity (defect 23)', async () => {
    await as(tomas.actor, (trx) =>
      trx('seller_accounts').insert({ user_id: tomas.id, company_title: 'Tomas', country: 'cz' }),
    );
    for (const change of [{ kyc_status: 'verified' }, { whop_company_id: 'biz_x' }, { kyc_checked_at: new Date() }]) {
      const attempt = as(tomas.actor, (trx) => trx('seller_accounts').where({ user_id: tomas.id }).update(change));
      expect([change, await codeOf(attempt)]).toEqual([change, REFUSED]);
    }
    const checked = { user_id: ada.id, company_title: 'Ada', country: 'jo', kyc_status: 'verified' };
    expect(await codeOf(as(ada.actor, (trx) => trx('seller_accounts').insert(checked)))).toBe(REFUSED);
    const badge = as(tomas.actor, (trx) =>
      trx('profiles').where({ user_id: tomas.id }).update({ identity_checked: true }),
    );
    expect(await codeOf(badge)).toBe(REFUSED);
  });

  test('no one links himself to a Whop identity (defect 25)', async () => {
    const link = { sub: 'user_victim', user_id: tomas.id };
    expect(await codeOf(as(tomas.actor, (trx) => trx('whop_identities').insert(link)))).toBe(REFUSED);
  });

  test('no one notifies somebody, not even himself (defect 26)', async () => {
    for (const user_id of [ada.id, tomas.id]) {
      expect(await codeOf(as(tomas.actor, (trx) => trx('notifications').insert({ user_id, kind: 'x' })))).toBe(REFUSED);
    }
  });

  test('a form key is taken for oneself only', async () => {
    const taken = { actor_id: ada.id, form_key: randomUUID(), location: '/' };
    expect(await codeOf(as(tomas.actor, (trx) => trx('form_submissions').insert(taken)))).toBe(REFUSED);
  });
});
