import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Any number does, as long as every worker takes the same. */
const CLONING = 4_100_018;

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated, empty database of its own for one test file, owned by the app's role. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject('postgres');
  const name = `gigflow_test_${randomBytes(6).toString('hex')}`;
  await onServer(url, async (client) => {
    // Postgres copies no template that another session is copying.
    await client.query('SELECT pg_advisory_lock($1)', [CLONING]);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    drop: () => onServer(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
