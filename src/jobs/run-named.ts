import type { Services } from '../services.ts';
import { deleteAccounts } from './delete-accounts.ts';
import { moneyChecks } from './money-checks.ts';
import { orderDeadlines } from './order-deadlines.ts';
import { processWebhook } from './process-webhook.ts';
import { pruneAttachments } from './prune-attachments.ts';
import { pruneExpired } from './prune-expired.ts';
import { prunePictures } from './prune-pictures.ts';
import { rotateEncryptionKey } from './rotate-encryption-key.ts';
import { reconcile } from './reconcile.ts';
import { remind } from './reminders.ts';
import { recountSellers } from './recount-sellers.ts';

const counted = (counts: object): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');

/** What an operator may run by hand; each returns what it did in words. */
const RUNS: Record<string, (services: Services) => Promise<string>> = {
  'order-deadlines': async (services) => counted(await orderDeadlines(services)),
  reminders: async (services) => counted(await remind(services)),
  reconcile: async (services) => counted(await reconcile(services)),
  'money-checks': async (services) => counted(await moneyChecks(services)),
  'prune-attachments': async (services) => counted(await pruneAttachments(services)),
  'prune-expired': async (services) => counted(await pruneExpired(services)),
  'prune-pictures': async (services) => counted(await prunePictures(services)),
  'delete-accounts': async (services) => counted(await deleteAccounts(services)),
  'rotate-encryption-key': async (services) => counted(await rotateEncryptionKey(services)),
  'recount-sellers': async (services) => counted(await recountSellers(services)),
  'process-webhooks': async (services) => counted(await processWaiting(services)),
};

export const RUN_NAMES = Object.keys(RUNS);

/** @throws Error naming the known jobs when there is none of this name */
export async function runNamed(services: Services, name: string): Promise<string> {
  const job = RUNS[name];
  if (!job) throw new Error(`There is no job “${name}”. Known: ${RUN_NAMES.join(', ')}.`);
  return job(services);
}

/** Every event that still waits, the dead ones included. */
async function processWaiting(services: Services): Promise<{ handled: number; failed: number }> {
  const ids = await services.database.withSystem('inbox', (trx) =>
    trx('webhook_events')
      .whereIn('status', ['pending', 'dead'])
      .orderBy('received_at')
      .limit(1_000)
      .pluck<string[]>('id'),
  );
  let failed = 0;
  for (const id of ids) await processWebhook(services, id, false).catch(() => (failed += 1));
  return { handled: ids.length - failed, failed };
}
