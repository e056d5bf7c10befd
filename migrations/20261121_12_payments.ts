import type { Knex } from 'knex';
import { appendOnly, isAdmin, isSelf, protect, seesOrder, touchUpdatedAt } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One row per payment that Whop told of. disposition says what GigFlow made of it; nothing that was paid is ever dropped.
    create table whop_payments (
      id uuid primary key,
      whop_payment_id text not null unique,
      whop_checkout_id text,
      checkout_id uuid references whop_checkout_configs (id),
      order_id uuid references orders (id),
      whop_company_id text,
      status text not null,
      substatus text,
      currency text not null,
      total_cents integer not null check (total_cents >= 0),
      refunded_cents integer not null default 0 check (refunded_cents >= 0),
      fee_cents integer,
      disposition text not null default 'seen' check (disposition in ('seen', 'applied', 'second', 'mismatch', 'unmatched', 'late')),
      note text,
      failure_message text,
      paid_at timestamptz,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );
    create unique index whop_payments_one_applied on whop_payments (checkout_id) where disposition = 'applied';
    create index whop_payments_order on whop_payments (order_id);
    create index whop_payments_attention on whop_payments (created_at) where disposition in ('second', 'mismatch', 'unmatched', 'late');

    create table refunds (
      id uuid primary key,
      order_id uuid references orders (id),
      payment_id uuid not null references whop_payments (id),
      whop_refund_id text unique,
      amount_cents integer not null check (amount_cents > 0),
      currency text not null,
      cause text not null check (cause in ('cancellation', 'settlement', 'resolution', 'admin', 'second_payment', 'late_payment', 'whop')),
      fee_policy text not null default 'return' check (fee_policy in ('return', 'keep')),
      status text not null default 'requested'
        check (status in ('requested', 'pending', 'succeeded', 'failed', 'waiting_for_balance', 'paused', 'superseded')),
      attempt integer not null default 1,
      error text,
      requested_by uuid references users (id) on delete set null,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );
    create index refunds_payment on refunds (payment_id);
    create index refunds_order on refunds (order_id);
    create index refunds_pending on refunds (updated_at) where status in ('requested', 'pending', 'waiting_for_balance');

    create table fee_returns (
      id uuid primary key,
      refund_id uuid not null unique references refunds (id),
      seller_id uuid not null references seller_accounts (user_id),
      amount_cents integer not null check (amount_cents > 0),
      currency text not null,
      status text not null default 'requested' check (status in ('requested', 'pending', 'succeeded', 'failed')),
      attempt integer not null default 1,
      whop_transfer_id text unique,
      error text,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );

    create table withdrawals (
      id uuid primary key,
      seller_id uuid not null references seller_accounts (user_id),
      whop_withdrawal_id text unique,
      amount_cents integer not null check (amount_cents > 0),
      currency text not null,
      payout_method_id text,
      status text not null default 'requested',
      error text,
      form_key uuid,
      attempt integer not null default 1,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );
    create unique index withdrawals_form_key on withdrawals (seller_id, form_key) where form_key is not null;

    -- Double entry: the entries of one cause sum to zero.
    create table ledger_entries (
      id uuid primary key default gen_random_uuid(),
      cause text not null,
      cause_id text not null,
      account text not null check (account in ('buyer', 'seller', 'platform', 'whop', 'payout')),
      order_id uuid references orders (id),
      seller_id uuid references seller_accounts (user_id),
      amount_cents bigint not null check (amount_cents <> 0),
      currency text not null,
      note text,
      created_at timestamptz not null default app_now(),
      unique (cause, cause_id, account)
    );
    create index ledger_entries_order on ledger_entries (order_id);
    create index ledger_entries_seller on ledger_entries (seller_id, created_at);

    create function ledger_entries_balance() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      total bigint;
    begin
      perform set_config('app.actor_role', 'system', true);
      select sum(amount_cents) into total from ledger_entries where cause = new.cause and cause_id = new.cause_id;
      perform set_config('app.actor_role', caller, true);
      if total <> 0 then
        raise exception 'The ledger entries of % % sum to % instead of zero', new.cause, new.cause_id, total using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    create constraint trigger tg_ledger_entries__balance after insert on ledger_entries
      deferrable initially deferred for each row execute function ledger_entries_balance();

    -- The webhook inbox. handled_at is set only by the transaction that did the work (product.md section 6).
    create table webhook_events (
      id text primary key check (length(id) between 1 and 200),
      type text not null,
      account_id text,
      payload jsonb not null,
      status text not null default 'pending' check (status in ('pending', 'handled', 'ignored', 'dead')),
      attempts integer not null default 0,
      deliveries integer not null default 1,
      error text,
      occurred_at timestamptz,
      received_at timestamptz not null default app_now(),
      handled_at timestamptz,
      check ((status in ('handled', 'ignored')) = (handled_at is not null))
    );
    create index webhook_events_pending on webhook_events (received_at) where status in ('pending', 'dead');
    create index webhook_events_received on webhook_events (received_at desc);
  `);
  for (const table of ['whop_payments', 'refunds', 'fee_returns', 'withdrawals']) await touchUpdatedAt(knex, table);
  await appendOnly(knex, 'ledger_entries');
  await protect(knex, 'whop_payments', { select: seesOrder() + ` or ${isAdmin}` });
  await protect(knex, 'refunds', { select: seesOrder() + ` or ${isAdmin}` });
  await protect(knex, 'fee_returns', { select: `${isSelf('seller_id')} or ${isAdmin}` });
  await protect(knex, 'withdrawals', { select: `${isSelf('seller_id')} or ${isAdmin}` });
  await protect(knex, 'ledger_entries', { select: `${isSelf('seller_id')} or ${isAdmin}` });
  await protect(knex, 'webhook_events', { select: isAdmin });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table webhook_events;
    drop table ledger_entries;
    drop function ledger_entries_balance();
    drop table withdrawals;
    drop table fee_returns;
    drop table refunds;
    drop table whop_payments;
  `);
}
