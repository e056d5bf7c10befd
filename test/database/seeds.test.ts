import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { people } from '../../seeds/story/people.ts';
import { seed } from '../../seeds/seed.ts';
import { tellWhop } from '../../seeds/whop.ts';
import { systemSession } from '../../src/migrations.ts';
import { ORDER_STATUSES } from '../../src/models/order/order-process.ts';
import { populate } from '../../src/whop-emulator/domain/people.ts';
import { balance } from '../../src/whop-emulator/domain/ledger.ts';
import { refundedCents } from '../../src/whop-emulator/domain/refunding.ts';
import { Store } from '../../src/whop-emulator/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Knex;

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.url);
  db = systemSession(database.url);
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const rows = async <Row>(sql: string): Promise<Row[]> => (await db.raw<{ rows: Row[] }>(sql)).rows;

describe('the seeds', () => {
  it('put forty gigs on sale, spread over eight categories', async () => {
    const categories = await rows<{ name: string; gigs: number }>(`
      select c.name, count(l.gig_id)::int as gigs from categories c left join gig_listings l on l.category_id = c.id
      group by c.id order by c.position`);
    expect(categories.map(({ gigs }) => gigs)).toEqual([7, 6, 6, 5, 5, 4, 4, 3]);
  });

  it('sell nothing of Tomas, whose identity is not checked and whose gig is a draft', async () => {
    const gigs = await rows<{ status: string; listed: boolean; kyc: string }>(`
      select g.status, l.gig_id is not null as listed, a.kyc_status as kyc
      from profiles p join seller_accounts a using (user_id) join gigs g on g.seller_id = a.user_id
        left join gig_listings l on l.gig_id = g.id
      where p.username = 'tomas'`);
    expect(gigs).toEqual([{ status: 'draft', listed: false, kyc: 'not_started' }]);
  });

  it('give Ada and Noor the Whop accounts that the emulator has for them, so that their orders have a chat', async () => {
    const identities = await rows<{ sub: string; email: string }>(
      'select w.sub, u.email from whop_identities w join users u on u.id = w.user_id order by w.sub',
    );
    const emulator = new Store();
    populate(emulator);
    expect(identities.map(({ sub }) => emulator.users.get(sub)?.email)).toEqual([
      'ada@gigflow.test',
      'noor@gigflow.test',
    ]);
    expect(identities.map(({ email }) => email)).toEqual(['ada@gigflow.test', 'noor@gigflow.test']);
    const [{ shared }] = (await rows<{ shared: number }>(`
      select count(*)::int as shared from orders o join whop_identities b on b.user_id = o.buyer_id
        join whop_identities s on s.user_id = o.seller_id`)) as [{ shared: number }];
    expect(shared).toBeGreaterThan(0);
  });

  it('leave Mina a gig to review', async () => {
    const waiting = await rows<{ title: string }>(
      `select doc ->> 'title' as title from gig_revisions where status = 'review'`,
    );
    expect(waiting).toEqual([{ title: 'Menu, label or leaflet translated from English to Arabic' }]);
  });

  it('give every gig on sale a cover in both sizes and formats', async () => {
    const covers = await rows<{ files: number; covers: number }>(`
      select count(*)::int as files, count(distinct i.gig_id)::int as covers
      from gig_listings l join gig_images i on i.gig_id = l.gig_id and i.position = 0 join gig_image_files f on f.image_id = i.id`);
    expect(covers).toEqual([{ files: 160, covers: 40 }]);
  });

  it('give Noor an order in every state, walked there by the process', async () => {
    const orders = await rows<{ status: string; steps: number }>(`
      select o.status, min(o.transition_count) as steps from orders o join profiles p on p.user_id = o.seller_id
      where p.username = 'noor' group by o.status`);
    expect(orders.map(({ status }) => status).sort()).toEqual([...ORDER_STATUSES].sort());
    expect(orders.filter(({ steps }) => steps === 0).map(({ status }) => status)).toEqual(['awaiting_requirements']);
  });

  it('rate every gig as its reviews do, and no gig without them', async () => {
    const wrong = await rows(`
      select l.title from gig_listings l left join lateral (
        select count(*) as n, coalesce(sum(rating), 0) as total from reviews r
        where r.gig_id = l.gig_id and r.author_role = 'buyer' and r.published_at is not null and r.hidden_at is null) s on true
      where (l.rating_count, l.rating_sum) is distinct from (s.n, s.total)`);
    const unbought = await rows(`
      select r.id from reviews r join orders o on o.id = r.order_id where o.completed_at is null or r.created_at < o.completed_at`);
    const [reviewed] = await rows<{ gigs: number }>(
      'select count(*)::int as gigs from gig_listings where rating_count > 0',
    );
    expect(wrong).toEqual([]);
    expect(unbought).toEqual([]);
    expect(reviewed?.gigs).toBeGreaterThan(20);
  });

  it('rank sellers by what they did: Noor at level 1, Beatriz at 2, Ilse new', async () => {
    const levels = await rows<{ username: string; level: number }>(
      `select username, level from profiles where username in ('noor', 'beatriz', 'ilse') order by 1`,
    );
    expect(levels.map(({ level }) => level)).toEqual([2, 0, 1]);
  });

  it('tell nothing that happened before its people came or its gig was there', async () => {
    const early = await rows(`
      select o.id from orders o join gig_listings l on l.gig_id = o.gig_id join users u on u.id in (o.buyer_id, o.seller_id)
      where o.created_at < u.created_at or o.created_at < l.published_at
      union all select t.order_id from order_transitions t where t.created_at > now()
      union all select g.id from gigs g join users u on u.id = g.seller_id where g.created_at < u.created_at`);
    expect(early).toEqual([]);
  });

  it('account for every cent that was paid and given back', async () => {
    const off = await rows(`
      select o.id from orders o join whop_payments p on p.order_id = o.id
      where o.total_cents <> p.total_cents or o.fee_cents <> p.fee_cents or o.refunded_cents <> p.refunded_cents
        or (select coalesce(sum(amount_cents), 0) from refunds r where r.order_id = o.id and r.status = 'succeeded') <> o.refunded_cents
        or (select sum(amount_cents) from ledger_entries e where e.order_id = o.id and e.account = 'buyer') <> o.refunded_cents - o.total_cents`);
    expect(off).toEqual([]);
  });

  it('tell the Whop emulator the same sales, once', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gigflow-seeds-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'whop-emulator.json');
    await tellWhop(database.url, file);
    await tellWhop(database.url, file);
    const whop = new Store(file);
    const ours = await rows<{ id: string; cents: number; back: number }>(
      'select whop_payment_id as id, total_cents as cents, refunded_cents as back from whop_payments order by 1',
    );
    const theirs = [...whop.payments.values()].map(({ id, totalCents }) => ({
      id,
      cents: totalCents,
      back: refundedCents(whop, id),
    }));
    expect(theirs.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(ours.sort((a, b) => (a.id < b.id ? -1 : 1)));
    const companies = await rows<{ id: string }>(
      "select whop_company_id as id from seller_accounts where kyc_status = 'verified'",
    );
    expect(companies.map(({ id }) => whop.companies.get(id)?.identity.status)).toEqual(companies.map(() => 'approved'));
    const books = await rows<{ id: string; cents: number }>(`
      select a.whop_company_id as id, sum(l.amount_cents)::int as cents from ledger_entries l
      join seller_accounts a on a.user_id = l.seller_id where l.account = 'seller' group by 1`);
    const sumAt = (id: string): number => Object.values(balance(whop, id) ?? {}).reduce((sum, cents) => sum + cents, 0);
    expect(books.map(({ id }) => sumAt(id))).toEqual(books.map(({ cents }) => cents));
    expect(whop.ledgerEntries.size).toBe(
      new Set([...whop.ledgerEntries.values()].map((entry) => `${entry.cause} ${entry.causeId} ${entry.companyId}`))
        .size,
    );
  });

  it('mail nobody about the past', async () => {
    const jobs = await rows(
      `select task_identifier from graphile_worker.jobs where task_identifier = 'notification-mail'`,
    );
    expect(jobs).toEqual([]);
  });

  it('change nothing the second time', async () => {
    const told = await seed(database.url);
    const [counted] = await rows<{ people: number; admins: number }>(
      `select count(*)::int as people, count(*) filter (where role = 'admin')::int as admins from users`,
    );
    expect(told).toBe(false);
    expect(counted).toEqual({ people: people.length, admins: 1 });
  });
});
