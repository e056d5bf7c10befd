import { Logger, run, type Runner } from 'graphile-worker';
import type { Services } from '../services.ts';
import { taskList, SCHEDULE } from './tasks.ts';

/** Runs the jobs, inside the web process or alone. Jobs are idempotent: a killed one runs again. */
export const startWorker = (services: Services): Promise<Runner> =>
  run({
    connectionString: services.config.databaseUrl,
    maxPoolSize: 4,
    concurrency: 3,
    noHandleSignals: true,
    pollInterval: 2_000,
    taskList: taskList(services),
    crontab: SCHEDULE,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error' || level === 'warning')
        services.logger.warn(
          { job: (meta as { job?: { id?: string; task_identifier?: string } })?.job?.task_identifier },
          message,
        );
    }),
  });
