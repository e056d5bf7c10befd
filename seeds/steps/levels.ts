import { recountSellers } from '../../src/models/seller-record.ts';
import type { Stage } from './stage.ts';

/** Levels as the nightly job counts them, from the story's own orders. */
export async function seedLevels({ trx }: Stage): Promise<void> {
  await recountSellers(trx);
}
