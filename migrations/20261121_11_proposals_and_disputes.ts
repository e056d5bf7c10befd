import type { Knex } from 'knex';
import { protect, seesOrder } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table proposals (
      id uuid primary key,
      order_id uuid not null references orders (id) on delete cascade,
      kind text not null check (kind in ('cancellation', 'extension', 'settlement')),
      by_role text not null check (by_role in ('buyer', 'seller')),
      status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'withdrawn', 'lapsed', 'void')),
      days integer check (days between 1 and 365),
      refund_cents integer check (refund_cents > 0),
      reason text not null check (length(btrim(reason)) between 1 and 2000),
      answer_by timestamptz not null,
      created_at timestamptz not null default app_now(),
      answered_at timestamptz,
      check ((kind = 'extension') = (days is not null)),
      check ((kind = 'settlement') = (refund_cents is not null)),
      check ((status = 'open') = (answered_at is null))
    );
    create unique index proposals_one_open on proposals (order_id, kind) where status = 'open';
    create index proposals_order on proposals (order_id, created_at);
    create index proposals_answer_by on proposals (answer_by) where status = 'open';

    create table disputes (
      id uuid primary key,
      order_id uuid not null references orders (id) on delete cascade,
      source text not null check (source in ('party', 'whop')),
      opened_by text check (opened_by in ('buyer', 'seller', 'clock')),
      whop_dispute_id text unique,
      whop_payment_id text,
      whop_status text,
      status text not null default 'open' check (status in ('open', 'withdrawn', 'resolved', 'won', 'lost', 'closed')),
      amount_cents integer check (amount_cents >= 0),
      reason text not null default '',
      evidence_due_at timestamptz,
      evidence_sent_at timestamptz,
      opened_at timestamptz not null default app_now(),
      closed_at timestamptz,
      check ((source = 'whop') = (whop_dispute_id is not null)),
      check ((status = 'open') = (closed_at is null))
    );
    create unique index disputes_one_open_by_party on disputes (order_id) where status = 'open' and source = 'party';
    create index disputes_order on disputes (order_id);

    create table dispute_statements (
      id uuid primary key,
      dispute_id uuid not null references disputes (id) on delete cascade,
      author_id uuid references users (id) on delete set null,
      author_role text not null check (author_role in ('buyer', 'seller', 'admin')),
      body text not null check (length(body) between 1 and 5000),
      created_at timestamptz not null default app_now()
    );
    create index dispute_statements_dispute on dispute_statements (dispute_id, created_at);

    create table dispute_alerts (
      id uuid primary key,
      whop_alert_id text not null unique,
      whop_payment_id text,
      order_id uuid references orders (id) on delete set null,
      kind text not null,
      amount_cents integer,
      created_at timestamptz not null default app_now(),
      handled_at timestamptz
    );
  `);
  await protect(knex, 'proposals', { select: seesOrder() });
  await protect(knex, 'disputes', { select: seesOrder() });
  await protect(knex, 'dispute_statements', {
    select: 'exists (select 1 from disputes d where d.id = dispute_id)',
  });
  await protect(knex, 'dispute_alerts', { select: seesOrder() });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table dispute_alerts;
    drop table dispute_statements;
    drop table disputes;
    drop table proposals;
  `);
}
