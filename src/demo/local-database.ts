import path from 'node:path';

export type LocalDatabase = { url: string; embedded: boolean; ended?: Promise<void>; stop(): Promise<void> };

/** Where the demo keeps its things between two starts. */
export function dataFolder(): string {
  return path.resolve(process.env.GIGFLOW_DATA_DIR?.trim() || '.data');
}

/**
 * The database of DATABASE_URL, else the embedded one of the data folder: shared with a running demo, started otherwise.
 * Throws in production, which needs a database of its own.
 */
export async function openLocalDatabase(): Promise<LocalDatabase> {
  const url = process.env.DATABASE_URL?.trim();
  if (url) return { url, embedded: false, stop: async () => {} };
  if (process.env.NODE_ENV === 'production') {
    throw new Error('DATABASE_URL is missing: the address of the Postgres database, postgres://….');
  }
  const { startPostgres } = await import('../embedded-postgres/start-postgres.ts');
  const postgres = await startPostgres({ dataDir: path.join(dataFolder(), 'postgres') });
  return { ...postgres, embedded: true };
}
