import { watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './child.ts';

const SETTLING_MS = 150;

/** A child that starts again when TypeScript below `folder` changes; a version that does not start waits for the next change. */
export async function startReloading(start: () => Promise<Child>, folder: string): Promise<Child> {
  let child = await start();
  let changed = false;
  let restarting: Promise<void> | undefined;

  const restart = async () => {
    while (changed) {
      await delay(SETTLING_MS);
      changed = false;
      await child.stop();
      try {
        child = await start();
        console.log('Started again after a change.');
      } catch (error) {
        console.error((error as Error).message, 'Waiting for the next change.');
      }
    }
    restarting = undefined;
  };

  const changes = watch(folder, { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
    changed = true;
    restarting ??= restart();
  });
  return {
    url: child.url,
    ended: new Promise(() => {}),
    stop: async () => {
      changes.close();
      await restarting;
      await child.stop();
    },
  };
}
