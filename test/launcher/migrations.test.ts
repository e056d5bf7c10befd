import knex from 'knex';
import { randomBytes } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';
import { migrate, rollbackAll } from '../../src/migrations.ts';

// A database that nobody migrated yet, unlike those of createTestDatabase().
const { url } = inject('postgres');
const name = `gigflow_empty_${randomBytes(6).toString('hex')}`;
const server = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
await server.raw(`CREATE DATABASE ${name}`);
const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).href;
const db = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });

afterAll(async () => {
  await db.destroy();
  await server.raw(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.destroy();
});

test('two processes may migrate one database at once', async () => {
  await Promise.all([migrate(databaseUrl), migrate(databaseUrl)]);
  expect(await db('knex_migrations').where({ batch: 1 })).not.toEqual([]);
  expect(await db('knex_migrations').where('batch', '>', 1)).toEqual([]);
});

test('a migration that was killed does not lock out the next one', async () => {
  await db('knex_migrations_lock').update({ is_locked: 1 });
  await migrate(databaseUrl);
  expect(await db('knex_migrations_lock').first('is_locked')).toEqual({ is_locked: 0 });
});

test('every migration can be taken back, and applied again', async () => {
  await rollbackAll(databaseUrl);
  expect(await db('knex_migrations')).toEqual([]);
  const { rows } = await db.raw(
    `select tablename from pg_tables where schemaname = 'public' and tablename not like 'knex_%'`,
  );
  expect(rows).toEqual([]);
  await migrate(databaseUrl);
});
