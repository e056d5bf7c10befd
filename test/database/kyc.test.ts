import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  addCategory,
  addGig,
  addPerson,
  addSeller,
  INSERT_GIG,
  INSERT_LISTING,
  type Status,
} from '../support/plain-gigs.ts';
import { begin, connect, type PlainSql } from '../support/plain-sql.ts';

let database: TestDatabase;
let sql: PlainSql;
let categoryId: string;
/** Verified, and not. */
let noor: string;
let tomas: string;
let mina: string;

const system = { role: 'system' } as const;
const NOT_CHECKED = 'The seller has not passed the identity check';

beforeAll(async () => {
  database = await createTestDatabase();
  sql = await connect(database.url);
  categoryId = await addCategory(sql);
});
beforeEach(async () => {
  noor = await addPerson(sql);
  tomas = await addPerson(sql);
  mina = await addPerson(sql, 'admin');
  await addSeller(sql, noor, 'verified');
  await addSeller(sql, tomas, 'not_started');
});
afterAll(async () => {
  await sql.close();
  await database.drop();
});

const gigOf = (seller: string, status: Status) => addGig(sql, categoryId, seller, status);
const addListing = (gig: string, seller: string) => sql.run(system, INSERT_LISTING, [gig, seller]);
const listings = (gig: string) => sql.rows(`select 1 from gig_listings where gig_id = $1`, [gig]);
async function statusOf(gig: string): Promise<string> {
  const [row] = await sql.rows<{ status: string }>(`select status from gigs where id = $1`, [gig]);
  return row!.status;
}

