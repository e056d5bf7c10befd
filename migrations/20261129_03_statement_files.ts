import type { Knex } from 'knex';

const protect = (places: string) => `
  create or replace function attachments_protect() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    loose text[] := array['owner_id', 'owner_guest_id'];
  begin
    if app_role() = 'system' then
      return new;
    end if;
    if old.draft then
      loose := loose || array['draft', 'delivery_id', 'finalised_at', 'touched_at'];
    end if;
    if old.finalised_at is not null and to_jsonb(new) - loose <> to_jsonb(old) - loose then
      raise exception 'A file that was sent cannot be changed' using errcode = 'insufficient_privilege';
    end if;
    if (new.order_id, new.conversation_id) is distinct from (old.order_id, old.conversation_id)
      or (new.delivery_id is not null and not exists (select 1 from order_deliveries d where d.id = new.delivery_id and d.order_id = new.order_id))
      or (new.requirement_id is not null and not exists (select 1 from order_requirements q where q.id = new.requirement_id and q.order_id = new.order_id))
      ${places}
    then
      raise exception 'A file stays with its order' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;`;

// What is said in a dispute can be shown as well: files of a statement are files of its order.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table attachments add column statement_id uuid references dispute_statements (id) on delete cascade;
    create index attachments_statement on attachments (statement_id) where statement_id is not null;
    ${protect(`or (new.statement_id is not null and not exists (
        select 1 from dispute_statements s join disputes d on d.id = s.dispute_id where s.id = new.statement_id and d.order_id = new.order_id))`)}
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ${protect('')}
    drop index attachments_statement;
    alter table attachments drop column statement_id;
  `);
}
