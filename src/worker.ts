import { loadAssets } from './assets.ts';
import { ConfigError, loadConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { startWorker } from './jobs/worker.ts';
import { createLogger } from './logger.ts';
import { createMailer } from './mail/mailer.ts';
import { openStorages } from './storage/open-storage.ts';
import { createWhopClient } from './whop/client.ts';

/** Jobs only, for a process beside the web (WORKER=separate there). */
async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const database = openDatabase(config.databaseUrl, 3);
  const services = {
    config,
    database,
    logger,
    assets: await loadAssets(),
    mailer: createMailer(config),
    whop: createWhopClient(config),
    storages: openStorages(config),
  };
  const worker = await startWorker(services);
  logger.info('The worker waits for jobs');
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), 25_000).unref();
    await worker.stop();
    services.mailer?.close();
    await database.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
