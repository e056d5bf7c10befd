import type { Knex } from 'knex';

// Who is asking is told by three settings of the transaction (src/database.ts); the functions below read nothing else.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists citext;
    create extension if not exists pg_trgm;
    create extension if not exists unaccent;
    create extension if not exists btree_gin;

    create function app_role() returns text language sql stable set search_path = pg_catalog
      as $$ select coalesce(nullif(current_setting('app.actor_role', true), ''), 'anonymous') $$;
    create function app_actor_id() returns uuid language sql stable set search_path = pg_catalog
      as $$ select nullif(current_setting('app.actor_id', true), '')::uuid $$;
    create function app_cause() returns text language sql stable set search_path = pg_catalog
      as $$ select coalesce(current_setting('app.cause', true), '') $$;
    create function app_now() returns timestamptz language sql stable set search_path = pg_catalog
      as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

    create function touch_updated_at() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      new.updated_at := app_now();
      return new;
    end $$;

    create function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;

    create text search configuration gigflow (copy = english);
    alter text search configuration gigflow
      alter mapping for hword, hword_part, word with unaccent, english_stem;

    create type user_role as enum ('user', 'admin');
    create type kyc_status as enum ('not_started', 'pending', 'action_required', 'verified', 'rejected', 'disabled');
    create type gig_status as enum ('draft', 'review', 'published', 'paused', 'rejected');
    create type package_tier as enum ('basic', 'standard', 'premium');
    create type order_status as enum ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested',
      'completed', 'cancel_requested', 'cancelled', 'disputed', 'refunded');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop type order_status;
    drop type package_tier;
    drop type gig_status;
    drop type kyc_status;
    drop type user_role;
    drop text search configuration gigflow;
    drop function refuse_change();
    drop function touch_updated_at();
    drop function app_now();
    drop function app_cause();
    drop function app_actor_id();
    drop function app_role();
    drop extension btree_gin;
    drop extension unaccent;
    drop extension pg_trgm;
    drop extension citext;
  `);
}
