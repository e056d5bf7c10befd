import type { Config } from '../config.ts';
import { postgresStorage } from './postgres-storage.ts';
import type { Storage, StorageName } from './storage.ts';

/** New files go to `current`; old ones stay where they were written. */
export interface Storages {
  current: Storage;
  /** @throws Error when files rest in a store that is no longer set */
  named(name: StorageName): Storage;
}

export function openStorages({ storageUrl: _storageUrl }: Pick<Config, 'storageUrl'>): Storages {
  return { current: postgresStorage, named: () => postgresStorage };
}
