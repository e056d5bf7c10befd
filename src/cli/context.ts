import { loadAssets } from '../assets.ts';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { openLocalDatabase } from '../demo/local-database.ts';
import { createLogger } from '../logger.ts';
import { createMailer } from '../mail/mailer.ts';
import { openStorages } from '../storage/open-storage.ts';
import type { Services } from '../services.ts';
import { createWhopClient } from '../whop/client.ts';

/**
 * The application's services for a command. Outside production the settings of a running demo follow from its database,
 * so DATABASE_URL, WHOP_EMULATOR_PORT and APP_URL are enough.
 */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const local = await openLocalDatabase();
  const config = loadConfig(await settings(local.url));
  const database = openDatabase(config.databaseUrl, 3);
  const services: Services = {
    config,
    database,
    assets: await loadAssets(),
    logger: createLogger(config.logLevel),
    mailer: createMailer(config),
    whop: createWhopClient(config),
    storages: openStorages(config),
  };
  try {
    return await work(services);
  } finally {
    services.mailer?.close();
    await database.close();
    await local.stop();
  }
}

async function settings(databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  if (process.env.NODE_ENV === 'production' || process.env.WHOP_API_KEY)
    return { ...process.env, DATABASE_URL: databaseUrl };
  const { DEMO_DEFAULTS, demoSettings } = await import('../demo/settings.ts');
  return { ...DEMO_DEFAULTS, ...process.env, ...demoSettings(databaseUrl) };
}
