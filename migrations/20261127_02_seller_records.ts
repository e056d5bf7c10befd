import type { Knex } from 'knex';
import { anyone, protect } from './support/policies.ts';

// What a seller did here, counted every night: it stands beside his gigs and makes his level. Written by the system only.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table seller_records (
      seller_id uuid primary key references seller_accounts (user_id) on delete cascade,
      completed integer not null check (completed >= 0),
      stars integer not null check (stars between reviews and reviews * 5),
      reviews integer not null check (reviews >= 0),
      on_time integer not null check (on_time between 0 and due),
      due integer not null check (due >= 0),
      replies integer not null check (replies >= 0),
      reply_minutes integer check (reply_minutes >= 0),
      level smallint not null check (level between 0 and 3),
      counted_at timestamptz not null default app_now()
    );
    create index orders_seller_completed on orders (seller_id, completed_at) where completed_at is not null;
  `);
  await protect(knex, 'seller_records', { select: anyone });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index orders_seller_completed;
    drop table seller_records;
  `);
}
