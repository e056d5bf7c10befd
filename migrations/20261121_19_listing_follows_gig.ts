import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A gig that is not published stands in no shop, whoever took it down.
    create function gigs_remove_listing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      delete from gig_listings where gig_id = new.id;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_gigs__200_remove_listing after update of status on gigs
      for each row when (old.status = 'published' and new.status <> 'published') execute function gigs_remove_listing();

    -- A listing shows its seller as he is today.
    create function profiles_refresh_listings() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      update gig_listings set seller_username = new.username, seller_name = new.display_name,
        seller_level = new.level, seller_location = new.location
      where seller_id = new.user_id;
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_profiles__refresh_listings after update on profiles
      for each row when ((old.username, old.display_name, old.level, old.location)
        is distinct from (new.username, new.display_name, new.level, new.location))
      execute function profiles_refresh_listings();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_profiles__refresh_listings on profiles;
    drop function profiles_refresh_listings();
    drop trigger tg_gigs__200_remove_listing on gigs;
    drop function gigs_remove_listing();
  `);
}
