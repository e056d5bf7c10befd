import type { Knex } from 'knex';

// Written before Whop is asked to move the platform's money: whoever comes after a lost answer or a dead process finishes it.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table refunds
      add column cover_asked_at timestamptz,
      add column cover_asked_by uuid references users (id) on delete set null;
    create index refunds_cover_open on refunds (cover_asked_at) where cover_asked_at is not null and cover_transfer_id is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index refunds_cover_open;
    alter table refunds drop column cover_asked_by, drop column cover_asked_at;
  `);
}
