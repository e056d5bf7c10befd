import type { Knex } from 'knex';

const guarded = `
  if pg_trigger_depth() = 0 and app_role() <> 'system' then
    raise exception 'Only the system takes a seller off sale' using errcode = 'insufficient_privilege';
  end if;`;

const body = (guard: string) => `
  create or replace function unpublish_seller(p_seller uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    caller text := coalesce(current_setting('app.actor_role', true), '');
  begin${guard}
    perform set_config('app.actor_role', 'system', true);
    delete from gig_listings where seller_id = p_seller;
    update gigs set status = 'paused' where seller_id = p_seller and status = 'published';
    perform set_config('app.actor_role', caller, true);
  end $$`;

// It acts as the system, so it may only be reached by the triggers that need it: called by itself it would let anybody in.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(body(guarded));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(body(''));
}
