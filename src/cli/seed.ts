/** npm run seed: tells the demo's story to DATABASE_URL or the embedded database. Its passwords are known to everybody. */
import path from 'node:path';
import { dataFolder, openLocalDatabase } from '../demo/local-database.ts';
import { migrate } from '../migrations.ts';
import { demoPassword } from '../../seeds/steps/people.ts';
import { seed } from '../../seeds/seed.ts';
import { tellWhop } from '../../seeds/whop.ts';

async function run() {
  if (process.env.NODE_ENV === 'production' && process.env.GIGFLOW_DEMO !== '1') {
    throw new Error(
      'The seeds make accounts with a known password, so they stay out of production. GIGFLOW_DEMO=1 allows them.',
    );
  }
  const database = await openLocalDatabase();
  try {
    await migrate(database.url);
    const told = await seed(database.url);
    if (told) await tellWhop(database.url, path.join(dataFolder(), 'whop-emulator.json'));
    console.log(
      told
        ? `Seeded. Sign in as ada, noor, tomas or mina @gigflow.test with the password ${demoPassword}.`
        : 'Nothing to do: people live in this database already.',
    );
  } finally {
    await database.stop();
  }
}

run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
