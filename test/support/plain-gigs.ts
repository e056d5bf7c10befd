import { randomUUID } from 'node:crypto';
import type { PlainSql } from './plain-sql.ts';

const system = { role: 'system' } as const;

/** The ways that the database lets a gig go to each status. */
export const WAYS = {
  draft: [],
  review: ['review'],
  rejected: ['review', 'rejected'],
  published: ['review', 'published'],
  paused: ['review', 'published', 'paused'],
} as const;
export type Status = keyof typeof WAYS;

export const INSERT_GIG = `insert into gigs (id, seller_id, category_id, slug, title, description, status)
  values ($1::uuid, $2, $3, 'gig-' || left($1::text, 8), 'A gig of ten letters', repeat('What you get. ', 5), $4::gig_status)`;

export const INSERT_LISTING = `insert into gig_listings (gig_id, slug, seller_id, category_id, revision_number, title,
    description, price_from_cents, delivery_days, currency, seller_username, seller_name, doc)
  select id, slug, $2, category_id, 1, title, description, 500, 1, 'usd', 'u', 'Somebody', '{}' from gigs where id = $1`;

export async function addCategory(sql: PlainSql): Promise<string> {
  const id = randomUUID();
  await sql.run(system, `insert into categories (id, slug, name) values ($1, 'plans-and-drawings', 'Plans')`, [id]);
  return id;
}

export async function addPerson(sql: PlainSql, role: 'user' | 'admin' = 'user'): Promise<string> {
  const id = randomUUID();
  const name = `p${id.slice(0, 8)}`;
  await sql.run(system, `insert into users (id, email, role) values ($1, $2, $3::user_role)`, [
    id,
    `${name}@gigflow.test`,
    role,
  ]);
  await sql.run(system, `insert into profiles (user_id, username, display_name) values ($1, $2, 'Somebody')`, [
    id,
    name,
  ]);
  return id;
}

export const addSeller = (sql: PlainSql, id: string, kyc: string): Promise<number> =>
  sql.run(
    system,
    `insert into seller_accounts (user_id, company_title, country, kyc_status) values ($1, 'A company', 'jo', $2::kyc_status)`,
    [id, kyc],
  );

export async function addGig(sql: PlainSql, categoryId: string, seller: string, status: Status): Promise<string> {
  const id = randomUUID();
  await sql.run(system, INSERT_GIG, [id, seller, categoryId, 'draft']);
  for (const next of WAYS[status]) {
    await sql.run(system, `update gigs set status = $2::gig_status where id = $1`, [id, next]);
  }
  return id;
}
