import { deletionObstacles, dueDeletions, eraseAccount } from '../models/account-deletion.ts';
import type { Services } from '../services.ts';

/** Deletes the accounts whose grace is over; one that owes something again waits. */
export async function deleteAccounts(services: Services): Promise<{ deleted: number; waiting: number }> {
  const { database } = services;
  const due = await database.withSystem('jobs', dueDeletions);
  let deleted = 0;
  for (const id of due) {
    if ((await deletionObstacles(services, id)).length) continue;
    if (await database.withSystem('jobs', (trx) => eraseAccount(trx, id))) deleted += 1;
  }
  return { deleted, waiting: due.length - deleted };
}
