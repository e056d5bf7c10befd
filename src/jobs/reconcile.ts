import { convergeCheckout } from '../money/convergence.ts';
import type { Services } from '../services.ts';

const BATCH = 200;

/** Asks Whop about every checkout that has been open for two minutes: a lost webhook heals here (contract 4.6). */
export async function reconcile(services: Services): Promise<{ checked: number; failed: number }> {
  const waiting = await services.database.withSystem('jobs', (trx) =>
    trx('whop_checkout_configs')
      .where({ status: 'open' })
      .whereRaw(`created_at < app_now() - interval '2 minutes' and created_at > app_now() - interval '24 hours'`)
      .whereRaw(
        `(checked_at is null or checked_at < app_now() - least(interval '1 hour', (app_now() - created_at) / 2))`,
      )
      .orderBy('created_at')
      .limit(BATCH)
      .pluck<string[]>('id'),
  );
  let failed = 0;
  for (const id of waiting) {
    await convergeCheckout(services, id).catch((error: unknown) => {
      failed += 1;
      services.logger.warn({ err: error, checkout: id }, 'checkout could not be checked');
    });
  }
  return { checked: waiting.length, failed };
}
