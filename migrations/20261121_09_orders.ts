import type { Knex } from 'knex';
import { appendOnly, isAdmin, isGuest, isSelf, protect, seesOrder, touchUpdatedAt } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table orders (
      id uuid primary key,
      checkout_id uuid not null unique references whop_checkout_configs (id),
      seller_id uuid not null references seller_accounts (user_id),
      buyer_id uuid references users (id),
      guest_buyer_id uuid references guest_buyers (id),
      gig_id uuid references gigs (id) on delete set null,
      gig_slug text not null,
      gig_revision_number integer not null,
      title text not null,
      package_tier package_tier not null,
      package_title text not null,
      quantity integer not null check (quantity between 1 and 10),
      currency text not null,
      total_cents integer not null check (total_cents > 0),
      fee_bps integer not null,
      fee_cents integer not null,
      seller_cents integer not null,
      refunded_cents integer not null default 0 check (refunded_cents between 0 and total_cents),
      tips_cents integer not null default 0 check (tips_cents >= 0),
      delivery_days integer not null check (delivery_days between 1 and 20000),
      revisions_allowed integer not null check (revisions_allowed >= 0),
      revisions_used integer not null default 0,
      status order_status not null,
      resume_status order_status,
      due_at timestamptz,
      remaining interval,
      auto_remaining interval,
      delivered_at timestamptz,
      auto_complete_at timestamptz,
      completed_at timestamptz,
      seller_suspended boolean not null default false,
      transition_count integer not null default 0,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now(),
      check (num_nonnulls(buyer_id, guest_buyer_id) = 1),
      check (buyer_id is distinct from seller_id),
      check (seller_cents = total_cents - fee_cents),
      check (revisions_used between 0 and revisions_allowed),
      check ((resume_status is not null) = (status in ('cancel_requested', 'disputed'))),
      check (resume_status is null or resume_status not in ('cancel_requested', 'disputed', 'cancelled', 'refunded')),
      check ((auto_complete_at is not null) = (status = 'delivered'))
    );
    create index orders_buyer on orders (buyer_id, created_at desc, id);
    create index orders_guest on orders (guest_buyer_id);
    create index orders_seller on orders (seller_id, created_at desc, id);
    create index orders_gig on orders (gig_id);
    create index orders_auto_complete on orders (auto_complete_at) where status = 'delivered';
    create index orders_due on orders (due_at) where status in ('in_progress', 'revision_requested');
    create index orders_unstarted on orders (created_at) where status = 'awaiting_requirements';

    alter table whop_checkout_configs add constraint whop_checkout_configs_target_order foreign key (target_order_id) references orders (id);

    -- The frozen purchase, line by line.
    create table order_items (
      id uuid primary key,
      order_id uuid not null references orders (id) on delete cascade,
      checkout_id uuid not null references whop_checkout_configs (id),
      kind text not null check (kind in ('package', 'extra', 'tip', 'offer')),
      extra_id uuid,
      title text not null,
      description text not null default '',
      includes text[] not null default '{}',
      quantity integer not null check (quantity between 1 and 50),
      unit_cents integer not null check (unit_cents >= 0),
      total_cents integer not null check (total_cents = unit_cents * quantity),
      days integer not null default 0,
      position integer not null default 0
    );
    create index order_items_order on order_items (order_id, position);

    create table order_transition_rules (
      transition text not null,
      from_status order_status not null,
      to_status order_status,
      actor text not null check (actor in ('buyer', 'seller', 'admin', 'clock', 'whop')),
      primary key (transition, from_status, actor)
    );
    comment on column order_transition_rules.to_status is 'null: back to orders.resume_status';

    create table order_transitions (
      id uuid primary key default gen_random_uuid(),
      order_id uuid not null references orders (id) on delete cascade,
      number integer not null,
      transition text not null,
      from_status order_status,
      to_status order_status not null,
      actor text not null check (actor in ('buyer', 'seller', 'admin', 'clock', 'whop')),
      actor_id uuid,
      reason text,
      created_at timestamptz not null default app_now(),
      unique (order_id, number)
    );

    -- Every stop and start of the delivery clock.
    create table order_clock (
      id uuid primary key default gen_random_uuid(),
      order_id uuid not null references orders (id) on delete cascade,
      event text not null check (event in ('start', 'stop', 'extend')),
      transition text not null,
      due_at timestamptz,
      remaining interval,
      at timestamptz not null default app_now()
    );
    create index order_clock_order on order_clock (order_id, at);
  `);
  await touchUpdatedAt(knex, 'orders');
  await appendOnly(knex, 'order_transitions');
  await appendOnly(knex, 'order_clock');
  const participant = `${isSelf('buyer_id')} or ${isSelf('seller_id')} or ${isGuest('guest_buyer_id')} or ${isAdmin}`;
  await protect(knex, 'orders', { select: participant });
  for (const table of ['order_items', 'order_transitions', 'order_clock']) {
    await protect(knex, table, { select: seesOrder() });
  }
  await protect(knex, 'order_transition_rules', { select: 'true' });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table order_clock;
    drop table order_transitions;
    drop table order_transition_rules;
    drop table order_items;
    alter table whop_checkout_configs drop constraint whop_checkout_configs_target_order;
    drop table orders;
  `);
}
