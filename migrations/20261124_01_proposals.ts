import type { Knex } from 'knex';
import { isGuest, isSelf } from './support/policies.ts';

const writesAs = (role: 'buyer' | 'seller', is: string) => `(author_role = '${role}' and ${is})`;

const isReviewed = `exists (select 1 from orders o where o.id = order_id and ((author_role = 'buyer' and ${isSelf('o.seller_id')})
      or (author_role = 'seller' and (${isSelf('o.buyer_id')} or ${isGuest('o.guest_buyer_id')}))))`;

// Extensions and settlements. A request to cancel is a transition of its own (order_transition()).
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table dispute_statements add column author_guest_id uuid references guest_buyers (id) on delete set null;

    -- Cents of an order that can still go back: both sides may know, although neither sees all the rows that it is made of.
    create function refundable_cents(p_order uuid) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      sees boolean := exists (select 1 from orders where id = p_order);
      left_cents integer;
    begin
      perform set_config('app.actor_role', 'system', true);
      select coalesce(sum(p.total_cents
          - (select coalesce(sum(r.amount_cents), 0) from refunds r where r.payment_id = p.id and r.status not in ('failed', 'superseded'))
          - (select coalesce(sum(d.lost_cents), 0) from disputes d where d.payment_id = p.id)), 0)::integer into left_cents
        from whop_payments p join whop_checkout_configs c on c.id = p.checkout_id
        where p.order_id = p_order and p.disposition = 'applied' and c.purpose in ('order', 'offer', 'extra');
      perform set_config('app.actor_role', caller, true);
      return case when sees then left_cents end;
    end $$;

    create function notify_side(o orders, p_role text, p_kind text) returns void language sql set search_path = public, pg_temp as $$
      insert into notifications (user_id, guest_buyer_id, kind, order_id, data, created_at)
        values (case p_role when 'buyer' then o.buyer_id else o.seller_id end, case p_role when 'buyer' then o.guest_buyer_id end,
                p_kind, o.id, jsonb_build_object('role', p_role), app_now())
    $$;

    -- One side asks the other for more time, or offers a part refund. Lapses after 72 hours without an answer.
    create function propose(p_order uuid, p_kind text, p_days integer, p_refund_cents integer, p_reason text) returns uuid
    language plpgsql security definer set search_path = public, pg_temp as $$
    <<act>>
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      caller_id uuid := app_actor_id();
      at timestamptz := app_now();
      o orders;
      actor text;
      other text;
      zone text;
      left_cents integer;
      proposal uuid := gen_random_uuid();
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = p_order for update;
      if not found then
        raise exception 'This order does not exist' using errcode = 'GF404';
      end if;
      actor := order_actor(o, coalesce(nullif(caller, ''), 'anonymous'), caller_id, app_cause());
      if actor not in ('buyer', 'seller') or p_kind not in ('extension', 'settlement') then
        raise exception 'This is not yours to propose' using errcode = 'GF403';
      end if;
      if p_kind = 'extension' and o.status not in ('in_progress', 'revision_requested') then
        raise exception 'More time can be agreed while the work is under way' using errcode = 'GF409';
      end if;
      if p_kind = 'settlement' and not exists (select 1 from order_transition_rules r
          where r.transition = 'settle' and r.from_status = o.status and r.actor = act.actor) then
        raise exception 'A part refund cannot be agreed while the order stands like this' using errcode = 'GF409';
      end if;
      if exists (select 1 from proposals x where x.order_id = o.id and x.kind = p_kind and x.status = 'open') then
        raise exception 'A proposal of this kind is open already' using errcode = 'GF409';
      end if;
      if p_kind = 'settlement' then
        left_cents := refundable_cents(o.id);
        if p_refund_cents < 1 or p_refund_cents >= left_cents then
          raise exception 'Propose less than what is left of this order' using errcode = 'GF422';
        end if;
      end if;
      other := case actor when 'buyer' then 'seller' else 'buyer' end;
      select coalesce((select time_zone from profiles where user_id = case other when 'buyer' then o.buyer_id else o.seller_id end), 'UTC') into zone;
      insert into proposals (id, order_id, kind, by_role, days, refund_cents, reason, answer_by, created_at)
        values (proposal, o.id, p_kind, actor, p_days, p_refund_cents, p_reason, after_weekend(at + interval '72 hours', zone), at);
      perform notify_side(o, other, 'order.propose_' || p_kind);
      perform set_config('app.actor_role', caller, true);
      return proposal;
    end $$;

    -- accept is for extensions; a settlement is accepted by the transition settle.
    create function answer_proposal(p_order uuid, p_proposal uuid, p_answer text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    <<act>>
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      caller_id uuid := app_actor_id();
      at timestamptz := app_now();
      o orders;
      p proposals;
      actor text;
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = p_order for update;
      if not found then
        raise exception 'This order does not exist' using errcode = 'GF404';
      end if;
      actor := order_actor(o, coalesce(nullif(caller, ''), 'anonymous'), caller_id, app_cause());
      select * into p from proposals x where x.id = p_proposal and x.order_id = o.id and x.kind in ('extension', 'settlement');
      if p.id is null then
        raise exception 'This order does not exist' using errcode = 'GF404';
      end if;
      if (p_answer = 'withdraw') <> (actor = p.by_role) and actor not in ('admin', 'clock') then
        raise exception 'This answer is not yours to give' using errcode = 'GF403';
      end if;
      if p.status <> 'open' then
        raise exception 'This proposal is no longer open' using errcode = 'GF409';
      end if;
      if p_answer = 'lapse' and (actor <> 'clock' or p.answer_by > at) then
        raise exception 'There is still time to answer' using errcode = 'GF409';
      end if;
      if p_answer = 'accept' then
        if p.kind <> 'extension' or o.status not in ('in_progress', 'revision_requested') then
          raise exception 'More time can be agreed while the work is under way' using errcode = 'GF409';
        end if;
        o.due_at := o.due_at + make_interval(hours => 24 * p.days);
        update orders set due_at = o.due_at where id = o.id;
        insert into order_clock (order_id, event, transition, due_at, at) values (o.id, 'extend', 'extension', o.due_at, at);
      end if;
      update proposals set answered_at = at, status = case p_answer when 'accept' then 'accepted' when 'decline' then 'declined'
          when 'withdraw' then 'withdrawn' else 'lapsed' end
        where id = p.id;
      if actor <> 'seller' then perform notify_side(o, 'seller', 'order.' || p_answer || '_' || p.kind); end if;
      if actor <> 'buyer' then perform notify_side(o, 'buyer', 'order.' || p_answer || '_' || p.kind); end if;
      perform set_config('app.actor_role', caller, true);
    end $$;

    -- Reports and statements reach the other side, and the admins who have to decide.
    create function disputes_tell_admins() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      insert into notifications (user_id, kind, order_id, data, created_at)
        select u.id, 'order.dispute', new.order_id, '{"role": "admin"}', app_now() from users u where u.role = 'admin' and u.suspended_at is null;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_disputes__tell_admins after insert on disputes
      for each row when (new.source = 'party') execute function disputes_tell_admins();

    create function dispute_statements_notify() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      o orders;
    begin
      perform set_config('app.actor_role', 'system', true);
      select x.* into o from orders x join disputes d on d.order_id = x.id where d.id = new.dispute_id;
      if new.author_role <> 'buyer' then perform notify_side(o, 'buyer', 'order.statement'); end if;
      if new.author_role <> 'seller' then perform notify_side(o, 'seller', 'order.statement'); end if;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_dispute_statements__notify after insert on dispute_statements
      for each row execute function dispute_statements_notify();

    -- An admin's act and its line in the audit log stand or fall together; the log itself belongs to the system.
    create function record_admin_act(p_action text, p_target_type text, p_target text, p_details jsonb, p_address text, p_agent text, p_request text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      if caller <> 'admin' then
        raise exception 'Only an admin can do this' using errcode = 'GF403';
      end if;
      perform set_config('app.actor_role', 'system', true);
      insert into audit_events (actor_id, action, target_type, target_id, details, address, user_agent, request_id)
        values (app_actor_id(), p_action, p_target_type, p_target, p_details, p_address::inet, p_agent, p_request);
      perform set_config('app.actor_role', caller, true);
    end $$;

    -- The public answer belongs to who was reviewed, once; all else of a review is fixed when it is written.
    create function reviews_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if app_role() = 'system' then
        return new;
      end if;
      if old.reply is not null or new.reply is null
         or to_jsonb(new) - 'reply' - 'replied_at' is distinct from to_jsonb(old) - 'reply' - 'replied_at' then
        raise exception 'A review has been answered already' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_reviews__protect before update on reviews for each row execute function reviews_protect();
    create policy reviews_update on reviews for update using (published_at is not null and hidden_at is null and ${isReviewed})
      with check (published_at is not null and hidden_at is null and ${isReviewed});

    create policy dispute_statements_insert on dispute_statements for insert with check (
      exists (select 1 from disputes d join orders o on o.id = d.order_id where d.id = dispute_id and d.status = 'open' and (
        ${writesAs('buyer', `((${isSelf('o.buyer_id')} and ${isSelf('author_id')}) or (${isGuest('o.guest_buyer_id')} and ${isGuest('author_guest_id')} and author_id is null))`)}
        or ${writesAs('seller', `${isSelf('o.seller_id')} and ${isSelf('author_id')}`)}
        or (author_role = 'admin' and (select app_role()) = 'admin' and ${isSelf('author_id')}
            and o.seller_id <> author_id and o.buyer_id is distinct from author_id))));
  `);
  await knex.raw(`
    create index reviews_unpublished on reviews (created_at) where published_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index reviews_unpublished;
    drop policy reviews_update on reviews;
    drop trigger tg_reviews__protect on reviews;
    drop function reviews_protect();
    drop function record_admin_act(text, text, text, jsonb, text, text, text);
    drop policy dispute_statements_insert on dispute_statements;
    drop trigger tg_dispute_statements__notify on dispute_statements;
    drop function dispute_statements_notify();
    drop trigger tg_disputes__tell_admins on disputes;
    drop function disputes_tell_admins();
    drop function answer_proposal(uuid, uuid, text);
    drop function propose(uuid, text, integer, integer, text);
    drop function notify_side(orders, text, text);
    drop function refundable_cents(uuid);
    alter table dispute_statements drop column author_guest_id;
  `);
}
