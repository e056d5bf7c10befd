import type { Knex } from 'knex';
import { anyone, isAdmin, isSelf, protect, touchUpdatedAt } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id uuid primary key,
      email citext unique check (length(email) between 3 and 254),
      email_verified_at timestamptz,
      password_hash text,
      role user_role not null default 'user',
      suspended_at timestamptz,
      suspended_reason text,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );

    create table profiles (
      user_id uuid primary key references users (id) on delete cascade,
      username citext not null unique check (username ~ '^[a-z0-9][a-z0-9_-]{1,29}$'),
      display_name text not null check (length(display_name) between 1 and 80),
      tagline text not null default '' check (length(tagline) <= 160),
      bio text not null default '' check (length(bio) <= 2000),
      skills text[] not null default '{}' check (cardinality(skills) <= 20),
      location text not null default '' check (length(location) <= 80),
      languages text[] not null default '{}' check (cardinality(languages) <= 20),
      time_zone text not null default 'UTC',
      links jsonb not null default '[]',
      identity_checked boolean not null default false,
      level smallint not null default 0 check (level between 0 and 3),
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );

    create table whop_identities (
      sub text primary key check (length(sub) between 1 and 200),
      user_id uuid not null unique references users (id) on delete cascade,
      email citext,
      refresh_token_encrypted text,
      scope text not null default '',
      linked_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    );

    -- The badge and the level are facts that the system finds out; a form cannot set them.
    create function profiles_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if app_role() <> 'system' and (new.user_id, new.identity_checked, new.level)
         is distinct from (old.user_id, old.identity_checked, old.level) then
        raise exception 'profiles: these columns are written by the system only' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger tg_profiles__protect before update on profiles for each row execute function profiles_protect();
  `);
  await touchUpdatedAt(knex, 'users');
  await touchUpdatedAt(knex, 'profiles');
  await touchUpdatedAt(knex, 'whop_identities');
  await protect(knex, 'users', { select: `${isSelf('id')} or ${isAdmin}` });
  await protect(knex, 'profiles', { select: anyone, update: isSelf('user_id') });
  await protect(knex, 'whop_identities', { select: isSelf('user_id') });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table whop_identities;
    drop table profiles;
    drop function profiles_protect();
    drop table users;
  `);
}
