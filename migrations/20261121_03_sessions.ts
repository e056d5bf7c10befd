import type { Knex } from 'knex';
import { protectOpen } from './support/policies.ts';

// The shape that connect-pg-simple expects; user_id lets a person see and end his own sessions.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sessions (
      sid text primary key,
      sess json not null,
      expire timestamptz not null,
      user_id uuid generated always as ((sess ->> 'userId')::uuid) stored
    );
    create index sessions_expire on sessions (expire);
    create index sessions_user on sessions (user_id) where user_id is not null;

    create table rate_limits (
      key text primary key,
      points integer not null default 0,
      expire bigint
    );

    -- One round trip per request: the session and, read afresh, the person it belongs to.
    create function session_with_user(p_sid text) returns table (sess json, person json)
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      caller text := coalesce(current_setting('app.actor_role', true), '');
    begin
      perform set_config('app.actor_role', 'system', true);
      return query
        select s.sess, case when u.id is null then null else json_build_object(
            'id', u.id, 'role', u.role, 'suspended', u.suspended_at is not null, 'emailVerified', u.email_verified_at is not null,
            'email', u.email, 'username', p.username, 'displayName', p.display_name, 'timeZone', p.time_zone,
            'isSeller', a.user_id is not null,
            'unread', (select count(*) from notifications n where n.user_id = u.id and n.read_at is null)) end
        from sessions s
          left join users u on u.id = s.user_id
          left join profiles p on p.user_id = u.id
          left join seller_accounts a on a.user_id = u.id
        where s.sid = p_sid and s.expire >= now();
      perform set_config('app.actor_role', caller, true);
    end $$;
  `);
  await protectOpen(knex, 'sessions');
  await protectOpen(knex, 'rate_limits');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function session_with_user(text);
    drop table rate_limits;
    drop table sessions;
  `);
}
