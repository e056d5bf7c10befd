import type { TaskList } from 'graphile-worker';
import type { Services } from '../services.ts';

/** Every job by name; `npm run job -- NAME` runs one once. Payloads carry ids only. */
export function taskList(_services: Services): TaskList {
  return {
    'notification-mail': async () => {},
    'process-webhook': async () => {},
  };
}

/** UTC, crontab format. */
export const SCHEDULE = '';
