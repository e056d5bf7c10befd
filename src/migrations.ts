import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runMigrations } from 'graphile-worker';
import knex, { type Knex } from 'knex';
import pg from 'pg';

const folder = path.join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../migrations' : 'migrations');

/** Any number does, as long as every migration takes the same. */
const MIGRATING = 4_100_017;

/** Names without extension: the same migration is `x.ts` in development and `x.js` in dist. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () =>
    readdirSync(folder)
      .filter((file) => /^\d.*\.(ts|js)$/.test(file))
      .map((file) => file.replace(/\.(ts|js)$/, ''))
      .sort(),
  getMigrationName: (name) => name,
  getMigration: (name) =>
    import(pathToFileURL(path.join(folder, name + path.extname(import.meta.filename))).href) as Promise<Knex.Migration>,
};

/** A connection for migrations and seeds: its session is the system actor, or a backfill would change no row. */
export function systemSession(databaseUrl: string): Knex {
  return knex({
    client: 'pg',
    connection: databaseUrl,
    pool: {
      min: 0,
      max: 2,
      afterCreate: (
        connection: { query(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, c: unknown) => void,
      ) => connection.query(`set app.actor_role = 'system'`, (error) => done(error, connection)),
    },
    migrations: { migrationSource, tableName: 'knex_migrations' },
  });
}

/** Brings the database up to date. Safe to run at every start and from two processes at once. */
export async function migrate(databaseUrl: string): Promise<void> {
  const turn = new pg.Client(databaseUrl);
  await turn.connect();
  const db = systemSession(databaseUrl);
  try {
    await turn.query('select pg_advisory_lock($1)', [MIGRATING]);
    await runMigrations({ connectionString: databaseUrl });
    // Whoever has the turn is alone: a lock in Knex's table was left by a migration that was killed.
    await db.migrate.forceFreeMigrationsLock();
    await db.migrate.latest();
    await protectKnexTables(db);
  } finally {
    await db.destroy();
    await turn.end();
  }
}

/** Takes all migrations back, newest first. */
export async function rollbackAll(databaseUrl: string): Promise<void> {
  const db = systemSession(databaseUrl);
  try {
    await db.migrate.rollback(undefined, true);
  } finally {
    await db.destroy();
  }
}

/** Migrations of this version that the database lacks. */
export async function pendingMigrations(db: Knex): Promise<string[]> {
  const wanted = await migrationSource.getMigrations([]);
  const done = await db<{ name: string }>('knex_migrations').pluck('name');
  return wanted.filter((name) => !done.includes(name));
}

async function protectKnexTables(db: Knex): Promise<void> {
  for (const table of ['knex_migrations', 'knex_migrations_lock']) {
    const policy = await db('pg_policies').where({ tablename: table }).first();
    if (policy) continue;
    await db.raw(`alter table ${table} enable row level security`);
    await db.raw(`alter table ${table} force row level security`);
    await db.raw(`create policy ${table}_open on ${table} using (true) with check (true)`);
  }
}
