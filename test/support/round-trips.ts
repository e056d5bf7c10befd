import pg from 'pg';
import type { TestApp } from './app.ts';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** What the application sends to Postgres while `work` runs: every message that the driver writes, BEGIN and COMMIT included. */
export async function countRoundTrips<T>(
  _app: TestApp,
  work: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [statement] = args;
    statements.push(typeof statement === 'string' ? statement : (statement as { text: string }).text);
    return original.apply(this, args);
  };
  try {
    return { result: await work(), statements };
  } finally {
    prototype.query = original;
  }
}
