import type { Knex } from 'knex';

const PURPOSES = [
  'verify-email',
  'reset-password',
  'change-email',
  'email-change-asked',
  'password-changed',
  'second-factor-changed',
  'deletion-asked',
  'order-links',
];
const oneOf = (purposes: string[]): string => purposes.map((purpose) => `'${purpose}'`).join(', ');

/** A mailed link may also join a Whop account: its row says which one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table account_tokens
      add column whop_sub text check (length(whop_sub) between 1 and 200),
      drop constraint account_tokens_purpose_check,
      add constraint account_tokens_purpose_check check (purpose in (${oneOf([...PURPOSES, 'join-whop'])})),
      add constraint account_tokens_whop_sub check ((purpose = 'join-whop') = (whop_sub is not null));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from account_tokens where purpose = 'join-whop';
    alter table account_tokens
      drop constraint account_tokens_whop_sub,
      drop column whop_sub,
      drop constraint account_tokens_purpose_check,
      add constraint account_tokens_purpose_check check (purpose in (${oneOf(PURPOSES)}));
  `);
}
