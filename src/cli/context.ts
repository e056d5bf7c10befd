import { loadConfig } from '../config.ts';
import { openLocalDatabase } from '../demo/local-database.ts';
import { closeServices, openServices, type Services } from '../services.ts';

/**
 * The application's services for a command. Outside production the settings of a running demo follow from its database,
 * so DATABASE_URL, WHOP_EMULATOR_PORT and APP_URL are enough.
 */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const local = await openLocalDatabase();
  const services = await openServices(loadConfig(await settings(local.url)), { connections: 3 });
  try {
    return await work(services);
  } finally {
    await closeServices(services);
    await local.stop();
  }
}

async function settings(databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  if (process.env.NODE_ENV === 'production' || process.env.WHOP_API_KEY)
    return { ...process.env, DATABASE_URL: databaseUrl };
  const { DEMO_DEFAULTS, demoSettings } = await import('../demo/settings.ts');
  return { ...DEMO_DEFAULTS, ...process.env, ...demoSettings(databaseUrl) };
}
