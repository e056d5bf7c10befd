import type { Knex } from 'knex';
import { isAdmin, protect } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- read_at: when Whop was asked for what stands here. An answer that was asked for earlier changes nothing.
    alter table whop_payments add column net_cents integer, add column read_at timestamptz;
    alter table whop_payments drop constraint whop_payments_disposition_check;
    alter table whop_payments add constraint whop_payments_disposition_check
      check (disposition in ('seen', 'applied', 'second', 'mismatch', 'unmatched', 'late', 'refused'));

    -- asked_at and known_refunds are written before Whop is asked: whatever refund stands at Whop afterwards and is not
    -- known was made by that call, even when its answer was lost.
    alter table refunds
      add column fee_cents integer not null default 0 check (fee_cents >= 0),
      add column reason text,
      add column asked_at timestamptz,
      add column known_refunds text[] not null default '{}',
      add column leased_until timestamptz,
      add column next_attempt_at timestamptz,
      add column waiting_since timestamptz,
      add column written_off_at timestamptz,
      add column cover_transfer_id text unique;

    alter table fee_returns
      add column asked_at timestamptz,
      add column leased_until timestamptz,
      add column next_attempt_at timestamptz;
    create index fee_returns_pending on fee_returns (updated_at) where status in ('requested', 'pending');

    alter table withdrawals
      add column asked_at timestamptz,
      add column known_withdrawals text[] not null default '{}',
      add column leased_until timestamptz,
      add column read_at timestamptz;
    create index withdrawals_pending on withdrawals (updated_at)
      where status not in ('completed', 'failed', 'canceled', 'denied', 'reversed');

    -- The bank disputes payments; one without an order (a second payment, a post) is disputed as well.
    alter table disputes
      alter column order_id drop not null,
      add column payment_id uuid references whop_payments (id),
      add column lost_cents integer not null default 0 check (lost_cents >= 0),
      add column read_at timestamptz,
      add column evidence text,
      add column evidence_sent_by uuid references users (id) on delete set null,
      add constraint disputes_about_something check (order_id is not null or source = 'whop');
    create index disputes_payment on disputes (payment_id);

    alter table seller_accounts add column swept_at timestamptz;

    create table money_check_runs (
      id uuid primary key default gen_random_uuid(),
      ran_at timestamptz not null default app_now(),
      failing jsonb not null
    );
    create index money_check_runs_ran_at on money_check_runs (ran_at desc);

    create function fee_share(p_fee integer, p_part integer, p_total integer) returns integer language sql immutable set search_path = pg_catalog
      as $$ select case when p_total = 0 then 0 else ((2 * p_fee::bigint * p_part + p_total) / (2 * p_total::bigint))::integer end $$;

    -- What goes back of a payment never exceeds it, whoever asks and in whatever order (product.md section 6). The fee's
    -- share of each part is fixed when the part is asked for; the last part takes the remainder.
    create function refunds_enforce_total() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      p whop_payments;
      others bigint;
      lost bigint;
      own bigint;
      own_fee bigint;
      fee integer;
    begin
      if new.status in ('failed', 'superseded') then
        return new;
      end if;
      perform set_config('app.actor_role', 'system', true);
      select * into p from whop_payments where id = new.payment_id for update;
      fee := coalesce(p.fee_cents, 0);
      select coalesce(sum(amount_cents), 0),
             coalesce(sum(amount_cents) filter (where cause <> 'whop' and fee_policy = 'return'), 0),
             coalesce(sum(fee_cents), 0)
        into others, own, own_fee
        from refunds r where r.payment_id = new.payment_id and r.id <> new.id and r.status not in ('failed', 'superseded');
      select coalesce(sum(lost_cents), 0) into lost from disputes d where d.payment_id = new.payment_id;
      perform set_config('app.actor_role', caller, true);
      if others + lost + new.amount_cents > p.total_cents then
        raise exception 'Only % cents of this payment are left to refund', greatest(p.total_cents - others - lost, 0) using errcode = 'GF409';
      end if;
      if tg_op = 'INSERT' then
        new.fee_cents := case
          when new.cause = 'whop' or new.fee_policy = 'keep' then 0
          when others + lost + new.amount_cents = p.total_cents then greatest(fee_share(fee, (own + new.amount_cents)::integer, p.total_cents) - own_fee, 0)
          else greatest(least(fee_share(fee, new.amount_cents, p.total_cents), fee - own_fee), 0) end;
      end if;
      return new;
    end $$;
    create trigger tg_refunds__enforce_total before insert or update of status, amount_cents on refunds
      for each row execute function refunds_enforce_total();

    create function refunds_enqueue() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform graphile_worker.add_job('refund', json_build_object('id', new.id), job_key := 'refund:' || new.id, max_attempts := 10);
      return null;
    end $$;
    create trigger tg_refunds__enqueue after insert on refunds
      for each row when (new.status = 'requested') execute function refunds_enqueue();
    create trigger tg_refunds__enqueue_again after update on refunds
      for each row when (new.status = 'requested' and old.status <> 'requested') execute function refunds_enqueue();

    create function fee_returns_enqueue() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform graphile_worker.add_job('fee-return', json_build_object('id', new.id), job_key := 'fee-return:' || new.id, max_attempts := 10);
      return null;
    end $$;
    create trigger tg_fee_returns__enqueue after insert on fee_returns
      for each row when (new.status = 'requested') execute function fee_returns_enqueue();

    -- Money goes back because an order was decided: by the transaction that decided, or by an admin or the system.
    -- p_amount null means all that is left. Tips are never touched.
    create function request_refund(p_order uuid, p_amount integer, p_cause text, p_fee_policy text, p_reason text default null)
    returns table (refund_id uuid) language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      caller_id uuid := app_actor_id();
      o orders;
      p record;
      part integer;
      remaining integer := p_amount;
      stopped boolean;
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = p_order for update;
      if not found then
        raise exception 'This order does not exist' using errcode = 'GF404';
      end if;
      if caller not in ('system', 'admin') and not exists (
          select 1 from order_transitions t where t.order_id = o.id and t.actor_id = caller_id and t.xmin = pg_current_xact_id()::xid) then
        raise exception 'A refund follows a decision on the order' using errcode = 'GF403';
      end if;
      for p in
        select wp.id, wp.total_cents, wp.currency from whop_payments wp join whop_checkout_configs c on c.id = wp.checkout_id
          where wp.order_id = o.id and wp.disposition = 'applied' and c.purpose in ('order', 'offer', 'extra')
          order by c.purpose = 'extra', wp.created_at, wp.id for update of wp
      loop
        part := p.total_cents
          - (select coalesce(sum(r.amount_cents), 0) from refunds r where r.payment_id = p.id and r.status not in ('failed', 'superseded'))
          - (select coalesce(sum(d.lost_cents), 0) from disputes d where d.payment_id = p.id);
        part := case when remaining is null then part else least(part, remaining) end;
        if part <= 0 then
          continue;
        end if;
        stopped := exists (select 1 from disputes d where d.payment_id = p.id and d.source = 'whop' and d.status = 'open');
        refund_id := gen_random_uuid();
        insert into refunds (id, order_id, payment_id, amount_cents, currency, cause, fee_policy, status, requested_by, reason)
          values (refund_id, o.id, p.id, part, p.currency, p_cause, p_fee_policy, case when stopped then 'paused' else 'requested' end,
                  case when caller in ('user', 'admin') then caller_id end, p_reason);
        remaining := remaining - part;
        return next;
      end loop;
      if remaining > 0 then
        raise exception 'Only % cents of this order are left to refund', p_amount - remaining using errcode = 'GF409';
      end if;
      perform set_config('app.actor_role', caller, true);
    end $$;

    -- A seller whose balance does not cover a refund lists nothing new and withdraws nothing until it does.
    create function seller_owes(p_seller uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      owes boolean;
    begin
      perform set_config('app.actor_role', 'system', true);
      select exists (select 1 from refunds r join whop_payments p on p.id = r.payment_id join seller_accounts s on s.whop_company_id = p.whop_company_id
                     where s.user_id = p_seller and r.status = 'waiting_for_balance') into owes;
      perform set_config('app.actor_role', caller, true);
      return owes;
    end $$;

    create function gig_listings_refuse_debtor() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if seller_owes(new.seller_id) then
        raise exception 'A refund of this seller waits for his balance: nothing new is listed until it is through' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_gig_listings__refuse_debtor before insert on gig_listings
      for each row execute function gig_listings_refuse_debtor();
  `);
  await protect(knex, 'money_check_runs', { select: isAdmin });
  for (const table of ['disputes', 'dispute_alerts']) {
    await knex.raw(`create policy ${table}_admin on ${table} for select using (${isAdmin})`);
  }
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop policy disputes_admin on disputes;
    drop policy dispute_alerts_admin on dispute_alerts;
    drop trigger tg_gig_listings__refuse_debtor on gig_listings;
    drop function gig_listings_refuse_debtor();
    drop function seller_owes(uuid);
    drop function request_refund(uuid, integer, text, text, text);
    drop trigger tg_fee_returns__enqueue on fee_returns;
    drop function fee_returns_enqueue();
    drop trigger tg_refunds__enqueue_again on refunds;
    drop trigger tg_refunds__enqueue on refunds;
    drop function refunds_enqueue();
    drop trigger tg_refunds__enforce_total on refunds;
    drop function refunds_enforce_total();
    drop function fee_share(integer, integer, integer);
    drop table money_check_runs;
    alter table seller_accounts drop column swept_at;
    alter table disputes drop constraint disputes_about_something, drop column evidence_sent_by, drop column evidence, drop column read_at,
      drop column lost_cents, drop column payment_id;
    delete from disputes where order_id is null;
    alter table disputes alter column order_id set not null;
    alter table withdrawals drop column read_at, drop column leased_until, drop column known_withdrawals, drop column asked_at;
    alter table fee_returns drop column next_attempt_at, drop column leased_until, drop column asked_at;
    alter table refunds drop column cover_transfer_id, drop column waiting_since, drop column written_off_at, drop column next_attempt_at, drop column leased_until,
      drop column known_refunds, drop column asked_at, drop column reason, drop column fee_cents;
    update whop_payments set disposition = 'late' where disposition = 'refused';
    alter table whop_payments drop constraint whop_payments_disposition_check;
    alter table whop_payments add constraint whop_payments_disposition_check
      check (disposition in ('seen', 'applied', 'second', 'mismatch', 'unmatched', 'late'));
    alter table whop_payments drop column read_at, drop column net_cents;
  `);
}
