import type { Storage, StorageName, Transact } from './storage.ts';
import type { Storages } from './open-storage.ts';

/** Far above any rendition of ours; a store sends what there is. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Where the bytes of a rendition are, as its row says. */
export interface Kept {
  storage: StorageName;
  /** Null when they rest in another store. */
  bytes: Buffer | null;
}

/** What a rendition's row holds: renditions are small, so that in Postgres their bytes stand in the row itself. */
export const keptIn = (storage: Storage, bytes: Buffer): Kept =>
  storage.name === 'postgres' ? { storage: 'postgres', bytes } : { storage: storage.name, bytes: null };

/** Writes renditions, by key, to a store that is not Postgres. Call it outside a transaction, after their rows stand. */
export async function writeRenditions(
  storage: Storage,
  transact: Transact,
  renditions: { key: string; bytes: Buffer }[],
): Promise<void> {
  if (storage.name === 'postgres') return;
  for (const { key, bytes } of renditions) await storage.write(transact, key, one(bytes));
}

export async function readRendition(storages: Storages, transact: Transact, key: string, kept: Kept): Promise<Buffer> {
  if (kept.bytes) return kept.bytes;
  const pieces: Buffer[] = [];
  const range = { start: 0, end: MOST_BYTES - 1 };
  for await (const piece of storages.named(kept.storage).read(transact, key, range)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Takes away the bytes of rows that go next. */
export async function removeRenditions(
  storages: Storages,
  renditions: { key: string; storage: StorageName }[],
): Promise<void> {
  for (const name of new Set(renditions.map(({ storage }) => storage))) {
    await storages.named(name).remove(renditions.filter(({ storage }) => storage === name).map(({ key }) => key));
  }
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
