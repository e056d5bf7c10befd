import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function reviews_enforce_window() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      o orders;
      cancelled_late boolean;
    begin
      perform set_config('app.actor_role', 'system', true);
      select * into o from orders where id = new.order_id for update;
      select exists (select 1 from order_transitions t where t.order_id = o.id and t.transition = 'cancel_late') into cancelled_late;
      perform set_config('app.actor_role', caller, true);
      if not (o.completed_at is not null and o.status in ('completed', 'disputed', 'refunded'))
         and not (new.author_role = 'buyer' and o.status = 'cancelled' and cancelled_late) then
        raise exception 'A review can be written once the order is complete' using errcode = 'GF409';
      end if;
      if coalesce(o.completed_at, o.updated_at) + interval '14 days' < app_now() then
        raise exception 'The 14 days for a review are over' using errcode = 'GF409';
      end if;
      return new;
    end $$;
    create trigger tg_reviews__enforce_window before insert on reviews for each row execute function reviews_enforce_window();

    -- Both reviews appear together. The order's row lock, taken above, makes the second of two writers see the first.
    create function reviews_publish_pair() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      if (select count(*) from reviews r where r.order_id = new.order_id) = 2 then
        update reviews set published_at = app_now() where order_id = new.order_id and published_at is null;
      end if;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_reviews__publish_pair after insert on reviews for each row execute function reviews_publish_pair();

    create function refresh_rating(p_gig uuid) returns void language sql set search_path = public, pg_temp as $$
      update gig_listings l set rating_count = s.n, rating_sum = s.total
      from (select count(*)::integer as n, coalesce(sum(rating), 0)::integer as total from reviews
            where gig_id = p_gig and author_role = 'buyer' and published_at is not null and hidden_at is null) s
      where l.gig_id = p_gig and (l.rating_count, l.rating_sum) is distinct from (s.n, s.total)
    $$;

    create function reviews_refresh_rating() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      if tg_op <> 'DELETE' then perform refresh_rating(new.gig_id); end if;
      if tg_op = 'DELETE' then perform refresh_rating(old.gig_id); end if;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_reviews__refresh_rating after insert or update or delete on reviews
      for each row execute function reviews_refresh_rating();

    create function gig_listings_take_rating() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform refresh_rating(new.gig_id);
      return null;
    end $$;
    create trigger tg_gig_listings__take_rating after insert on gig_listings
      for each row execute function gig_listings_take_rating();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_gig_listings__take_rating on gig_listings;
    drop function gig_listings_take_rating();
    drop trigger tg_reviews__refresh_rating on reviews;
    drop function reviews_refresh_rating();
    drop function refresh_rating(uuid);
    drop trigger tg_reviews__publish_pair on reviews;
    drop function reviews_publish_pair();
    drop trigger tg_reviews__enforce_window on reviews;
    drop function reviews_enforce_window();
  `);
}
