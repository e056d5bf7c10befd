import type { Knex } from 'knex';

const announce = (kinds: string) => `
  create or replace function notifications_announce() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    perform announce(new.user_id, 'notification', null);
    if new.order_id is not null and new.kind not in ('order.create', 'message') ${kinds}
       and not exists (select 1 from order_transition_rules r where 'order.' || r.transition = new.kind) then
      perform announce(new.user_id, 'order', new.order_id);
    end if;
    return null;
  end $$;`;

// What a person should be reminded of, as long as it is true; what he was reminded of is withdrawn when it is no longer.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table notifications add column withdrawn_at timestamptz;
    create unique index notifications_reminded_once on notifications (order_id, kind, (data ->> 'role'), (data ->> 'about'))
      where kind like 'reminder.%';

    create view order_reminders with (security_invoker = true) as
      select r.order_id, r.kind, r.role, r.about, case r.role when 'seller' then o.seller_id else o.buyer_id end as user_id,
        case r.role when 'buyer' then o.guest_buyer_id end as guest_buyer_id
      from (
        select id as order_id, 'reminder.brief' as kind, 'buyer' as role,
            case when created_at <= app_now() - interval '6 days' then 'sixth day' else 'first day' end as about
          from orders where status = 'awaiting_requirements' and created_at <= app_now() - interval '1 day'
        union all
        select id, case when due_at <= app_now() then 'reminder.late' else 'reminder.due' end, 'seller', extract(epoch from due_at)::text
          from orders where status in ('in_progress', 'revision_requested')
            and due_at <= app_now() + case when status = 'in_progress' and delivery_days > 1 then interval '24 hours' else interval '6 hours' end
        union all
        select id, 'reminder.late', 'buyer', extract(epoch from due_at)::text
          from orders where status in ('in_progress', 'revision_requested') and due_at <= app_now() - interval '24 hours'
        union all
        select id, 'reminder.accept', 'buyer', extract(epoch from auto_complete_at)::text
          from orders where status = 'delivered' and auto_complete_at <= app_now() + interval '24 hours'
        union all
        select p.order_id, 'reminder.answer', case p.by_role when 'buyer' then 'seller' else 'buyer' end, p.id::text
          from proposals p where p.status = 'open' and p.answer_by <= app_now() + interval '24 hours'
        union all
        select c.id, 'reminder.review', side.role, ''
          from orders c cross join (values ('buyer'), ('seller')) as side (role)
          where c.status = 'completed' and c.completed_at <= app_now() - interval '12 days' and c.completed_at > app_now() - interval '14 days'
            and not exists (select 1 from reviews v where v.order_id = c.id and v.author_role = side.role)
      ) r join orders o on o.id = r.order_id;
    create index orders_completed on orders (completed_at) where status = 'completed';

    -- Whoever moves an order on may not see what the other side was told, so this looks as the system.
    create function withdraw_reminders(p_order uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      update notifications n set withdrawn_at = app_now(), read_at = coalesce(n.read_at, app_now())
        where n.kind like 'reminder.%' and n.withdrawn_at is null and n.order_id = p_order
          and not exists (select 1 from order_reminders r where r.order_id = n.order_id and r.kind = n.kind
            and r.role = n.data ->> 'role' and r.about = n.data ->> 'about');
      perform set_config('app.actor_role', caller, true);
    end $$;

    create function orders_withdraw_reminders() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform withdraw_reminders(new.id);
      return null;
    end $$;
    create trigger tg_orders__withdraw_reminders after update on orders
      for each row when (old.status <> new.status or old.due_at is distinct from new.due_at) execute function orders_withdraw_reminders();

    create function order_part_withdraws_reminders() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform withdraw_reminders(new.order_id);
      return null;
    end $$;
    create trigger tg_proposals__withdraw_reminders after update on proposals
      for each row when (old.status <> new.status) execute function order_part_withdraws_reminders();
    create trigger tg_reviews__withdraw_reminders after insert on reviews
      for each row execute function order_part_withdraws_reminders();
    ${announce(`and new.kind not like 'reminder.%'`)}
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ${announce('')}
    drop trigger tg_reviews__withdraw_reminders on reviews;
    drop trigger tg_proposals__withdraw_reminders on proposals;
    drop function order_part_withdraws_reminders();
    drop trigger tg_orders__withdraw_reminders on orders;
    drop function orders_withdraw_reminders();
    drop function withdraw_reminders(uuid);
    drop index orders_completed;
    drop view order_reminders;
    delete from notifications where kind like 'reminder.%';
    drop index notifications_reminded_once;
    alter table notifications drop column withdrawn_at;
  `);
}
