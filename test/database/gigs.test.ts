import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  addCategory,
  addGig,
  addPerson,
  addSeller,
  INSERT_GIG,
  INSERT_LISTING,
  WAYS,
  type Status,
} from '../support/plain-gigs.ts';
import { connect, type PlainSql } from '../support/plain-sql.ts';

let database: TestDatabase;
let sql: PlainSql;
let categoryId: string;
const system = { role: 'system' } as const;
let noor: Actor;
let olga: Actor;
let ada: Actor;
let mina: Actor;
type Actor = { role: 'user' | 'admin'; id: string };

beforeAll(async () => {
  database = await createTestDatabase();
  sql = await connect(database.url);
  categoryId = await addCategory(sql);
  const person = async (role: Actor['role'] = 'user') => ({ role, id: await addPerson(sql, role) });
  [noor, olga, ada, mina] = [await person(), await person(), await person(), await person('admin')];
  for (const { id } of [noor, olga, mina]) await addSeller(sql, id, 'verified');
});
afterAll(async () => {
  await sql.close();
  await database.drop();
});

const gigIn = (status: Status, seller = noor) => addGig(sql, categoryId, seller.id, status);
const move = (actor: Parameters<PlainSql['run']>[0], gig: string, to: string) =>
  sql
    .run(actor, `update gigs set status = $2::gig_status where id = $1`, [gig, to])
    .catch((error: Error) => error.message);

describe('gigs.status', () => {
  const sellers = new Set(['draft>review', 'rejected>review', 'review>draft', 'published>paused', 'paused>published']);
  const admins = new Set(['review>published', 'review>rejected']);
  const statuses = Object.keys(WAYS) as Status[];
  const pairs = statuses.flatMap((from) => statuses.filter((to) => to !== from).map((to) => [from, to] as const));

  test.each(pairs)('from %s to %s: by whom it should, and nobody else (defect 24)', async (from, to) => {
    const step = `${from}>${to}`;
    const attempt = async (actor: Parameters<typeof move>[0]) => move(actor, await gigIn(from), to);
    expect(await attempt(noor)).toEqual(sellers.has(step) ? 1 : expect.stringContaining('cannot go from'));
    expect(await attempt(mina)).toEqual(admins.has(step) ? 1 : expect.stringContaining('cannot go from'));
    expect(await attempt(olga)).toBe(0);
    expect(await attempt(ada)).toBe(0);
    expect(await attempt({ role: 'anonymous' })).toBe(0);
    expect(await attempt({ role: 'guest', id: randomUUID() })).toBe(0);
  });

  test('a gig starts as a draft', async () => {
    for (const status of ['review', 'published', 'paused', 'rejected']) {
      await expect(sql.run(noor, INSERT_GIG, [randomUUID(), noor.id, categoryId, status]), status).rejects.toThrow(
        'starts as a draft',
      );
    }
    await expect(sql.run(olga, INSERT_GIG, [randomUUID(), noor.id, categoryId, 'draft'])).rejects.toThrow(
      'row-level security',
    );
  });

  test('an admin cannot approve a gig of her own', async () => {
    const own = await gigIn('review', mina);
    expect(await move(mina, own, 'published')).toContain('cannot go from review to published');
    expect(await move(mina, own, 'rejected')).toContain('cannot go from review to rejected');
  });

  test('a gig stays with its seller', async () => {
    const gig = await gigIn('draft');
    await expect(sql.run(noor, `update gigs set seller_id = $2 where id = $1`, [gig, olga.id])).rejects.toThrow();
    expect(await sql.run(olga, `update gigs set seller_id = $2 where id = $1`, [gig, olga.id])).toBe(0);
  });
});

