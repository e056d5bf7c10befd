import type { Knex } from 'knex';

// A check that comes out as null passes: a rejection without any reason was let through.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `alter table gig_revisions add constraint gig_revisions_reason check (status <> 'rejected' or reason is not null)`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`alter table gig_revisions drop constraint gig_revisions_reason`);
}
