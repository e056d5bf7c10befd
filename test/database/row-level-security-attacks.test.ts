import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Actor, type Database } from '../../src/database.ts';
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
} from '../support/orders.ts';

// Every table is attacked by plain SQL as everybody who has nothing to do with its rows: select, update, delete, insert.
let testDatabase: TestDatabase;
let stage: { database: Database };
let ada: TestPerson;
let noor: TestPerson;
let tomas: TestPerson;
let orderId: string;
let gigId: string;
const thread = randomUUID();
/** Noor's: one of a draft, one that she took down. */
const images = { hung: randomUUID(), removed: randomUUID() };
const face = randomUUID();
let tables: string[];
let attackers: Record<string, Actor>;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  stage = { database: openDatabase(testDatabase.url, 4) };
  ada = await createPerson(stage, 'Ada Marlowe');
  noor = await createPerson(stage, 'Noor Haddad');
  tomas = await createPerson(stage, 'Tomas Novak');
  const shop = await openShop(stage, noor);
  gigId = shop.gigId;
  orderId = await orderIn(stage, { ada, noor, shop }, 'delivered');
  const guest = await createGuest(stage);
  await placeOrder(stage, { shop, guest });
  const other = await createGuest(stage);
  attackers = { nobody: { role: 'anonymous' }, stranger: tomas.actor, 'another guest': other.actor };
  await asSystem(stage, async (trx) => {
    const person = { user_id: ada.id };
    await trx('whop_identities').insert({ sub: 'user_ada', ...person, refresh_token_encrypted: 'v1.sealed' });
    await trx('second_factors').insert({ ...person, secret_encrypted: 'v1.sealed' });
    await trx('account_tokens').insert({
      ...{ id: randomUUID(), purpose: 'reset-password', token_hash: 'hash', email: ada.email, ...person },
      expires_at: trx.raw(`app_now() + interval '1 hour'`),
    });
    await trx('audit_events').insert({ actor_id: ada.id, subject_id: ada.id, action: 'sign-in' });
    const image = { gig_id: gigId, width: 800, height: 500, colour: '#d9a441' };
    await trx('gig_images').insert([
      { id: images.hung, ...image },
      { id: images.removed, ...image, removed_at: new Date() },
    ]);
    const file = { width: 360, format: 'webp', bytes: Buffer.from('a') };
    await trx('gig_image_files').insert(Object.values(images).map((image_id) => ({ image_id, ...file })));
    await trx('avatar_files').insert(
      [face, randomUUID()].map((avatar_id) => ({ avatar_id, user_id: ada.id, width: 96, bytes: Buffer.from('a') })),
    );
    await trx('conversations').insert({ id: thread, buyer_id: ada.id, seller_id: noor.id, gig_id: gigId });
    await trx('conversation_reports').insert({
      ...{ id: randomUUID(), conversation_id: thread, reporter_id: noor.id, reason: 'Rude' },
    });
    await trx('offers').insert({
      ...{ id: randomUUID(), conversation_id: thread, gig_id: gigId, seller_id: noor.id, buyer_id: ada.id },
      ...{ title: 'Two signs', description: 'For the door', price_cents: 2_000, days: 9, revisions: 4 },
    });
    await trx('form_submissions').insert({ actor_id: ada.id, form_key: randomUUID(), location: '/orders' });
    const { rows } = await trx.raw<{ rows: { name: string }[] }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    tables = rows.map(({ name }) => name).filter((name) => !OPEN.includes(name));
  });
});
afterAll(async () => {
  await stage.database.close();
  await testDatabase.drop();
});

/** Library tables without owners; test/database/row-level-security.test.ts lists them. */
const OPEN = ['knex_migrations', 'knex_migrations_lock', 'rate_limits', 'sessions'];
/** What anybody may read; of `reviews`, `posts` and the like only what is published. */
const PUBLIC = [
  ...['categories', 'gig_listings', 'operator_settings', 'order_transition_rules'],
  ...['listing_words', 'posts', 'profiles', 'reviews'],
];

