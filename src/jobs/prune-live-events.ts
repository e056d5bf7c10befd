import { pruneLiveEvents } from '../models/live-event.ts';
import type { Services } from '../services.ts';

/** Forgets what no page will ask for any more. */
export async function pruneLive({ database }: Services): Promise<{ forgotten: number }> {
  return { forgotten: await database.withSystem('jobs', pruneLiveEvents) };
}
