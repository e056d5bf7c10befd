import type { Knex } from 'knex';

// What everybody may know of a seller's queue: how full it is, and until when he is away. Orders themselves stay private.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function seller_queue(p_seller uuid) returns table (active integer, places integer, away_until timestamptz)
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      return query
        select (select count(*)::integer from orders o where o.seller_id = p_seller and o.status in
                 ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'cancel_requested')),
          a.max_active_orders,
          case when a.away_until > app_now() then a.away_until end
        from seller_accounts a where a.user_id = p_seller;
      perform set_config('app.actor_role', caller, true);
    end $$;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop function seller_queue(uuid)`);
}
