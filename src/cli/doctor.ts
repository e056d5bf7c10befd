/** npm run doctor: settings, database role, migrations and Whop, one line each; exit code 1 if anything is wrong. */
import { ConfigError } from '../config.ts';
import { pendingMigrations } from '../migrations.ts';
import type { Services } from '../services.ts';
import { withServices } from './context.ts';
import { run } from './run.ts';

type Check = [name: string, check: (services: Services) => Promise<string | null>];

/** Each returns what is wrong, or null. */
const CHECKS: Check[] = [
  [
    'The database role respects row level security',
    async ({ database }) => {
      const { rows } = await database.pool.raw<{ rows: { name: string; unsafe: boolean }[] }>(
        'select rolname as name, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user',
      );
      return rows[0]?.unsafe
        ? `${rows[0].name} is a superuser or has BYPASSRLS: use a plain role that owns the tables`
        : null;
    },
  ],
  [
    'All migrations have run',
    async ({ database }) => {
      const missing = await pendingMigrations(database.pool);
      return missing.length ? `missing: ${missing.join(', ')}; run npm run migrate` : null;
    },
  ],
  [
    'Whop answers',
    async ({ whop, config }) =>
      whop.ping().then(
        () => null,
        () => `no answer from ${config.whop.hosts.api} with this key`,
      ),
  ],
  ['Mail can be sent', async ({ mailer }) => (mailer ? null : 'SMTP_URL is not set, so nobody gets mail')],
];

await run(async () => {
  try {
    await withServices(examine);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const sentence of error.message.split('\n')) console.log(`WRONG  ${sentence}`);
    process.exitCode = 1;
  }
});

async function examine(services: Services): Promise<void> {
  console.log('ok     All settings are present and well formed');
  for (const [name, check] of CHECKS) {
    const problem = await check(services).catch((error: Error) => error.message);
    const onlyAdvice = name === 'Mail can be sent' && !services.config.production;
    console.log(problem ? `${onlyAdvice ? 'note ' : 'WRONG'}  ${name}: ${problem}` : `ok     ${name}`);
    if (problem && !onlyAdvice) process.exitCode = 1;
  }
}
