import type { Knex } from 'knex';
import { isGuest, isSelf, protect, touchUpdatedAt } from './support/policies.ts';

const isBuyerOf = `exists (select 1 from orders o where o.id = order_id and (${isSelf('o.buyer_id')} or ${isGuest('o.guest_buyer_id')}))`;

/** Answers that are not sent yet, by question; the buyer's alone. Files of the draft are attachments with `draft` set. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table order_brief_drafts (
      order_id uuid primary key references orders (id) on delete cascade,
      answers jsonb not null check (jsonb_typeof(answers) = 'object'),
      updated_at timestamptz not null default app_now()
    );
  `);
  await touchUpdatedAt(knex, 'order_brief_drafts');
  await protect(knex, 'order_brief_drafts', {
    select: isBuyerOf,
    insert: isBuyerOf,
    update: isBuyerOf,
    delete: isBuyerOf,
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Without the table a draft's file would be nobody's to send: the pruning job takes it.
    update attachments set draft = false, finalised_at = null where draft and requirement_id is not null;
    drop table order_brief_drafts;
  `);
}
