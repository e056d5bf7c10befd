import type { Knex } from 'knex';

/** A statement may be files alone, as a message may: what is shown with the report of a problem has the report's words. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table dispute_statements drop constraint dispute_statements_body_check;
    alter table dispute_statements add constraint dispute_statements_body_check check (length(body) <= 5000) not valid;
    alter table dispute_statements validate constraint dispute_statements_body_check;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    update dispute_statements set body = '(files)' where body = '';
    alter table dispute_statements drop constraint dispute_statements_body_check;
    alter table dispute_statements add constraint dispute_statements_body_check check (length(body) between 1 and 5000);
  `);
}
