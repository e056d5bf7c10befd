import type { Knex } from 'knex';
import { appendOnly } from './support/policies.ts';

// The record of who did what stays; from where is personal, and forgotten after 13 months.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function audit_events_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if tg_op = 'UPDATE' and app_role() = 'system' and old.created_at < app_now() - interval '13 months'
         and new.address is null and new.user_agent is null
         and to_jsonb(new) - array['address', 'user_agent'] = to_jsonb(old) - array['address', 'user_agent'] then
        return new;
      end if;
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end $$;
    drop trigger tg_audit_events__append_only on audit_events;
    create trigger tg_audit_events__protect before update or delete on audit_events
      for each row execute function audit_events_protect();
    create index audit_events_addresses on audit_events (created_at) where address is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index audit_events_addresses;
    drop trigger tg_audit_events__protect on audit_events;
    drop trigger tg_audit_events__append_only_truncate on audit_events;
    drop function audit_events_protect();
  `);
  await appendOnly(knex, 'audit_events');
}
