import { ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { TooMany } from '../errors.ts';
import type { LiveHub } from '../live/hub.ts';
import { missedEvents, newestEventId, type LiveEvent } from '../models/live-event.ts';

/** Open pages per person and process; browsers pause those that nobody looks at. */
const MOST_PAGES = 10;
/** Whoever reads so slowly comes back later and asks what he missed. */
const MOST_BUFFERED = 64 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Tells a page what changes while it is open; with `Last-Event-ID` also what changed since. Ends with the session. */
export const stream =
  (live: LiveHub): RequestHandler =>
  async (request, response) => {
    // No redirect to the sign-in page: the browser would read it as a stream and come back at once.
    if (!request.person) return void response.status(401).type('text').send('Sign in first.');
    if (live.count(request.person.id) >= MOST_PAGES) throw new TooMany('Too many pages of yours are open. Close some.');
    await listen(live, request, response);
  };

async function listen(live: LiveHub, request: Request, response: Response): Promise<void> {
  const personId = request.person!.id;
  const waiting: LiveEvent[] = [];
  let hear = (event: LiveEvent): void => void waiting.push(event);
  const end = (how: 'for good' | 'for now') => {
    leave();
    if (response.headersSent && how === 'for good') response.write('event: end\ndata: {}\n\n');
    // Not response.end(): the session store hangs on it and would write a session back that is over.
    (ServerResponse.prototype.end as () => void).call(response);
  };
  const leave = await live.join({
    personId,
    sessionId: request.sessionID,
    hear: (event) => hear(event),
    beat: () => void (response.headersSent && response.write(':\n\n')),
    end,
  });
  response.once('close', leave);

  const lastId = Number(request.get('last-event-id') || Number.NaN);
  const resumes = Number.isSafeInteger(lastId) && lastId >= 0;
  const { missed, newest } = await request
    .transaction(async (trx) => ({
      missed: resumes ? await missedEvents(trx, personId, lastId) : [],
      newest: resumes ? lastId : await newestEventId(trx, personId),
    }))
    .catch((error: unknown) => {
      leave();
      throw error;
    });
  if (response.destroyed || response.writableEnded) return leave();

  response.writeHead(200, HEADERS);
  response.write(`retry: 2000\nid: ${newest}\n\n`);
  const told = new Set(missed.map(({ id }) => id));
  const tell = (event: LiveEvent) => {
    response.write(formatted(event));
    if (response.writableLength > MOST_BUFFERED) end('for now');
  };
  for (const event of [...missed, ...waiting.filter(({ id }) => !told.has(id))]) tell(event);
  hear = tell;
}

const formatted = ({ id, name, subject, own }: LiveEvent): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify({ subject, own })}\n\n`;
