import { ConfigError, loadConfig } from './config.ts';
import { startWorker } from './jobs/worker.ts';
import { closeServices, openServices } from './services.ts';

/** Jobs only, for a process beside the web (WORKER=separate there). */
async function start(): Promise<void> {
  const services = await openServices(loadConfig(process.env), { connections: 3 });
  const worker = await startWorker(services);
  services.logger.info('The worker waits for jobs');
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), 25_000).unref();
    await worker.stop();
    await closeServices(services);
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
