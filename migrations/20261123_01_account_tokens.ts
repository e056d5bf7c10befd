import type { Knex } from 'knex';
import { protect } from './support/policies.ts';

// A row is one mail about an account. Where the mail carries a link, the link's secret is derived from the id and only its
// hash stands here. user_id may be null: asking about an unknown address costs the same row, so that time tells nothing.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account_tokens (
      id uuid primary key,
      purpose text not null check (purpose in ('verify-email', 'reset-password', 'change-email', 'email-change-asked',
        'password-changed', 'second-factor-changed', 'deletion-asked', 'order-links')),
      token_hash text unique,
      user_id uuid references users (id) on delete cascade,
      email citext not null,
      created_at timestamptz not null default app_now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      mailed_at timestamptz
    );
    create index account_tokens_user on account_tokens (user_id, purpose) where used_at is null;
    create index account_tokens_expires on account_tokens (expires_at);

    create function account_tokens_enqueue_mail() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      perform graphile_worker.add_job('account-mail', json_build_object('id', new.id), job_key := 'account-mail:' || new.id);
      return null;
    end $$;
    create trigger tg_account_tokens__enqueue_mail after insert on account_tokens
      for each row execute function account_tokens_enqueue_mail();
  `);
  await protect(knex, 'account_tokens');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table account_tokens;
    drop function account_tokens_enqueue_mail();
  `);
}
