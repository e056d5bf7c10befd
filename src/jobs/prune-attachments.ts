import { discardUploads, findOrphans } from '../models/attachment.ts';
import type { Services } from '../services.ts';

const BATCH = 100;

/** Takes away uploads whose process died or whose line was cut, an hour after their last sign of life. */
export async function pruneAttachments({ database, storages }: Services): Promise<{ pruned: number }> {
  const orphans = await database.withSystem('jobs', (trx) => findOrphans(trx, BATCH));
  for (const name of new Set(orphans.map(({ storage }) => storage))) {
    // The bytes first: a row without bytes is found again, bytes without a row are not.
    await storages.named(name).remove(orphans.filter(({ storage }) => storage === name).map(({ id }) => id));
  }
  const pruned = await database.withSystem('jobs', (trx) =>
    discardUploads(
      trx,
      orphans.map(({ id }) => id),
    ),
  );
  return { pruned: pruned.length };
}
