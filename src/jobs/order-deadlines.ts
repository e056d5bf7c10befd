import type { Services } from '../services.ts';

const BATCH = 100;

/** Moves on every order whose time is up. SKIP LOCKED: several workers share the work, and none waits for a person's click. */
export async function orderDeadlines(services: Services): Promise<{ completed: number }> {
  return services.database.withSystem('clock', async (trx) => {
    const due = await trx('orders')
      .where({ status: 'delivered' })
      .whereRaw('auto_complete_at <= app_now()')
      .orderBy('auto_complete_at')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .pluck<string[]>('id');
    for (const id of due) await trx.raw(`select order_transition(?, 'auto_complete', 'delivered')`, [id]);
    return { completed: due.length };
  });
}
