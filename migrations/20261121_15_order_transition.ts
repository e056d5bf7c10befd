import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A deadline that would end on a weekend moves to Monday noon of whoever must act.
    create function after_weekend(p_at timestamptz, p_zone text) returns timestamptz language sql stable set search_path = pg_catalog as $$
      select case extract(isodow from p_at at time zone p_zone)
        when 6 then (date_trunc('day', p_at at time zone p_zone) + interval '2 days 12 hours') at time zone p_zone
        when 7 then (date_trunc('day', p_at at time zone p_zone) + interval '1 day 12 hours') at time zone p_zone
        else p_at end
    $$;

    create function order_actor(o orders, p_role text, p_id uuid, p_cause text) returns text language plpgsql stable set search_path = public, pg_temp as $$
    begin
      if p_role in ('user', 'admin') and p_id = o.buyer_id then return 'buyer'; end if;
      if p_role in ('user', 'admin') and p_id = o.seller_id then return 'seller'; end if;
      if p_role = 'guest' and p_id = o.guest_buyer_id then return 'buyer'; end if;
      if p_role = 'admin' then return 'admin'; end if;
      if p_role = 'system' and p_cause in ('clock', 'whop') then return p_cause; end if;
      raise exception 'This order does not exist' using errcode = 'GF404';
    end $$;

    -- What must hold besides state and actor. Called with the order locked.
    create function order_transition_guard(o orders, p_transition text, p_actor text, p_reason text, p_proposal uuid) returns void
    language plpgsql set search_path = public, pg_temp as $$
    declare
      at timestamptz := app_now();
      p proposals;
      deliveries integer;
      whop_open boolean;
    begin
      if p_transition in ('request_revision', 'request_cancellation', 'open_dispute') and length(btrim(coalesce(p_reason, ''))) = 0 then
        raise exception 'Give a reason' using errcode = 'GF422';
      end if;
      select count(*) into deliveries from order_deliveries d where d.order_id = o.id;
      select exists (select 1 from disputes d where d.order_id = o.id and d.source = 'whop' and d.status = 'open') into whop_open;
      case p_transition
        when 'submit_requirements' then
          if exists (select 1 from order_requirements q where q.order_id = o.id and q.required and q.answer is null) then
            raise exception 'Answer every required question first' using errcode = 'GF422';
          end if;
        when 'deliver' then
          if deliveries <= (select count(*) from order_transitions t where t.order_id = o.id and t.transition = 'deliver') then
            raise exception 'There is nothing to deliver yet' using errcode = 'GF422';
          end if;
        when 'request_revision' then
          if o.revisions_used >= o.revisions_allowed then
            raise exception 'All rounds of changes are used' using errcode = 'GF409';
          end if;
        when 'auto_complete' then
          if p_actor = 'clock' and o.auto_complete_at > at then
            raise exception 'It is too early to complete this order' using errcode = 'GF409';
          end if;
        when 'request_cancellation' then
          if p_actor <> 'admin' and (select count(*) from proposals x where x.order_id = o.id and x.kind = 'cancellation' and x.by_role = p_actor) >= 2 then
            raise exception 'You have asked to cancel twice already' using errcode = 'GF409';
          end if;
          if exists (select 1 from proposals x where x.order_id = o.id and x.kind = 'cancellation' and x.by_role = p_actor
                     and x.status in ('declined', 'withdrawn') and x.answered_at > at - interval '48 hours') then
            raise exception 'You can ask to cancel again 48 hours after the last answer' using errcode = 'GF409';
          end if;
        when 'withdraw_cancellation', 'decline_cancellation', 'accept_cancellation', 'lapse_cancellation', 'escalate_cancellation' then
          select * into p from proposals x where x.order_id = o.id and x.kind = 'cancellation' and x.status = 'open';
          if p.id is null or (p_proposal is not null and p.id <> p_proposal) then
            raise exception 'This request is no longer open' using errcode = 'GF409';
          end if;
          if p_transition = 'withdraw_cancellation' and p_actor <> 'admin' and p.by_role <> p_actor then
            raise exception 'Only the person who asked can withdraw the request' using errcode = 'GF403';
          end if;
          if p_transition in ('decline_cancellation', 'accept_cancellation') and p.by_role = p_actor then
            raise exception 'The other side has to answer this request' using errcode = 'GF403';
          end if;
          if p_actor = 'clock' and p.answer_by > at then
            raise exception 'There is still time to answer' using errcode = 'GF409';
          end if;
          if p_actor = 'clock' and (p_transition = 'escalate_cancellation') <> (p.by_role = 'buyer' and deliveries > 0) then
            raise exception 'This is not how an unanswered request ends' using errcode = 'GF409';
          end if;
        when 'cancel_unstarted' then
          if at < o.created_at + (case p_actor when 'clock' then interval '14 days' when 'seller' then interval '7 days' else interval '0' end) then
            raise exception 'The buyer still has time to send the brief' using errcode = 'GF409';
          end if;
        when 'cancel_late' then
          if deliveries > 0 then
            raise exception 'Something has been delivered already' using errcode = 'GF409';
          end if;
          if at < o.due_at + (case p_actor when 'clock' then interval '14 days' when 'buyer' then interval '24 hours' else interval '0' end) then
            raise exception 'You can cancel 24 hours after the due date' using errcode = 'GF409';
          end if;
        when 'dispute_late' then
          if at < o.due_at + (case p_actor when 'clock' then interval '14 days' when 'buyer' then interval '24 hours' else interval '0' end) then
            raise exception 'You can report the delay 24 hours after the due date' using errcode = 'GF409';
          end if;
        when 'open_dispute' then
          if o.completed_at is not null and o.completed_at + interval '14 days' < at then
            raise exception 'A problem can be reported until 14 days after completion' using errcode = 'GF409';
          end if;
          if exists (select 1 from disputes d where d.order_id = o.id and d.source = 'party' and d.status = 'resolved') then
            raise exception 'This order''s dispute has been decided' using errcode = 'GF409';
          end if;
        when 'withdraw_dispute' then
          if whop_open then
            raise exception 'The buyer''s bank has an open case on this order' using errcode = 'GF409';
          end if;
          if not exists (select 1 from disputes d where d.order_id = o.id and d.source = 'party' and d.status = 'open'
                         and (d.opened_by = p_actor or p_actor = 'admin')) then
            raise exception 'Only the person who opened the dispute can withdraw it' using errcode = 'GF403';
          end if;
        when 'close_chargeback' then
          if exists (select 1 from disputes d where d.order_id = o.id and d.status = 'open') then
            raise exception 'Another dispute is still open' using errcode = 'GF409';
          end if;
        when 'resolve_refund', 'resolve_split', 'resolve_release' then
          if whop_open then
            raise exception 'The buyer''s bank has an open case on this order' using errcode = 'GF409';
          end if;
        when 'settle' then
          if whop_open then
            raise exception 'The buyer''s bank has an open case on this order' using errcode = 'GF409';
          end if;
          select * into p from proposals x where x.order_id = o.id and x.kind = 'settlement' and x.status = 'open' and x.id = p_proposal;
          if p.id is null then
            raise exception 'This proposal is no longer open' using errcode = 'GF409';
          end if;
          if p.by_role = p_actor then
            raise exception 'The other side has to answer this proposal' using errcode = 'GF403';
          end if;
        else null;
      end case;
    end $$;

    -- Proposals and disputes follow the order.
    create function order_transition_side_rows(o orders, p_transition text, p_actor text, p_reason text, p_proposal uuid, p_to order_status) returns void
    language plpgsql set search_path = public, pg_temp as $$
    declare
      at timestamptz := app_now();
      zone text;
    begin
      if p_transition = 'request_cancellation' then
        select coalesce((select time_zone from profiles where user_id = case p_actor when 'buyer' then o.seller_id else o.buyer_id end), 'UTC') into zone;
        insert into proposals (id, order_id, kind, by_role, reason, answer_by, created_at)
          values (gen_random_uuid(), o.id, 'cancellation', case p_actor when 'seller' then 'seller' else 'buyer' end, p_reason, after_weekend(at + interval '72 hours', zone), at);
      elsif p_transition in ('withdraw_cancellation', 'decline_cancellation', 'accept_cancellation', 'lapse_cancellation', 'escalate_cancellation') then
        update proposals set answered_at = at, status = case p_transition when 'withdraw_cancellation' then 'withdrawn' when 'decline_cancellation' then 'declined'
            when 'accept_cancellation' then 'accepted' else 'lapsed' end
          where order_id = o.id and kind = 'cancellation' and status = 'open';
      elsif p_transition = 'settle' then
        update proposals set answered_at = at, status = 'accepted' where id = p_proposal;
      end if;
      if p_transition in ('open_dispute', 'dispute_late', 'escalate_cancellation') then
        insert into disputes (id, order_id, source, opened_by, reason, opened_at)
          values (gen_random_uuid(), o.id, 'party', case p_actor when 'seller' then 'seller' when 'clock' then 'clock' else 'buyer' end, coalesce(p_reason, ''), at);
      elsif p_transition = 'withdraw_dispute' then
        update disputes set status = 'withdrawn', closed_at = at where order_id = o.id and source = 'party' and status = 'open';
      elsif p_transition in ('resolve_refund', 'resolve_split', 'resolve_release', 'settle') then
        update disputes set status = 'resolved', closed_at = at where order_id = o.id and source = 'party' and status = 'open';
      end if;
      if p_to in ('cancelled', 'refunded', 'disputed', 'completed') then
        update proposals set status = 'void', answered_at = at where order_id = o.id and status = 'open';
      elsif p_transition = 'deliver' then
        update proposals set status = 'void', answered_at = at where order_id = o.id and status = 'open' and kind = 'extension';
      end if;
    end $$;

    -- The only way to change orders.status: lock, check, change, record (product.md section 5).
    create function order_transition(p_order uuid, p_transition text, p_expected order_status, p_reason text default null, p_proposal uuid default null)
    returns order_status language plpgsql security definer set search_path = public, pg_temp as $$
    <<act>>
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      caller_id uuid := app_actor_id();
      at timestamptz := app_now();
      o orders;
      actor text;
      rule order_transition_rules;
      target order_status;
      was_running boolean;
      is_running boolean;
      is_interrupted boolean;
      zone text;
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = p_order for update;
      if not found then
        raise exception 'This order does not exist' using errcode = 'GF404';
      end if;
      actor := order_actor(o, coalesce(nullif(caller, ''), 'anonymous'), caller_id, app_cause());
      if not exists (select 1 from order_transition_rules r where r.transition = p_transition and r.actor = act.actor) then
        raise exception 'This is not yours to do' using errcode = 'GF403';
      end if;
      if o.status <> p_expected then
        raise exception 'The order has moved on to %', o.status using errcode = 'GF409';
      end if;
      select * into rule from order_transition_rules r
        where r.transition = p_transition and r.from_status = o.status and r.actor = act.actor;
      if not found then
        raise exception 'This cannot be done while the order is %', o.status using errcode = 'GF409';
      end if;
      perform order_transition_guard(o, p_transition, actor, p_reason, p_proposal);

      target := coalesce(rule.to_status, o.resume_status);
      was_running := o.status in ('in_progress', 'revision_requested');
      is_running := target in ('in_progress', 'revision_requested');
      is_interrupted := target in ('cancel_requested', 'disputed');
      perform order_transition_side_rows(o, p_transition, actor, p_reason, p_proposal, target);

      insert into order_transitions (order_id, number, transition, from_status, to_status, actor, actor_id, reason, created_at)
        values (o.id, o.transition_count + 1, p_transition, o.status, target, actor, caller_id, p_reason, at);

      if was_running and not is_running then
        o.remaining := o.due_at - at;
        insert into order_clock (order_id, event, transition, due_at, remaining, at) values (o.id, 'stop', p_transition, o.due_at, o.remaining, at);
      elsif is_running and not was_running then
        o.due_at := case when o.due_at is null then at + make_interval(hours => 24 * o.delivery_days)
                         else at + greatest(coalesce(o.remaining, interval '0'), interval '24 hours') end;
        o.remaining := null;
        insert into order_clock (order_id, event, transition, due_at, at) values (o.id, 'start', p_transition, o.due_at, at);
      end if;
      if o.status = 'delivered' and target <> 'delivered' then
        o.auto_remaining := o.auto_complete_at - at;
        o.auto_complete_at := null;
      end if;
      if target = 'delivered' then
        select coalesce((select time_zone from profiles where user_id = o.buyer_id), 'UTC') into zone;
        o.auto_complete_at := after_weekend(at + case when p_transition = 'deliver' then interval '72 hours'
          else greatest(coalesce(o.auto_remaining, interval '0'), interval '24 hours') end, zone);
        o.auto_remaining := null;
      end if;

      update orders set status = target, transition_count = o.transition_count + 1,
          resume_status = case when is_interrupted then coalesce(o.resume_status, o.status) end,
          due_at = o.due_at, remaining = o.remaining, auto_complete_at = o.auto_complete_at, auto_remaining = o.auto_remaining,
          delivered_at = case when p_transition = 'deliver' then at else o.delivered_at end,
          revisions_used = o.revisions_used + (p_transition = 'request_revision')::integer,
          completed_at = case when target = 'completed' then coalesce(o.completed_at, at) else o.completed_at end
        where id = o.id;

      insert into notifications (user_id, guest_buyer_id, kind, order_id, data, created_at)
        select r.user_id, r.guest_id, 'order.' || p_transition, o.id, jsonb_build_object('role', r.role, 'to', target), at
        from (values (o.buyer_id, o.guest_buyer_id, 'buyer'), (o.seller_id, null::uuid, 'seller')) as r (user_id, guest_id, role)
        where r.role <> actor;
      perform set_config('app.actor_role', caller, true);
      return target;
    end $$;

    -- Nobody, the system actor included, changes a status without the row that explains it.
    create function orders_enforce_transition() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.status not in ('awaiting_requirements', 'in_progress') or new.transition_count <> 0 then
          raise exception 'An order cannot begin as %', new.status using errcode = 'check_violation';
        end if;
        return new;
      end if;
      if new.status = old.status and new.transition_count = old.transition_count then
        return new;
      end if;
      if new.transition_count <> old.transition_count + 1 or not exists (
          select 1 from order_transitions t join order_transition_rules r
            on r.transition = t.transition and r.from_status = t.from_status and r.actor = t.actor
          where t.order_id = new.id and t.number = new.transition_count and t.from_status = old.status and t.to_status = new.status
            and new.status = coalesce(r.to_status, old.resume_status)) then
        raise exception 'orders.status changes through order_transition() only (% to %)', old.status, new.status using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger tg_orders__enforce_transition before insert or update on orders
      for each row execute function orders_enforce_transition();

    create function orders_record_creation() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      insert into order_transitions (order_id, number, transition, from_status, to_status, actor, created_at)
        values (new.id, 0, 'create', null, new.status, 'whop', new.created_at);
      if new.status = 'in_progress' then
        insert into order_clock (order_id, event, transition, due_at, at) values (new.id, 'start', 'create', new.due_at, new.created_at);
      end if;
      insert into notifications (user_id, guest_buyer_id, kind, order_id, data, created_at)
        values (new.buyer_id, new.guest_buyer_id, 'order.create', new.id, '{"role": "buyer"}', new.created_at),
               (new.seller_id, null, 'order.create', new.id, '{"role": "seller"}', new.created_at);
      return null;
    end $$;
    create trigger tg_orders__record_creation after insert on orders for each row execute function orders_record_creation();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_orders__record_creation on orders;
    drop function orders_record_creation();
    drop trigger tg_orders__enforce_transition on orders;
    drop function orders_enforce_transition();
    drop function order_transition(uuid, text, order_status, text, uuid);
    drop function order_transition_side_rows(orders, text, text, text, uuid, order_status);
    drop function order_transition_guard(orders, text, text, text, uuid);
    drop function order_actor(orders, text, uuid, text);
    drop function after_weekend(timestamptz, text);
  `);
}
