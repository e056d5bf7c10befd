import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/**
 * Postgres lives as long as somebody holds its lease: a FIFO that its keeper reads and every user of the server keeps open for
 * writing. The kernel closes it for a process that dies, however it dies.
 */
export type Lease = number;

/** Takes the lease of a server that runs, or `undefined` when it has no keeper (any more). */
export function takeLease(fifo: string): Lease | undefined {
  try {
    return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') return undefined;
    throw error;
  }
}

/** Opens both ends for a keeper that is about to start; it gets `reader`, which the caller closes afterwards. */
export function openLease(fifo: string): { lease: Lease; reader: number } {
  const both = openSync(fifo, constants.O_RDWR); // the only way not to wait for the other side
  const reader = openSync(fifo, constants.O_RDONLY);
  const lease = openSync(fifo, constants.O_WRONLY);
  closeSync(both);
  return { lease, reader };
}

/** False when the keeper has stopped listening, so that the server is on its way down. */
export function isHeard(lease: Lease): boolean {
  try {
    writeSync(lease, '.');
    return true;
  } catch {
    return false;
  }
}

/** Gives the lease back; true when nobody else holds one, so that the server stops now. */
export function endLease(fifo: string, lease: Lease): boolean {
  closeSync(lease);
  let reader: number | undefined;
  try {
    reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = Buffer.alloc(64);
    while (readSync(reader, bytes) > 0);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return false;
    if (code === 'ENOENT') return true; // an ephemeral cluster that is already gone
    throw error;
  } finally {
    if (reader !== undefined) closeSync(reader);
  }
}
