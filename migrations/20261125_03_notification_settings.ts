import type { Knex } from 'knex';
import { isSelf, protect } from './support/policies.ts';

// Which mails a person does not want; no row means that he gets them.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table notification_settings (
      user_id uuid not null references users (id) on delete cascade,
      topic text not null check (topic in ('work', 'agreements', 'problems', 'money', 'messages', 'reminders')),
      mail boolean not null,
      primary key (user_id, topic)
    );
  `);
  const own = isSelf('user_id');
  await protect(knex, 'notification_settings', { select: own, insert: own, update: own });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table notification_settings');
}
