import type { Knex } from 'knex';

// Whoever asks Whop for a seller's company says so first, so that a second press of the button waits instead of asking too.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table seller_accounts add column company_claimed_at timestamptz`);
  await protectColumns(knex, [...WRITTEN_BY_SYSTEM, 'company_claimed_at']);
}

export async function down(knex: Knex): Promise<void> {
  await protectColumns(knex, WRITTEN_BY_SYSTEM);
  await knex.raw(`alter table seller_accounts drop column company_claimed_at`);
}

const WRITTEN_BY_SYSTEM = [
  'user_id',
  'kyc_status',
  'kyc_checked_at',
  'payout_enabled',
  'payout_method_seen_at',
  'whop_company_id',
  'company_attempt',
  'whop_references',
];

async function protectColumns(knex: Knex, columns: string[]): Promise<void> {
  const row = (name: string) => columns.map((column) => `${name}.${column}`).join(', ');
  await knex.raw(`
    create or replace function seller_accounts_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if app_role() = 'system' then
        return new;
      end if;
      if tg_op = 'INSERT' then
        if new.kyc_status <> 'not_started' or new.payout_enabled or new.whop_company_id is not null or new.whop_references <> '{}' then
          raise exception 'seller_accounts: these columns are written by the system only' using errcode = 'insufficient_privilege';
        end if;
      elsif (${row('new')}) is distinct from (${row('old')}) then
        raise exception 'seller_accounts: these columns are written by the system only' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
  `);
}
