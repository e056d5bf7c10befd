import type { Knex } from 'knex';
import { isSelf, protect } from './support/policies.ts';

const inThread = 'exists (select 1 from conversations c where c.id = conversation_id)';
const ownThread = `exists (select 1 from conversations c join gigs g on g.id = c.gig_id and g.seller_id = c.seller_id
  where c.id = conversation_id and c.seller_id = offers.seller_id and c.buyer_id = offers.buyer_id and c.gig_id = offers.gig_id)`;

// A seller's own price for one buyer. What was offered never changes: whoever thinks again withdraws it and makes another.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table offers (
      id uuid primary key,
      conversation_id uuid not null references conversations (id) on delete cascade,
      gig_id uuid not null references gigs (id) on delete cascade,
      seller_id uuid not null references seller_accounts (user_id),
      buyer_id uuid not null references users (id),
      title text not null check (length(title) between 5 and 100),
      description text not null check (length(description) between 1 and 2000),
      price_cents integer not null check (price_cents between 500 and 1000000),
      days integer not null check (days between 1 and 365),
      revisions integer not null check (revisions between 0 and 50),
      status text not null default 'open' check (status in ('open', 'withdrawn', 'declined', 'accepted')),
      order_id uuid references orders (id),
      expires_at timestamptz not null,
      answered_at timestamptz,
      created_at timestamptz not null default app_now(),
      check ((status = 'open') = (answered_at is null)),
      check ((status = 'accepted') = (order_id is not null))
    );
    create unique index offers_one_open on offers (conversation_id) where status = 'open';
    create index offers_conversation on offers (conversation_id, created_at);

    alter table whop_checkout_configs
      add constraint whop_checkout_configs_offer foreign key (offer_id) references offers (id) on delete set null;
    create index whop_checkout_configs_offer on whop_checkout_configs (offer_id) where offer_id is not null;

    -- It asks about blocks and suspensions, which neither side may read; the policy has asked whose thread it is.
    create function offers_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      if conversation_is_blocked(new.buyer_id, new.seller_id) then
        raise exception 'This conversation is closed' using errcode = 'GF409';
      end if;
      if exists (select 1 from users u where u.id in (new.buyer_id, new.seller_id) and (u.suspended_at is not null or u.deleted_at is not null)) then
        raise exception 'The other side cannot buy just now' using errcode = 'GF409';
      end if;
      if not exists (select 1 from gig_listings l where l.gig_id = new.gig_id) then
        raise exception 'The gig is not on sale just now' using errcode = 'GF409';
      end if;
      perform set_config('app.actor_role', caller, true);
      new.status := 'open';
      new.answered_at := null;
      new.order_id := null;
      new.created_at := app_now();
      new.expires_at := app_now() + interval '14 days';
      return new;
    end $$;
    create trigger tg_offers__begin before insert on offers for each row execute function offers_begin();

    -- The seller withdraws, the buyer declines; that an offer is accepted says the payment, also after it was withdrawn.
    create function offers_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if to_jsonb(new) - '{status,answered_at,order_id}'::text[] <> to_jsonb(old) - '{status,answered_at,order_id}'::text[]
         or (new.order_id is distinct from old.order_id and app_role() <> 'system') then
        raise exception 'What was offered does not change' using errcode = 'GF403';
      end if;
      new.answered_at := case when new.status = old.status then old.answered_at else app_now() end;
      if new.status = old.status then
        return new;
      end if;
      if app_role() = 'system' then
        if old.status = 'accepted' then
          raise exception 'This offer was accepted' using errcode = 'GF409';
        end if;
        return new;
      end if;
      if not (new.status = 'withdrawn' and old.seller_id = app_actor_id() or new.status = 'declined' and old.buyer_id = app_actor_id()) then
        raise exception 'This is not yours to do' using errcode = 'GF403';
      end if;
      if old.status <> 'open' then
        raise exception 'This offer is no longer open' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_offers__guard before update on offers for each row execute function offers_guard();

    -- Open pages of the thread show it at once, and the other side hears of it. That it was accepted, the new order tells; that it lapsed, its date.
    create function offers_notify() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform announce(person, 'message', new.conversation_id) from unnest(array[new.buyer_id, new.seller_id]) as person;
      if new.status = 'accepted' or (new.status = 'withdrawn' and new.expires_at <= app_now()) then
        return null;
      end if;
      perform set_config('app.actor_role', 'system', true);
      insert into notifications (user_id, kind, conversation_id, data, created_at)
        values (
          case new.status when 'declined' then new.seller_id else new.buyer_id end,
          case new.status when 'open' then 'offer.made' else 'offer.' || new.status end,
          new.conversation_id,
          jsonb_build_object('role', case new.status when 'declined' then 'seller' else 'buyer' end),
          app_now()
        );
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_offers__tell_new after insert on offers for each row execute function offers_notify();
    create trigger tg_offers__tell_change after update of status on offers
      for each row when (new.status <> old.status) execute function offers_notify();
  `);
  const isSide = `(${isSelf('seller_id')} or ${isSelf('buyer_id')})`;
  await protect(knex, 'offers', {
    select: inThread,
    insert: `${isSelf('seller_id')} and ${ownThread}`,
    update: isSide,
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index whop_checkout_configs_offer;
    alter table whop_checkout_configs drop constraint whop_checkout_configs_offer;
    drop table offers;
    drop function offers_notify();
    drop function offers_guard();
    drop function offers_begin();
    delete from notifications where kind in ('offer.made', 'offer.withdrawn', 'offer.declined');
  `);
}
