import type { Knex } from 'knex';
import { isAdmin, isSelf, protect } from './support/policies.ts';

const inThread = 'exists (select 1 from conversations c where c.id = conversation_id)';
const blocked = (one: string, other: string) =>
  `exists (select 1 from blocks b where b.blocker_id = ${one} and b.blocked_id = ${other})`;

// Enquiries before a purchase: who has read how far, who wants to hear from whom, and what is told of messages.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table notifications add column conversation_id uuid references conversations (id) on delete cascade;
    create index notifications_conversation on notifications (conversation_id) where conversation_id is not null;

    create table conversation_reads (
      conversation_id uuid not null references conversations (id) on delete cascade,
      user_id uuid not null references users (id) on delete cascade,
      last_number bigint not null,
      primary key (conversation_id, user_id)
    );

    create table blocks (
      blocker_id uuid not null references users (id) on delete cascade,
      blocked_id uuid not null references users (id) on delete cascade,
      created_at timestamptz not null default app_now(),
      primary key (blocker_id, blocked_id),
      check (blocker_id <> blocked_id)
    );
    create index conversations_buyer_created on conversations (buyer_id, created_at);

    -- Neither side writes while one has blocked the other; each sees only his own blocks, so this looks as the system.
    create function conversation_is_blocked(p_buyer uuid, p_seller uuid) returns boolean
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      found_one boolean;
    begin
      perform set_config('app.actor_role', 'system', true);
      found_one := ${blocked('p_buyer', 'p_seller')} or ${blocked('p_seller', 'p_buyer')};
      perform set_config('app.actor_role', caller, true);
      return found_one;
    end $$;

    create function order_messages_guard_blocks() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if exists (select 1 from conversations c where c.id = new.conversation_id and conversation_is_blocked(c.buyer_id, c.seller_id)) then
        raise exception 'This conversation is closed' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_order_messages__guard_blocks before insert on order_messages
      for each row when (new.conversation_id is not null) execute function order_messages_guard_blocks();

    -- One unread notification per thread is enough, however many messages follow.
    create function order_messages_notify() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      o orders;
      c conversations;
      told record;
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = new.order_id;
      select * into c from conversations where id = new.conversation_id;
      for told in
        select * from (values (coalesce(o.buyer_id, c.buyer_id), o.guest_buyer_id, 'buyer'), (coalesce(o.seller_id, c.seller_id), null::uuid, 'seller'))
          as side (user_id, guest_id, role)
        where num_nonnulls(user_id, guest_id) = 1
          and user_id is distinct from new.sender_id and (guest_id is null or guest_id is distinct from new.sender_guest_id)
      loop
        if not exists (select 1 from notifications n where n.kind = 'message' and n.read_at is null
            and n.user_id is not distinct from told.user_id and n.guest_buyer_id is not distinct from told.guest_id
            and n.order_id is not distinct from new.order_id and n.conversation_id is not distinct from new.conversation_id
            and (told.guest_id is null or n.created_at > app_now() - interval '1 hour')) then
          insert into notifications (user_id, guest_buyer_id, kind, order_id, conversation_id, data, created_at)
            values (told.user_id, told.guest_id, 'message', new.order_id, new.conversation_id, jsonb_build_object('role', told.role), app_now());
        end if;
      end loop;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_order_messages__notify after insert on order_messages
      for each row execute function order_messages_notify();

    create or replace function notifications_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(new.user_id, 'notification', null);
      if new.order_id is not null and new.kind not in ('order.create', 'message')
         and not exists (select 1 from order_transition_rules r where 'order.' || r.transition = new.kind) then
        perform announce(new.user_id, 'order', new.order_id);
      end if;
      return null;
    end $$;
  `);
  const mine = `${isSelf('user_id')} and ${inThread}`;
  await protect(knex, 'conversation_reads', { select: isSelf('user_id'), insert: mine, update: mine });
  await protect(knex, 'blocks', {
    select: `${isSelf('blocker_id')} or ${isAdmin}`,
    insert: isSelf('blocker_id'),
    delete: isSelf('blocker_id'),
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function notifications_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform announce(new.user_id, 'notification', null);
      if new.order_id is not null and new.kind <> 'order.create'
         and not exists (select 1 from order_transition_rules r where 'order.' || r.transition = new.kind) then
        perform announce(new.user_id, 'order', new.order_id);
      end if;
      return null;
    end $$;
    drop trigger tg_order_messages__notify on order_messages;
    drop function order_messages_notify();
    drop trigger tg_order_messages__guard_blocks on order_messages;
    drop function order_messages_guard_blocks();
    drop function conversation_is_blocked(uuid, uuid);
    drop index conversations_buyer_created;
    drop table blocks;
    drop table conversation_reads;
    alter table notifications drop column conversation_id;
  `);
}
