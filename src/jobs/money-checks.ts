import { checkInvariants } from '../money/invariants.ts';
import type { Services } from '../services.ts';

/** Looks whether all money is true, writes down the result, and logs each red light (product.md section 6). */
export async function moneyChecks(services: Services): Promise<{ holding: number; failing: number }> {
  const findings = await services.database.withSystem('jobs', async (trx) => {
    const found = await checkInvariants(trx);
    const failing = found
      .filter(({ count }) => count > 0)
      .map(({ invariant, count }) => ({ name: invariant.name, count }));
    await trx('money_check_runs').insert({ failing: JSON.stringify(failing) });
    await trx('money_check_runs').whereRaw(`ran_at < app_now() - interval '30 days'`).delete();
    return found;
  });
  const red = findings.filter(({ count }) => count > 0);
  for (const { invariant, count, rows } of red) {
    services.logger.error({ check: invariant.name, count, first: rows[0] }, `money check fails: ${invariant.title}`);
  }
  return { holding: findings.length - red.length, failing: red.length };
}
