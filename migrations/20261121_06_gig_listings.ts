import type { Knex } from 'knex';
import { anyone, isAdmin, isSelf, protect } from './support/policies.ts';

const ownsGig = `exists (select 1 from gigs g where g.id = gig_id and ${isSelf('g.seller_id')})`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table gig_revisions (
      id uuid primary key,
      gig_id uuid not null references gigs (id) on delete cascade,
      number integer not null check (number > 0),
      doc jsonb not null,
      status text not null default 'review' check (status in ('review', 'approved', 'rejected')),
      reason text,
      reviewer_id uuid references users (id) on delete set null,
      submitted_at timestamptz not null default app_now(),
      decided_at timestamptz,
      unique (gig_id, number),
      check (status <> 'rejected' or length(btrim(reason)) > 0),
      check ((status = 'review') = (decided_at is null))
    );
    create unique index gig_revisions_one_in_review on gig_revisions (gig_id) where status = 'review';
    create index gig_revisions_queue on gig_revisions (submitted_at) where status = 'review';

    -- What the public reads, one row per published gig. It has no policy but true: under any other, Postgres may not use
    -- the full-text index (docs/decisions/0003).
    create table gig_listings (
      gig_id uuid primary key references gigs (id) on delete cascade,
      slug text not null unique,
      seller_id uuid not null references seller_accounts (user_id),
      category_id uuid not null references categories (id),
      revision_number integer not null,
      title text not null,
      description text not null,
      tags text[] not null default '{}',
      price_from_cents integer not null,
      delivery_days integer not null,
      currency text not null,
      rating_sum integer not null default 0,
      rating_count integer not null default 0,
      rating numeric(4, 2) generated always as (case when rating_count = 0 then null else round(rating_sum::numeric / rating_count, 2) end) stored,
      seller_username text not null,
      seller_name text not null,
      seller_level smallint not null default 0,
      seller_location text not null default '',
      quality real not null default 0,
      doc jsonb not null,
      published_at timestamptz not null default app_now(),
      tags_text text not null default '',
      search tsvector generated always as (
        setweight(to_tsvector('gigflow', title), 'A') ||
        setweight(to_tsvector('gigflow', tags_text), 'C') ||
        setweight(to_tsvector('gigflow', left(description, 5000)), 'B')
      ) stored
    );
    create index gig_listings_search on gig_listings using gin (search);
    create index gig_listings_title_trgm on gig_listings using gin (title gin_trgm_ops);
    create index gig_listings_newest on gig_listings (published_at desc, gig_id);
    create index gig_listings_category on gig_listings (category_id, published_at desc, gig_id);
    create index gig_listings_price on gig_listings (price_from_cents, gig_id);
    create index gig_listings_quality on gig_listings (quality desc, gig_id);
    create index gig_listings_seller on gig_listings (seller_id);
  `);
  await protect(knex, 'gig_revisions', {
    select: `${ownsGig} or ${isAdmin}`,
    insert: `${ownsGig} and status = 'review'`,
    update: isAdmin,
  });
  await protect(knex, 'gig_listings', { select: anyone });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table gig_listings;
    drop table gig_revisions;
  `);
}
