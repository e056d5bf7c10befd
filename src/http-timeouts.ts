import type { Server } from 'node:http';

const IDLE = 60_000;

/**
 * A request may take as long as its line is slow (25 MB at 400 kbps are 500 s), so there is no time-out for the whole of
 * it. A line that carries nothing for a minute is dropped; node gives the headers 60 s of their own.
 */
export function setTimeouts(server: Server): void {
  server.requestTimeout = 0;
  server.timeout = IDLE;
}
