import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/embedded-postgres/start-postgres.ts';
import { migrate } from '../../src/migrations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server the tests run on, and the migrated database they are cloned from. */
    postgres: { url: string; template: string };
  }
}

/** One throw-away Postgres for the run, or the server of DATABASE_URL, and on it one migrated template. */
export default async function setup(project: TestProject) {
  const server = await testServer();
  const template = `gigflow_template_${process.pid}`;
  try {
    await command(server.url, `CREATE DATABASE ${template}`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await server.stop();
    throw new Error('The test database could not be made.', { cause: error });
  }
  project.provide('postgres', { url: server.url, template });

  return async () => {
    await command(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function testServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  return startPostgres({ dataDir: path.join(os.tmpdir(), `gigflow-test-${process.pid}`), ephemeral: true });
}

async function command(url: string, sql: string) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}
