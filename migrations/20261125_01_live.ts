import type { Knex } from 'knex';
import { isSelf, protect } from './support/policies.ts';

// What open pages hear of (GET /events). Every row says only that something changed; the page asks for it again.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table live_events (
      id bigint generated always as identity primary key,
      user_id uuid not null references users (id) on delete cascade,
      name text not null check (name in ('notification', 'order', 'message')),
      -- An order or a conversation; none for the number of unread news.
      subject uuid,
      -- Whether the person did it himself, on another page perhaps.
      own boolean not null,
      created_at timestamptz not null default now()
    );
    create index live_events_user on live_events (user_id, id);
    create index live_events_created on live_events (created_at);

    create function announce(p_user uuid, p_name text, p_subject uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      is_own boolean := coalesce(p_user = app_actor_id(), false);
      event bigint;
    begin
      if p_user is null then
        return;
      end if;
      perform set_config('app.actor_role', 'system', true);
      insert into live_events (user_id, name, subject, own) values (p_user, p_name, p_subject, is_own) returning id into event;
      perform set_config('app.actor_role', caller, true);
      perform pg_notify('live', json_build_object('id', event, 'user', p_user, 'name', p_name, 'subject', p_subject, 'own', is_own)::text);
    end $$;

    create function order_transitions_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(person, 'order', new.order_id)
        from orders o, unnest(array[o.buyer_id, o.seller_id]) as person where o.id = new.order_id;
      return null;
    end $$;
    create trigger tg_order_transitions__announce after insert on order_transitions
      for each row execute function order_transitions_announce();

    -- A transition announces itself; what else is told of an order (a proposal, a statement, a tip) changes its page too.
    create function notifications_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(new.user_id, 'notification', null);
      if new.order_id is not null and new.kind <> 'order.create'
         and not exists (select 1 from order_transition_rules r where 'order.' || r.transition = new.kind) then
        perform announce(new.user_id, 'order', new.order_id);
      end if;
      return null;
    end $$;
    create trigger tg_notifications__announce after insert on notifications
      for each row execute function notifications_announce();

    create function notifications_announce_read() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(person.user_id, 'notification', null)
        from (select distinct n.user_id from after n join before b on b.id = n.id where n.read_at is distinct from b.read_at) person;
      return null;
    end $$;
    create trigger tg_notifications__announce_read after update on notifications
      referencing old table as before new table as after
      for each statement execute function notifications_announce_read();

    create function order_messages_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(person, 'message', coalesce(new.order_id, new.conversation_id)) from (
        select unnest(array[o.buyer_id, o.seller_id]) from orders o where o.id = new.order_id
        union all
        select unnest(array[c.buyer_id, c.seller_id]) from conversations c where c.id = new.conversation_id) as t (person);
      return null;
    end $$;
    create trigger tg_order_messages__announce after insert on order_messages
      for each row execute function order_messages_announce();

    -- Whoever signs out or is suspended hears nothing more. The id of a session is a secret, so its hash travels.
    create function sessions_announce_end() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      perform pg_notify('live', json_build_object('ended', encode(sha256(convert_to(old.sid, 'UTF8')), 'hex'))::text);
      return null;
    end $$;
    create trigger tg_sessions__announce_end after delete on sessions
      for each row execute function sessions_announce_end();

    create function users_announce_suspension() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      perform pg_notify('live', json_build_object('closed', new.id)::text);
      return null;
    end $$;
    create trigger tg_users__announce_suspension after update on users
      for each row when (old.suspended_at is null and new.suspended_at is not null) execute function users_announce_suspension();
  `);
  await protect(knex, 'live_events', { select: isSelf('user_id') });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_users__announce_suspension on users;
    drop function users_announce_suspension();
    drop trigger tg_sessions__announce_end on sessions;
    drop function sessions_announce_end();
    drop trigger tg_order_messages__announce on order_messages;
    drop function order_messages_announce();
    drop trigger tg_notifications__announce_read on notifications;
    drop function notifications_announce_read();
    drop trigger tg_notifications__announce on notifications;
    drop function notifications_announce();
    drop trigger tg_order_transitions__announce on order_transitions;
    drop function order_transitions_announce();
    drop function announce(uuid, text, uuid);
    drop table live_events;
  `);
}
