import type { Knex } from 'knex';
import { isAdmin, isGuest, isSelf, protect, touchUpdatedAt } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table guest_buyers (
      id uuid primary key,
      email citext not null,
      token_hash text not null unique,
      created_at timestamptz not null default app_now()
    );
    create index guest_buyers_email on guest_buyers (email);

    -- A purchase as it was agreed: everything that the price is made of is frozen here before Whop hears of it.
    create table whop_checkout_configs (
      id uuid primary key,
      purpose text not null default 'order' check (purpose in ('order', 'extra', 'tip', 'post', 'offer')),
      seller_id uuid not null references seller_accounts (user_id),
      buyer_id uuid references users (id),
      guest_buyer_id uuid references guest_buyers (id),
      gig_id uuid references gigs (id) on delete set null,
      target_order_id uuid,
      post_id uuid,
      offer_id uuid,
      gig_revision_number integer,
      scope jsonb not null,
      currency text not null,
      total_cents integer not null check (total_cents between 1 and 1000000),
      fee_bps integer not null check (fee_bps between 0 and 10000),
      fee_cents integer not null check (fee_cents between 0 and total_cents),
      seller_cents integer not null,
      status text not null default 'creating' check (status in ('creating', 'open', 'paid', 'failed', 'expired')),
      attempt integer not null default 1,
      whop_company_id text not null,
      whop_checkout_id text unique,
      whop_plan_id text,
      purchase_url text,
      failure_message text,
      form_key uuid not null,
      expires_at timestamptz not null,
      checked_at timestamptz,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now(),
      check (num_nonnulls(buyer_id, guest_buyer_id) = 1),
      check (seller_cents = total_cents - fee_cents),
      check (buyer_id is distinct from seller_id),
      check (status = 'creating' or status = 'failed' or whop_checkout_id is not null)
    );
    create unique index whop_checkout_configs_form_key on whop_checkout_configs (coalesce(buyer_id, guest_buyer_id), form_key);
    create index whop_checkout_configs_seller_open on whop_checkout_configs (seller_id, expires_at) where status in ('creating', 'open');
    create index whop_checkout_configs_pending on whop_checkout_configs (created_at) where status in ('creating', 'open');
  `);
  await touchUpdatedAt(knex, 'whop_checkout_configs');
  await protect(knex, 'guest_buyers', { select: `${isGuest('id')} or ${isAdmin}` });
  await protect(knex, 'whop_checkout_configs', {
    select: `${isSelf('buyer_id')} or ${isGuest('guest_buyer_id')} or ${isAdmin}`,
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table whop_checkout_configs;
    drop table guest_buyers;
  `);
}
