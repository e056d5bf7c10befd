import type { Transaction } from '../database.ts';

/** Files travel and rest in pieces of this size: memory stays flat however large they are. */
export const CHUNK_BYTES = 256 * 1024;

export type StorageName = 'postgres' | 's3';

/** First and last byte, both included, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A short transaction as somebody: a driver never holds one open while it waits for the other end of the line. */
export type Transact = <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>;

/** Where the bytes of attachments rest, by the attachment's id. The rows of `attachments` say in which store. */
export interface Storage {
  readonly name: StorageName;
  /** Keeps the bytes of an attachment whose row exists. A write that fails leaves what remove() takes away. */
  write(transact: Transact, id: string, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** The bytes of a range, in pieces. */
  read(transact: Transact, id: string, range: ByteRange): AsyncIterable<Buffer>;
  /** Takes away the bytes of attachments whose rows go. Ids without bytes are no error. */
  remove(ids: string[]): Promise<void>;
}

/** Cuts a stream into pieces of CHUNK_BYTES; the last one is smaller. */
export async function* inChunks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    for (let rest = piece; rest.length > 0;) {
      const part = rest.subarray(0, CHUNK_BYTES - size);
      rest = rest.subarray(part.length);
      waiting.push(part);
      size += part.length;
      if (size < CHUNK_BYTES) continue;
      yield Buffer.concat(waiting, size);
      waiting = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}
