import type { Knex } from 'knex';

const FROM = ['awaiting_requirements', 'in_progress', 'revision_requested', 'delivered', 'cancel_requested'];

// Whoever trades with somebody who is suspended may leave at once. The order says so itself, since neither side may read
// the other's account; the suspension writes it down in the same transaction.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table orders add column buyer_suspended boolean not null default false;

    create function users_mark_orders() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      suspended boolean := new.suspended_at is not null;
    begin
      perform set_config('app.actor_role', 'system', true);
      update orders set buyer_suspended = suspended
        where buyer_id = new.id and status not in ('completed', 'cancelled', 'refunded');
      update orders set seller_suspended = suspended
        where seller_id = new.id and status not in ('completed', 'cancelled', 'refunded');
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_users__mark_orders after update on users
      for each row when ((old.suspended_at is null) <> (new.suspended_at is null)) execute function users_mark_orders();

    create function order_transitions_guard_suspended() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if not exists (select 1 from orders o where o.id = new.order_id
          and (o.seller_suspended and new.actor <> 'seller' or o.buyer_suspended and new.actor <> 'buyer')) then
        raise exception 'The other side is not suspended' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_order_transitions__guard_suspended before insert on order_transitions
      for each row when (new.transition = 'cancel_suspended') execute function order_transitions_guard_suspended();

    update orders o set
        buyer_suspended = exists (select 1 from users u where u.id = o.buyer_id and u.suspended_at is not null),
        seller_suspended = exists (select 1 from users u where u.id = o.seller_id and u.suspended_at is not null)
      where o.status not in ('completed', 'cancelled', 'refunded');
  `);
  await knex('order_transition_rules').insert(
    FROM.flatMap((from_status) =>
      ['buyer', 'seller', 'admin'].map((actor) => ({
        transition: 'cancel_suspended',
        from_status,
        to_status: 'cancelled',
        actor,
      })),
    ),
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex('order_transition_rules').where({ transition: 'cancel_suspended' }).delete();
  await knex.raw(`
    drop trigger tg_order_transitions__guard_suspended on order_transitions;
    drop function order_transitions_guard_suspended();
    drop trigger tg_users__mark_orders on users;
    drop function users_mark_orders();
    alter table orders drop column buyer_suspended;
  `);
}
