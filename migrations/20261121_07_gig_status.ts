import type { Knex } from 'knex';

// Which way a gig's status may go, and who may send it there (product.md section 2).
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function gigs_enforce_status() returns trigger language plpgsql set search_path = public, pg_temp as $$
    declare
      actor text := app_role();
    begin
      if tg_op = 'INSERT' then
        if new.status <> 'draft' and not (actor = 'system' and new.status = 'published') then
          raise exception 'A gig starts as a draft' using errcode = 'check_violation';
        end if;
        return new;
      end if;
      if new.seller_id is distinct from old.seller_id and actor <> 'system' then
        raise exception 'A gig stays with its seller' using errcode = 'insufficient_privilege';
      end if;
      if new.status = old.status then
        return new;
      end if;
      if (old.status, new.status) in (('draft', 'review'), ('rejected', 'review'), ('review', 'draft'), ('published', 'paused'), ('paused', 'published'))
         and (actor = 'system' or old.seller_id = app_actor_id()) then
        return new;
      end if;
      if (old.status, new.status) in (('review', 'published'), ('review', 'rejected')) and actor in ('system', 'admin')
         and (actor = 'system' or old.seller_id is distinct from app_actor_id()) then
        return new;
      end if;
      raise exception 'A gig cannot go from % to %', old.status, new.status using errcode = 'check_violation';
    end $$;
    create trigger tg_gigs__100_enforce_status before insert or update on gigs
      for each row execute function gigs_enforce_status();

    -- The identity gate. FOR SHARE makes a concurrent loss of KYC wait; the role is switched because the seller's own row
    -- is hidden from an admin's or a stranger's statement.
    create function enforce_kyc_before_gig_publish() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
      kyc kyc_status;
      suspended boolean;
    begin
      if tg_table_name = 'gigs' then
        if new.status <> 'published' or (tg_op = 'UPDATE' and old.status = 'published' and new.seller_id = old.seller_id) then
          return new;
        end if;
      elsif tg_op = 'UPDATE' and new.seller_id = old.seller_id then
        return new;
      end if;
      perform set_config('app.actor_role', 'system', true);
      select a.kyc_status into kyc from seller_accounts a where a.user_id = new.seller_id for share;
      select u.suspended_at is not null into suspended from users u where u.id = new.seller_id for share;
      perform set_config('app.actor_role', caller, true);
      if kyc is distinct from 'verified' then
        raise exception 'The seller has not passed the identity check' using errcode = 'GF001';
      end if;
      if suspended then
        raise exception 'The seller is suspended' using errcode = 'GF001';
      end if;
      return new;
    end $$;
    create trigger trg_enforce_kyc_before_gig_publish before insert or update on gigs
      for each row execute function enforce_kyc_before_gig_publish();
    create trigger trg_enforce_kyc_before_gig_publish before insert or update on gig_listings
      for each row execute function enforce_kyc_before_gig_publish();

    -- Whoever loses the identity check, or is suspended, loses the listings in the same transaction.
    create function unpublish_seller(p_seller uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      delete from gig_listings where seller_id = p_seller;
      update gigs set status = 'paused' where seller_id = p_seller and status = 'published';
      perform set_config('app.actor_role', caller, true);
    end $$;

    create function seller_accounts_sync() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      if new.kyc_status <> 'verified' then
        perform unpublish_seller(new.user_id);
      end if;
      perform set_config('app.actor_role', 'system', true);
      update profiles set identity_checked = (new.kyc_status = 'verified')
        where user_id = new.user_id and identity_checked <> (new.kyc_status = 'verified');
      perform set_config('app.actor_role', caller, true);
      return null;
    end $$;
    create trigger tg_seller_accounts__sync after insert or update of kyc_status on seller_accounts
      for each row execute function seller_accounts_sync();

    create function users_unpublish_when_suspended() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform unpublish_seller(new.id);
      return null;
    end $$;
    create trigger tg_users__unpublish_when_suspended after update of suspended_at on users
      for each row when (old.suspended_at is null and new.suspended_at is not null)
      execute function users_unpublish_when_suspended();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_users__unpublish_when_suspended on users;
    drop function users_unpublish_when_suspended();
    drop trigger tg_seller_accounts__sync on seller_accounts;
    drop function seller_accounts_sync();
    drop function unpublish_seller(uuid);
    drop trigger trg_enforce_kyc_before_gig_publish on gig_listings;
    drop trigger trg_enforce_kyc_before_gig_publish on gigs;
    drop function enforce_kyc_before_gig_publish();
    drop trigger tg_gigs__100_enforce_status on gigs;
    drop function gigs_enforce_status();
  `);
}
