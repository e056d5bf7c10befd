import type { Knex } from 'knex';
import { anyone, isAdmin, isSelf, protect, touchUpdatedAt } from './support/policies.ts';

const ownsGig = `exists (select 1 from gigs g where g.id = gig_id and ${isSelf('g.seller_id')})`;

// The seller's working copy. What the public sees is gig_listings; what was submitted is gig_revisions.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table categories (
      id uuid primary key,
      slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
      name text not null check (length(name) between 2 and 60),
      examples text not null default '',
      position integer not null default 0
    );

    create table gigs (
      id uuid primary key,
      seller_id uuid not null references seller_accounts (user_id) on delete restrict,
      category_id uuid not null references categories (id),
      slug text not null unique check (slug ~ '^[a-z0-9-]{3,120}$'),
      title text not null check (length(title) between 10 and 80),
      description text not null check (length(description) between 50 and 5000),
      tags text[] not null default '{}' check (cardinality(tags) <= 10),
      faq jsonb not null default '[]',
      questions jsonb not null default '[]',
      status gig_status not null default 'draft',
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );
    create index gigs_seller on gigs (seller_id, created_at desc);
    create index gigs_category on gigs (category_id);

    create table gig_packages (
      id uuid primary key,
      gig_id uuid not null references gigs (id) on delete cascade,
      tier package_tier not null,
      title text not null check (length(title) between 1 and 80),
      description text not null check (length(description) between 1 and 500),
      price_cents integer not null check (price_cents between 500 and 1000000),
      delivery_days integer not null check (delivery_days between 1 and 365),
      revisions integer not null check (revisions between 0 and 50),
      includes text[] not null default '{}' check (cardinality(includes) <= 12),
      unique (gig_id, tier)
    );

    create table gig_extras (
      id uuid primary key,
      gig_id uuid not null references gigs (id) on delete cascade,
      position integer not null default 0,
      title text not null check (length(title) between 3 and 80),
      price_cents integer not null check (price_cents between 100 and 1000000),
      extra_days integer not null default 0 check (extra_days between 0 and 365),
      max_quantity integer not null default 1 check (max_quantity between 1 and 50)
    );
    create index gig_extras_gig on gig_extras (gig_id, position);

    create table gig_images (
      id uuid primary key,
      gig_id uuid not null references gigs (id) on delete cascade,
      position integer not null default 0,
      alt text not null default '',
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
      created_at timestamptz not null default app_now()
    );
    create index gig_images_gig on gig_images (gig_id, position);

    create table gig_image_files (
      image_id uuid not null references gig_images (id) on delete cascade,
      width integer not null check (width between 16 and 4000),
      format text not null check (format in ('avif', 'webp')),
      bytes bytea not null,
      primary key (image_id, width, format)
    );
  `);
  await touchUpdatedAt(knex, 'gigs');
  await protect(knex, 'categories', { select: anyone, insert: isAdmin, update: isAdmin, delete: isAdmin });
  await protect(knex, 'gigs', {
    select: `${isSelf('seller_id')} or ${isAdmin}`,
    insert: isSelf('seller_id'),
    update: `${isSelf('seller_id')} or ${isAdmin}`,
    delete: `${isSelf('seller_id')} and status = 'draft'`,
  });
  for (const table of ['gig_packages', 'gig_extras']) {
    await protect(knex, table, {
      select: `${ownsGig} or ${isAdmin}`,
      insert: ownsGig,
      update: ownsGig,
      delete: ownsGig,
    });
  }
  const ownsImage = `exists (select 1 from gig_images i join gigs g on g.id = i.gig_id where i.id = image_id and ${isSelf('g.seller_id')})`;
  await protect(knex, 'gig_images', { select: anyone, insert: ownsGig, update: ownsGig, delete: ownsGig });
  await protect(knex, 'gig_image_files', { select: anyone, insert: ownsImage, delete: ownsImage });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table gig_image_files;
    drop table gig_images;
    drop table gig_extras;
    drop table gig_packages;
    drop table gigs;
    drop table categories;
  `);
}
