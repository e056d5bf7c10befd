import type { Knex } from 'knex';
import { isSelf, protect } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column deletion_asked_at timestamptz, add column deleted_at timestamptz;
    create index users_deletion on users (deletion_asked_at) where deletion_asked_at is not null and deleted_at is null;

    -- The second step of signing in. The seed is sealed by src/encryption.ts; last_step stops a code from working twice.
    create table second_factors (
      user_id uuid primary key references users (id) on delete cascade,
      secret_encrypted text not null,
      confirmed_at timestamptz,
      last_step bigint not null default 0,
      recovery_hashes text[] not null default '{}',
      created_at timestamptz not null default app_now()
    );
  `);
  await protect(knex, 'second_factors', { select: isSelf('user_id') });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table second_factors;
    alter table users drop column deleted_at, drop column deletion_asked_at;
  `);
}
