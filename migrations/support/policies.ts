import type { Knex } from 'knex';

type Command = 'select' | 'insert' | 'update' | 'delete';
type Rules = Partial<Record<Command, string>>;

/** The policy expressions that return in many tables. */
export const anyone = 'true';
export const isSystem = `(select app_role()) = 'system'`;
export const isAdmin = `(select app_role()) = 'admin'`;
export const isSelf = (column: string) =>
  `(${column} = (select app_actor_id()) and (select app_role()) in ('user', 'admin'))`;
export const isGuest = (column: string) => `(${column} = (select app_actor_id()) and (select app_role()) = 'guest')`;
/** orders has its own policy, so whoever sees the order is a participant or an admin. */
export const seesOrder = (column = 'order_id') => `exists (select 1 from orders o where o.id = ${column})`;

/** Enables and forces row level security: the system actor may do all, everyone else what `rules` says. */
export async function protect(knex: Knex, table: string, rules: Rules = {}): Promise<void> {
  await knex.raw(`alter table ${table} enable row level security`);
  await knex.raw(`alter table ${table} force row level security`);
  await knex.raw(`create policy ${table}_system on ${table} using (${isSystem}) with check (${isSystem})`);
  for (const [command, rule] of Object.entries(rules)) {
    const clause =
      command === 'insert'
        ? `with check (${rule})`
        : command === 'update'
          ? `using (${rule}) with check (${rule})`
          : `using (${rule})`;
    await knex.raw(`create policy ${table}_${command} on ${table} for ${command} ${clause}`);
  }
}

/** Library tables without personal ownership: visible to every actor, listed by name in test/database/row-level-security.test.ts. */
export async function protectOpen(knex: Knex, table: string): Promise<void> {
  await knex.raw(`alter table ${table} enable row level security`);
  await knex.raw(`alter table ${table} force row level security`);
  await knex.raw(`create policy ${table}_open on ${table} using (true) with check (true)`);
}

/** Refuses UPDATE, DELETE and TRUNCATE, whoever asks. */
export async function appendOnly(knex: Knex, table: string): Promise<void> {
  await knex.raw(`
    create trigger tg_${table}__append_only before update or delete on ${table}
      for each row execute function refuse_change();
    create trigger tg_${table}__append_only_truncate before truncate on ${table}
      for each statement execute function refuse_change();
  `);
}

/** Keeps updated_at true. */
export async function touchUpdatedAt(knex: Knex, table: string): Promise<void> {
  await knex.raw(
    `create trigger tg_${table}__touch before update on ${table} for each row execute function touch_updated_at()`,
  );
}
