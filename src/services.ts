import type { Logger } from 'pino';
import type { Manifest } from './assets.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Storages } from './storage/open-storage.ts';
import type { WhopClient } from './whop/client.ts';

/** What the application is given from outside; tests build their own. */
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
