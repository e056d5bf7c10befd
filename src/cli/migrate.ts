/** npm run migrate, and the release phase of a deploy: brings DATABASE_URL (or the embedded database) up to date. */
import { openLocalDatabase } from '../demo/local-database.ts';
import { migrate } from '../migrations.ts';
import { run } from './run.ts';

await run(async () => {
  const direct = process.env.DATABASE_DIRECT_URL?.trim();
  const database = direct ? { url: direct, stop: async () => {} } : await openLocalDatabase();
  try {
    await migrate(database.url);
    console.log('The database is up to date.');
  } finally {
    await database.stop();
  }
});
