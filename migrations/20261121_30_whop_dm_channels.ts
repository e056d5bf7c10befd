import type { Knex } from 'knex';
import { isSelf, protect } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Whop gives the same two people the same channel for every order, so it belongs to the pair.
    create table whop_dm_channels (
      buyer_id uuid not null references users (id) on delete cascade,
      seller_id uuid not null references users (id) on delete cascade,
      channel_id text not null check (length(channel_id) between 1 and 200),
      created_at timestamptz not null default app_now(),
      primary key (buyer_id, seller_id)
    );
    create index whop_dm_channels_seller on whop_dm_channels (seller_id);

    -- Who of an order's two sides has a Whop account, and their channel. A person may not read the other's identity row,
    -- so this tells no more than yes or no, and only to those who see the order.
    create function order_whop_chat(p_order uuid) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      o record;
      answer jsonb;
    begin
      select buyer_id, seller_id into o from orders where id = p_order;
      if not found or o.buyer_id is null then
        return null;
      end if;
      perform set_config('app.actor_role', 'system', true);
      answer := jsonb_build_object(
        'buyer_linked', exists (select 1 from whop_identities w where w.user_id = o.buyer_id),
        'seller_linked', exists (select 1 from whop_identities w where w.user_id = o.seller_id),
        'channel_id', (select c.channel_id from whop_dm_channels c where c.buyer_id = o.buyer_id and c.seller_id = o.seller_id));
      perform set_config('app.actor_role', caller, true);
      return answer;
    end $$;
  `);
  await protect(knex, 'whop_dm_channels', { select: `${isSelf('buyer_id')} or ${isSelf('seller_id')}` });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function order_whop_chat(uuid);
    drop table whop_dm_channels;
  `);
}
