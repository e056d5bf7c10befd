import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { clock } from './clock.ts';
import { fromSql } from './errors.ts';

const require = createRequire(import.meta.url);
// Knex has no public way to change how a transaction begins; these two classes are its own extension points.
const PostgresClient = require('knex/lib/dialects/postgres/index.js') as new (config: Knex.Config) => object;
const PostgresTransaction = require('knex/lib/dialects/postgres/execution/pg-transaction.js') as new (
  ...args: unknown[]
) => { query(connection: unknown, sql: string): Promise<unknown> };

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export type Transaction = Knex.Transaction;

export type Actor =
  { role: 'anonymous' } | { role: 'guest'; id: string } | { role: 'user'; id: string } | { role: 'admin'; id: string };

/** Why the system acts for itself. `clock` and `whop` are actors of the order process; the rest name the place. */
export type SystemCause =
  | 'clock'
  | 'whop'
  | 'sign-in'
  | 'inbox'
  | 'checkout'
  | 'onboarding'
  | 'publication'
  | 'jobs'
  | 'seeds'
  | 'session'
  | 'audit';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const insideTransaction = new AsyncLocalStorage<string>();

class ActorTransaction extends PostgresTransaction {
  readonly #begin: string;

  constructor(client: unknown, container: unknown, config?: { begin?: string }, outer?: unknown) {
    super(client, container, config, outer);
    this.#begin = config?.begin ?? 'BEGIN;';
  }

  begin(connection: unknown): Promise<unknown> {
    return this.query(connection, this.#begin);
  }
}

class ActorClient extends PostgresClient {
  transaction(container: unknown, config?: { begin?: string }, outer?: unknown): unknown {
    return new ActorTransaction(this, container, config, outer);
  }
}

/** True while the caller stands in a transaction: nobody may wait for the network there. */
export const inTransaction = (): boolean => insideTransaction.getStore() !== undefined;

export interface Database {
  /** The pool itself: only for what belongs to nobody (health checks, the session store). */
  readonly pool: Knex;
  /**
   * Runs `work` in one transaction in which Postgres knows who is asking: row level security decides what it sees.
   * @throws Error when called inside another transaction; domain errors for what our SQL functions raise
   */
  withActor<T>(actor: Actor, work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** The same as the system actor, which sees everything. A lint rule lists the files that may use it. */
  withSystem<T>(cause: SystemCause, work: (trx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the pool. `poolSize` counts against the plan's connections (docs/deploy.md). */
export function openDatabase(databaseUrl: string, poolSize = 10): Database {
  const pool = knex({
    client: ActorClient as unknown as typeof Knex.Client,
    connection: {
      connectionString: databaseUrl,
      application_name: 'gigflow',
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: poolSize, acquireTimeoutMillis: 8_000 },
  });

  async function transact<T>(begin: string, work: (trx: Transaction) => Promise<T>): Promise<T> {
    if (inTransaction()) throw new Error('A transaction inside a transaction would wait for itself');
    try {
      return await insideTransaction.run(begin, () => pool.transaction(work, { begin } as Knex.TransactionConfig));
    } catch (error) {
      throw fromSql(error);
    }
  }

  return {
    pool,
    withActor: (actor, work) => {
      const id = 'id' in actor ? actor.id : '';
      if (id !== '' && !UUID.test(id)) throw new Error('An actor id must be a UUID');
      if (!['anonymous', 'guest', 'user', 'admin'].includes(actor.role)) throw new Error('Unknown actor role');
      return transact(begin(actor.role, id, ''), work);
    },
    withSystem: (cause, work) => {
      if (!/^[a-z-]+$/.test(cause)) throw new Error('Unknown cause');
      return transact(begin('system', '', cause), work);
    },
    close: () => pool.destroy(),
  };
}

/** BEGIN and the settings that the policies read, in one round trip. All values are checked words before they enter it. */
function begin(role: string, id: string, cause: string): string {
  const at = clock.frozenAt?.toISOString() ?? '';
  return (
    `BEGIN; SELECT set_config('app.actor_role', '${role}', true), set_config('app.actor_id', '${id}', true), ` +
    `set_config('app.cause', '${cause}', true), set_config('app.now', '${at}', true)`
  );
}
