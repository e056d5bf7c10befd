import type { Knex } from 'knex';

// graphile_worker's own migrations run before these (src/migrations.ts). Payloads carry ids only: that schema has no policies.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function notifications_enqueue_mail() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform graphile_worker.add_job('notification-mail', json_build_object('id', new.id), job_key := 'notification-mail:' || new.id);
      return null;
    end $$;
    create trigger tg_notifications__enqueue_mail after insert on notifications
      for each row execute function notifications_enqueue_mail();

    create function webhook_events_enqueue() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform graphile_worker.add_job('process-webhook', json_build_object('id', new.id), job_key := 'process-webhook:' || new.id, max_attempts := 12);
      return null;
    end $$;
    create trigger tg_webhook_events__enqueue after insert on webhook_events
      for each row when (new.status = 'pending') execute function webhook_events_enqueue();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tg_webhook_events__enqueue on webhook_events;
    drop function webhook_events_enqueue();
    drop trigger tg_notifications__enqueue_mail on notifications;
    drop function notifications_enqueue_mail();
  `);
}