test('packages and extras are written by their seller and read by nobody else but admins (defect 47)', async () => {
  const gig = await gigIn('draft');
  const addPackage = `insert into gig_packages (id, gig_id, tier, title, description, price_cents, delivery_days, revisions)
    values ($1, $2, 'basic', 'One', 'One page', 4500, 3, 1)`;
  const addExtra = `insert into gig_extras (id, gig_id, title, price_cents) values ($1, $2, 'Second language', 2000)`;
  for (const statement of [addPackage, addExtra]) {
    await expect(sql.run(olga, statement, [randomUUID(), gig])).rejects.toThrow('row-level security');
    expect(await sql.run(noor, statement, [randomUUID(), gig])).toBe(1);
  }
  const count = (actor: Parameters<PlainSql['run']>[0], table: string) =>
    sql.run(actor, `select 1 from ${table} where gig_id = $1`, [gig]);
  for (const table of ['gig_packages', 'gig_extras']) {
    expect([
      await count(noor, table),
      await count(mina, table),
      await count(olga, table),
      await count({ role: 'anonymous' }, table),
    ]).toEqual([1, 1, 0, 0]);
    expect(await sql.run(olga, `delete from ${table} where gig_id = $1`, [gig])).toBe(0);
  }
});

describe('gig_revisions', () => {
  const insert = `insert into gig_revisions (id, gig_id, number, doc, status) values ($1, $2, $3, '{}', $4)`;

  test('a seller submits, but does not decide', async () => {
    const gig = await gigIn('draft');
    await expect(sql.run(noor, insert, [randomUUID(), gig, 1, 'approved'])).rejects.toThrow();
    await expect(sql.run(olga, insert, [randomUUID(), gig, 1, 'review'])).rejects.toThrow('row-level security');
    expect(await sql.run(noor, insert, [randomUUID(), gig, 1, 'review'])).toBe(1);
    expect(
      await sql.run(noor, `update gig_revisions set status = 'approved', decided_at = now() where gig_id = $1`, [gig]),
    ).toBe(0);
    expect(
      await sql.run(mina, `update gig_revisions set status = 'approved', decided_at = now() where gig_id = $1`, [gig]),
    ).toBe(1);
  });

  test('one waits at a time, numbers are unique, and a rejection has a reason', async () => {
    const gig = await gigIn('draft');
    await sql.run(noor, insert, [randomUUID(), gig, 1, 'review']);
    await expect(sql.run(noor, insert, [randomUUID(), gig, 2, 'review'])).rejects.toThrow(
      'gig_revisions_one_in_review',
    );
    const reject = `update gig_revisions set status = 'rejected', reason = $2, decided_at = now() where gig_id = $1`;
    for (const reason of [null, '  ']) await expect(sql.run(mina, reject, [gig, reason])).rejects.toThrow();
    expect(await sql.run(mina, reject, [gig, 'Too thin.'])).toBe(1);
    await expect(sql.run(noor, insert, [randomUUID(), gig, 1, 'review'])).rejects.toThrow('unique');
  });
});

describe('gig_listings', () => {
  test('a gig that its seller pauses leaves the shop in the same statement (defect 24)', async () => {
    const gig = await gigIn('published');
    await sql.run(system, INSERT_LISTING, [gig, noor.id]);
    expect(await move(noor, gig, 'paused')).toBe(1);
    expect(await sql.rows(`select 1 from gig_listings where gig_id = $1`, [gig])).toEqual([]);
  });

  test('a listing follows the name, username and place of its seller', async () => {
    const gig = await gigIn('published');
    await sql.run(system, INSERT_LISTING, [gig, noor.id]);
    await sql.run(
      noor,
      `update profiles set display_name = 'Noor Haddad', username = 'noor-prints', location = 'Amman' where user_id = $1`,
      [noor.id],
    );
    expect(
      await sql.rows(`select seller_name, seller_username, seller_location from gig_listings where gig_id = $1`, [gig]),
    ).toEqual([{ seller_name: 'Noor Haddad', seller_username: 'noor-prints', seller_location: 'Amman' }]);
  });
});
