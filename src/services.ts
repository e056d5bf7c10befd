import type { Logger } from 'pino';
import { loadAssets, type Manifest } from './assets.ts';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './database.ts';
import { createLogger } from './logger.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { openStorages, type Storages } from './storage/open-storage.ts';
import { createWhopClient, type WhopClient } from './whop/client.ts';

/** What the application is given from outside. */
export interface Services {
  config: Config;
  database: Database;
  whop: WhopClient;
  /** Null when no mail server is set (development only). */
  mailer: Mailer | null;
  /** Where the bytes of files rest. */
  storages: Storages;
  assets: Manifest;
  logger: Logger;
}

/** @param connections how many the database pool may hold; its own default when absent */
export const openServices = async (
  config: Config,
  { connections, logger }: { connections?: number; logger?: Logger } = {},
): Promise<Services> => ({
  config,
  database: openDatabase(config.databaseUrl, connections),
  logger: logger ?? createLogger(config.logLevel),
  assets: await loadAssets(),
  mailer: createMailer(config),
  whop: createWhopClient(config),
  storages: openStorages(config),
});

export async function closeServices({ mailer, database }: Services): Promise<void> {
  mailer?.close();
  await database.close();
}
