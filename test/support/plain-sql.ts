import pg from 'pg';

export type Role = 'anonymous' | 'guest' | 'user' | 'admin' | 'system';

/** A connection as the application's role, without the application: what the database itself allows. */
export interface PlainSql {
  /** One transaction as this actor; rolled back when a statement fails. */
  as<T>(actor: { role: Role; id?: string }, work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** One statement as this actor. @returns the number of rows it touched */
  run(actor: { role: Role; id?: string }, sql: string, values?: unknown[]): Promise<number>;
  rows<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function connect(url: string): Promise<PlainSql> {
  const client = new pg.Client(url);
  await client.connect();
  const as: PlainSql['as'] = async (actor, work) => {
    await begin(client, actor);
    try {
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  };
  return {
    as,
    run: (actor, sql, values) => as(actor, async () => (await client.query(sql, values)).rowCount ?? 0),
    rows: (sql, values) =>
      as({ role: 'system' }, async () => (await client.query(sql, values)).rows) as ReturnType<
        PlainSql['rows']
      > as never,
    close: () => client.end(),
  };
}

export async function begin(client: pg.Client, { role, id = '' }: { role: Role; id?: string }): Promise<void> {
  await client.query('begin');
  await client.query(`select set_config('app.actor_role', $1, true), set_config('app.actor_id', $2, true)`, [role, id]);
}
