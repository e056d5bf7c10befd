import type { Knex } from 'knex';
import { isAdmin, isSelf, protect, touchUpdatedAt } from './support/policies.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table seller_accounts (
      user_id uuid primary key references users (id) on delete cascade,
      company_title text not null check (length(company_title) between 1 and 80),
      country char(2) not null check (country ~ '^[a-z]{2}$'),
      whop_company_id text unique,
      company_attempt integer not null default 0,
      kyc_status kyc_status not null default 'not_started',
      kyc_checked_at timestamptz,
      payout_enabled boolean not null default false,
      payout_method_seen_at timestamptz,
      whop_references text[] not null default '{}',
      away_until timestamptz,
      max_active_orders integer not null default 20 check (max_active_orders between 1 and 500),
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now(),
      check (not payout_enabled or kyc_status = 'verified')
    );
    create index seller_accounts_references on seller_accounts using gin (whop_references);

    -- What Whop says about a seller is written by the system actor only (original defect 23).
    create function seller_accounts_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if app_role() = 'system' then
        return new;
      end if;
      if tg_op = 'INSERT' then
        if new.kyc_status <> 'not_started' or new.payout_enabled or new.whop_company_id is not null or new.whop_references <> '{}' then
          raise exception 'seller_accounts: these columns are written by the system only' using errcode = 'insufficient_privilege';
        end if;
      elsif (new.user_id, new.kyc_status, new.kyc_checked_at, new.payout_enabled, new.payout_method_seen_at, new.whop_company_id, new.company_attempt, new.whop_references)
         is distinct from (old.user_id, old.kyc_status, old.kyc_checked_at, old.payout_enabled, old.payout_method_seen_at, old.whop_company_id, old.company_attempt, old.whop_references) then
        raise exception 'seller_accounts: these columns are written by the system only' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger tg_seller_accounts__protect before insert or update on seller_accounts
      for each row execute function seller_accounts_protect();
  `);
  await touchUpdatedAt(knex, 'seller_accounts');
  await protect(knex, 'seller_accounts', {
    select: `${isSelf('user_id')} or ${isAdmin}`,
    insert: isSelf('user_id'),
    update: isSelf('user_id'),
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table seller_accounts;
    drop function seller_accounts_protect();
  `);
}
