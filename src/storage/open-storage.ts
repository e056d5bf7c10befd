import type { Config } from '../config.ts';
import { postgresStorage } from './postgres-storage.ts';
import { parseS3Url, s3Storage } from './s3-storage.ts';
import type { Storage, StorageName } from './storage.ts';

/** New files go to `current`; old ones stay where they were written. */
export interface Storages {
  current: Storage;
  /** @throws Error when files rest in a store that is no longer set */
  named(name: StorageName): Storage;
}

/** Postgres, or the store of STORAGE_URL. */
export function openStorages({ storageUrl }: Pick<Config, 'storageUrl'>): Storages {
  const settings = storageUrl ? parseS3Url(storageUrl) : null;
  const s3 = settings && s3Storage(settings);
  return {
    current: s3 ?? postgresStorage,
    named: (name) => {
      if (name === 'postgres') return postgresStorage;
      if (!s3) throw new Error('A file rests in an S3 store, but STORAGE_URL names none');
      return s3;
    },
  };
}
