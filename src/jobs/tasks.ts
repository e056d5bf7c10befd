import type { TaskList } from 'graphile-worker';
import type { Services } from '../services.ts';
import { accountMail } from './account-mail.ts';
import { deleteAccounts } from './delete-accounts.ts';
import { notificationMail } from './notification-mail.ts';
import { orderDeadlines } from './order-deadlines.ts';
import { processWebhook } from './process-webhook.ts';
import { moneyChecks } from './money-checks.ts';
import { pruneAttachments } from './prune-attachments.ts';
import { prunePictures } from './prune-pictures.ts';
import { pruneExpired } from './prune-expired.ts';
import { pruneLive } from './prune-live-events.ts';
import { reconcile } from './reconcile.ts';
import { remind } from './reminders.ts';
import { recountSellers } from './recount-sellers.ts';
import { runRefund } from '../money/refunding.ts';
import { runFeeReturn } from '../money/returning-fees.ts';

/** Every job by name; `npm run job -- NAME` runs one once. Payloads carry ids only. */
export function taskList(services: Services): TaskList {
  const idOf = (payload: unknown): string => (payload as { id: string }).id;
  return {
    'process-webhook': (payload, helpers) =>
      processWebhook(services, idOf(payload), helpers.job.attempts >= helpers.job.max_attempts),
    'notification-mail': (payload) => notificationMail(services, idOf(payload)),
    'account-mail': (payload) => accountMail(services, idOf(payload)),
    'delete-accounts': async () => void (await deleteAccounts(services)),
    'order-deadlines': async () => void (await orderDeadlines(services)),
    reminders: async () => void (await remind(services)),
    refund: (payload) => runRefund(services, idOf(payload)),
    'fee-return': (payload) => runFeeReturn(services, idOf(payload)),
    reconcile: async () => void (await reconcile(services)),
    'money-checks': async () => void (await moneyChecks(services)),
    'prune-attachments': async () => void (await pruneAttachments(services)),
    'prune-pictures': async () => void (await prunePictures(services)),
    'recount-sellers': async () => void (await recountSellers(services)),
    'prune-expired': async () => void (await pruneExpired(services)),
    'prune-live-events': async () => void (await pruneLive(services)),
  };
}

/** UTC, crontab format. */
export const SCHEDULE = [
  '* * * * * order-deadlines',
  '*/5 * * * * reminders',
  '*/2 * * * * reconcile',
  '*/10 * * * * prune-attachments',
  '30 * * * * prune-pictures',
  '10 * * * * prune-expired',
  '40 * * * * prune-live-events',
  '*/15 * * * * money-checks',
  '20 * * * * delete-accounts',
  '10 2 * * * recount-sellers',
].join('\n');