const as = <T>(
  actor: Actor,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<{ rows: T[]; rowCount: number }> =>
  transact(stage, actor, (trx) => trx.raw(sql, bindings as never)) as never;
const outcome = (work: Promise<{ rowCount: number }>): Promise<string> =>
  work.then(
    ({ rowCount }) => `${rowCount} rows`,
    (error: { code?: string; constructor: { name: string } }) => error.code ?? error.constructor.name,
  );
/** Everything that stands in every table, in one word. */
const fingerprint = async (): Promise<Record<string, string>> => {
  const prints: Record<string, string> = {};
  for (const table of tables) {
    const { rows } = (await asSystem(stage, (trx) =>
      trx.raw(
        `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${table} t`,
      ),
    )) as { rows: { print: string }[] };
    prints[table] = rows[0]!.print;
  }
  return prints;
};

test('nobody, a stranger and another guest see public rows and their own, of every table', async () => {
  const seen: Record<string, string[]> = {};
  for (const [who, actor] of Object.entries(attackers)) {
    seen[who] = [];
    for (const table of tables) {
      const { rows } = await as<{ count: number }>(actor, `select count(*) as count from ${table}`);
      if (rows[0]!.count > 0 && !PUBLIC.includes(table)) seen[who].push(`${table}: ${rows[0]!.count}`);
    }
  }
  expect(seen).toEqual({ nobody: [], stranger: ['users: 1'], 'another guest': ['guest_buyers: 1'] });
});

test('without an actor a query sees what nobody sees', async () => {
  for (const table of tables.filter((name) => !PUBLIC.includes(name))) {
    const { rows } = await stage.database.pool.raw<{ rows: { count: number }[] }>(
      `select count(*) as count from ${table}`,
    );
    expect([table, rows[0]!.count]).toEqual([table, 0]);
  }
});

test('update and delete of every row of every table change nothing but one’s own profile', async () => {
  const before = await fingerprint();
  for (const actor of Object.values(attackers)) {
    for (const table of tables) {
      const { rows } = await as<{ name: string }>(
        { role: 'anonymous' },
        `select attname as name from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped
         and attgenerated = '' and attidentity = '' limit 1`,
        [table],
      );
      const column = rows[0]!.name;
      const updated = await outcome(as(actor, `update ${table} set ${column} = ${column}`));
      const own = actor === tomas.actor && table === 'profiles' ? '1 rows' : '0 rows';
      if (updated !== '42501') expect([table, updated]).toEqual([table, own]);
      const deleted = await outcome(as(actor, `delete from ${table}`));
      if (!['42501', '23001'].includes(deleted)) expect([table, deleted]).toEqual([table, '0 rows']);
    }
  }
  const { profiles: _own, ...after } = await fingerprint();
  expect(after).toEqual(Object.fromEntries(Object.entries(before).filter(([table]) => table !== 'profiles')));
});

describe('through foreign keys', () => {
  const refused = async (actor: Actor, table: string, row: object) =>
    expect([table, await outcome(transact(stage, actor, (trx) => trx(table).insert(row) as never) as never)]).toEqual([
      table,
      '42501',
    ]);

  test('no row of a stranger hangs on somebody else’s', async () => {
    const file = { id: randomUUID(), name: 'x.pdf', content_type: 'application/pdf', owner_id: tomas.id };
    await refused(tomas.actor, 'attachments', { ...file, order_id: orderId });
    await refused(tomas.actor, 'order_delivery_drafts', { order_id: orderId, message: 'x' });
    await refused(tomas.actor, 'order_brief_drafts', { order_id: orderId, answers: '{}' });
    await refused(tomas.actor, 'conversation_reports', {
      ...{ id: randomUUID(), conversation_id: thread, reporter_id: tomas.id, reason: 'To read it' },
    });
    const offer = { gig_id: gigId, conversation_id: thread, title: 'Two signs', description: 'For the door' };
    const terms = { ...offer, price_cents: 500, days: 9, revisions: 4 };
    for (const sides of [
      { seller_id: tomas.id, buyer_id: ada.id },
      { seller_id: noor.id, buyer_id: tomas.id },
      { seller_id: noor.id, buyer_id: ada.id },
    ])
      await refused(tomas.actor, 'offers', { id: randomUUID(), ...terms, ...sides });
    await refused(tomas.actor, 'second_factors', { user_id: ada.id, secret_encrypted: 'x' });
    await refused(tomas.actor, 'favorites', { user_id: ada.id, gig_id: randomUUID() });
    await refused(tomas.actor, 'users', { id: randomUUID(), email: 'x@y.test', role: 'admin' });
    await refused(tomas.actor, 'audit_events', { actor_id: ada.id, subject_id: tomas.id, action: 'forged' });
    await refused(tomas.actor, 'account_tokens', {
      ...{ id: randomUUID(), purpose: 'reset-password', token_hash: 'mine', user_id: ada.id, email: ada.email },
      expires_at: new Date(Date.now() + 3_600_000),
    });
  });
});

describe('pictures', () => {
  const ownImages = (actor: Actor) => as<{ id: string }>(actor, 'select id from gig_images order by id');

  test('of a gig, its seller and admins see all; others see what its listing shows, and no more', async () => {
    const stranger = attackers.stranger!;
    expect((await ownImages(noor.actor)).rows).toHaveLength(2);
    expect((await ownImages({ role: 'admin', id: tomas.id })).rows).toHaveLength(2);
    expect((await ownImages(stranger)).rows).toEqual([]);
    const list = (ids: string[]) =>
      asSystem(stage, (trx) =>
        trx('gig_listings')
          .where({ gig_id: gigId })
          .update({ doc: trx.raw(`doc || ?::jsonb`, [JSON.stringify({ images: ids.map((id) => ({ id })) })]) }),
      );
    await list([images.hung]);
    expect((await ownImages(stranger)).rows).toEqual([{ id: images.hung }]);
    expect((await as(stranger, 'select 1 from gig_image_files')).rowCount).toBe(1);
    await list([]);
  });

  test('what was approved cannot be drawn over: a seller changes words, order and whether it hangs', async () => {
    const change = (sql: string, ...values: unknown[]) => outcome(as(noor.actor, sql, values as string[]));
    expect(await change('update gig_images set alt = ?, position = 3 where id = ?', 'A menu', images.hung)).toBe(
      '1 rows',
    );
    expect(await change(`update gig_images set colour = '#000000' where id = ?`, images.hung)).toBe('42501');
    expect(await change('update gig_images set gig_id = ? where id = ?', randomUUID(), images.hung)).toBe('42501');
    expect(await change('update gig_image_files set bytes = ? where image_id = ?', Buffer.from('b'), images.hung)).toBe(
      '0 rows',
    );
    expect(await change('delete from gig_image_files where image_id = ?', images.hung)).toBe('0 rows');
    expect(await change('delete from gig_images where id = ?', images.hung)).toBe('0 rows');
  });

  test('nobody hangs a picture in another’s gig, gives it bytes, or wears another’s face', async () => {
    const image = { id: randomUUID(), gig_id: gigId, width: 800, height: 500, colour: '#d9a441' };
    const insert = (table: string, row: object) =>
      outcome(transact(stage, tomas.actor, (trx) => trx(table).insert(row) as never) as never);
    expect(await insert('gig_images', image)).toBe('42501');
    const file = { width: 720, bytes: Buffer.from('b') };
    expect(await insert('gig_image_files', { image_id: images.hung, format: 'webp', ...file })).toBe('42501');
    expect(await insert('avatar_files', { avatar_id: face, user_id: ada.id, ...file, width: 192 })).toBe('42501');
    const wear = as(tomas.actor, 'update profiles set avatar_id = ? where user_id = ?', [face, tomas.id]);
    expect(await outcome(wear)).toBe('42501');
  });

  test('the ninth picture is refused by the database too', async () => {
    const image = { gig_id: gigId, width: 800, height: 500, colour: '#d9a441' };
    const hang = (count: number) =>
      transact(stage, noor.actor, async (trx) => {
        for (let n = 0; n < count; n += 1) await trx('gig_images').insert({ id: randomUUID(), ...image });
        throw new Error(`${count} hang`);
      });
    await expect(hang(7)).rejects.toThrow('7 hang');
    await expect(hang(8)).rejects.toThrow('at most 8 pictures');
  });
});

describe('through functions', () => {
  test('a stranger moves no order', async () => {
    for (const actor of Object.values(attackers)) {
      const moved = as(actor, `select order_transition(?, 'accept_delivery', 'delivered')`, [orderId]);
      expect(['NotFound', 'Forbidden']).toContain(await outcome(moved));
    }
  });

  test('nobody but the system takes a seller’s gigs off sale', async () => {
    for (const actor of [...Object.values(attackers), ada.actor]) {
      expect(await outcome(as(actor, 'select unpublish_seller(?)', [noor.id]))).toBe('42501');
    }
    const { rows } = (await asSystem(stage, (trx) =>
      trx.raw('select count(*) as count from gig_listings'),
    )) as never as {
      rows: { count: number }[];
    };
    expect(rows[0]!.count).toBe(1);
  });

  test('every function that acts for the system has a fixed search_path, and none is called from another schema', async () => {
    const { rows } = await stage.database.pool.raw<{ rows: { name: string }[] }>(`
      select p.proname as name from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prolang <> (select oid from pg_language where lanname = 'c')
        and not exists (select 1 from unnest(p.proconfig) setting where setting like 'search_path=%')
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
    expect(rows).toEqual([]);
  });

  test('after such a function the asker is who he was', async () => {
    const { rows } = await as<{ role: string }>(
      tomas.actor,
      `select app_role() as role from (select * from session_with_user('nothing') right join (select 1) one on true) done`,
    );
    expect(rows[0]!.role).toBe('user');
  });
});