describe('the identity gate (defect 23)', () => {
  test('a seller cannot verify himself, neither when he opens his account nor later', async () => {
    const as = { role: 'user', id: tomas } as const;
    await expect(
      sql.run(as, `update seller_accounts set kyc_status = 'verified' where user_id = $1`, [tomas]),
    ).rejects.toThrow('written by the system only');
    await expect(
      sql.run(as, `update seller_accounts set payout_enabled = true where user_id = $1`, [tomas]),
    ).rejects.toThrow();
    await expect(
      sql.run(as, `update seller_accounts set company_claimed_at = now() where user_id = $1`, [tomas]),
    ).rejects.toThrow('written by the system only');
    await expect(
      sql.run(as, `update seller_accounts set whop_company_id = 'biz_x' where user_id = $1`, [tomas]),
    ).rejects.toThrow('written by the system only');
    const eve = await addPerson(sql);
    await expect(
      sql.run(
        { role: 'user', id: eve },
        `insert into seller_accounts (user_id, company_title, country, kyc_status) values ($1, 'Eve', 'jo', 'verified')`,
        [eve],
      ),
    ).rejects.toThrow('written by the system only');
    expect(await sql.run(as, `update seller_accounts set company_title = 'Mine' where user_id = $1`, [noor])).toBe(0);
    expect(
      await sql.run(
        { role: 'admin', id: mina },
        `update seller_accounts set kyc_status = 'verified' where user_id = $1`,
        [tomas],
      ),
    ).toBe(0);
  });

  test('no gig of an unverified seller is inserted as published, whoever inserts it', async () => {
    await expect(sql.run(system, INSERT_GIG, [randomUUID(), tomas, categoryId, 'published'])).rejects.toThrow(
      NOT_CHECKED,
    );
    for (const role of ['user', 'admin'] as const) {
      await expect(
        sql.run({ role, id: tomas }, INSERT_GIG, [randomUUID(), tomas, categoryId, 'published']),
      ).rejects.toThrow();
    }
  });

  test('no gig of an unverified seller becomes published, whoever changes it', async () => {
    const gig = await gigOf(tomas, 'review');
    const publish = `update gigs set status = 'published' where id = $1`;
    await expect(sql.run(system, publish, [gig])).rejects.toThrow(NOT_CHECKED);
    await expect(sql.run({ role: 'admin', id: mina }, publish, [gig])).rejects.toThrow(NOT_CHECKED);
    await expect(sql.run({ role: 'user', id: tomas }, publish, [gig])).rejects.toThrow(
      'cannot go from review to published',
    );
    expect(await statusOf(gig)).toBe('review');
  });

  test('no listing of an unverified seller, by insert or by a change of seller', async () => {
    const gig = await gigOf(tomas, 'review');
    await expect(addListing(gig, tomas)).rejects.toThrow(NOT_CHECKED);
    const good = await gigOf(noor, 'published');
    await addListing(good, noor);
    await expect(
      sql.run(system, `update gig_listings set seller_id = $2 where gig_id = $1`, [good, tomas]),
    ).rejects.toThrow(NOT_CHECKED);
    await expect(sql.run(system, `update gigs set seller_id = $2 where id = $1`, [good, tomas])).rejects.toThrow(
      NOT_CHECKED,
    );
  });

  test('only the system writes listings', async () => {
    const gig = await gigOf(noor, 'published');
    for (const actor of [
      { role: 'user', id: noor },
      { role: 'admin', id: mina },
    ] as const) {
      await expect(sql.run(actor, INSERT_LISTING, [gig, noor])).rejects.toThrow('row-level security');
    }
    await addListing(gig, noor);
    expect(
      await sql.run({ role: 'user', id: noor }, `update gig_listings set price_from_cents = 500 where gig_id = $1`, [
        gig,
      ]),
    ).toBe(0);
    expect(await sql.run({ role: 'user', id: noor }, `delete from gig_listings where gig_id = $1`, [gig])).toBe(0);
  });

  test.each(['pending', 'action_required', 'rejected', 'disabled', 'not_started'])(
    'a seller who falls to %s loses his listings in the same transaction',
    async (kyc) => {
      const gig = await gigOf(noor, 'published');
      await addListing(gig, noor);
      await sql.as(system, async (client) => {
        await client.query(`update seller_accounts set kyc_status = $2::kyc_status where user_id = $1`, [noor, kyc]);
        expect((await client.query('select 1 from gig_listings where gig_id = $1', [gig])).rowCount).toBe(0);
      });
      expect(await statusOf(gig)).toBe('paused');
      const [profile] = await sql.rows<{ identity_checked: boolean }>(
        `select identity_checked from profiles where user_id = $1`,
        [noor],
      );
      expect(profile!.identity_checked).toBe(false);
    },
  );

  test('a suspended seller loses his listings and cannot publish again', async () => {
    const gig = await gigOf(noor, 'published');
    await addListing(gig, noor);
    await sql.run(system, `update users set suspended_at = now() where id = $1`, [noor]);
    expect([await statusOf(gig), await listings(gig)]).toEqual(['paused', []]);
    await expect(sql.run(system, `update gigs set status = 'published' where id = $1`, [gig])).rejects.toThrow(
      'The seller is suspended',
    );
  });

  test('a loss of the check waits for a publication that is under way, and takes it back', async () => {
    const gig = await gigOf(noor, 'review');
    const [publisher, revoker] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([publisher.connect(), revoker.connect()]);
    try {
      await begin(publisher, system);
      await publisher.query(`update gigs set status = 'published' where id = $1`, [gig]);
      await begin(revoker, system);
      const revoked = revoker.query(`update seller_accounts set kyc_status = 'rejected' where user_id = $1`, [noor]);
      await untilWaiting(revoker);
      await publisher.query(INSERT_LISTING, [gig, noor]);
      await publisher.query('commit');
      await revoked;
      await revoker.query('commit');
    } finally {
      await Promise.all([publisher.end(), revoker.end()]);
    }
    expect([await statusOf(gig), await listings(gig)]).toEqual(['paused', []]);
  });

  test('a publication waits for a loss of the check that is under way, and is refused', async () => {
    const gig = await gigOf(noor, 'review');
    const [publisher, revoker] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([publisher.connect(), revoker.connect()]);
    try {
      await begin(revoker, system);
      await revoker.query(`update seller_accounts set kyc_status = 'rejected' where user_id = $1`, [noor]);
      await begin(publisher, system);
      const published = publisher.query(`update gigs set status = 'published' where id = $1`, [gig]);
      const refused = expect(published).rejects.toThrow(NOT_CHECKED);
      await untilWaiting(publisher);
      await revoker.query('commit');
      await refused;
      await publisher.query('rollback');
    } finally {
      await Promise.all([publisher.end(), revoker.end()]);
    }
    expect(await statusOf(gig)).toBe('review');
  });
});

/** Until Postgres says that this connection waits for a lock. */
async function untilWaiting(client: pg.Client): Promise<void> {
  const { processID } = client as unknown as { processID: number };
  for (let tries = 0; tries < 500; tries += 1) {
    const [activity] = await sql.rows<{ waits: boolean }>(
      `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
      [processID],
    );
    if (activity?.waits) return;
  }
  throw new Error('It never waited.');
}
