import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Logger } from 'pino';
import { Unavailable } from '../errors.ts';
import type { LiveEvent } from '../models/live-event.ts';

/** One open page that listens. */
export interface Listener {
  personId: string;
  sessionId: string;
  hear(event: LiveEvent): void;
  /** Nothing happened for a while; a line that is silent for too long is cut on the way. */
  beat(): void;
  /** `for good` when the person may not listen any more, else the page comes back with its last id. */
  end(how: 'for good' | 'for now'): void;
}

export interface LiveHub {
  /**
   * From now on the listener hears what concerns its person.
   * @returns how to leave
   * @throws Unavailable while the database cannot be reached
   */
  join(listener: Listener): Promise<() => void>;
  /** How many pages a person has open here. */
  count(personId: string): number;
  /** Sends every page away, to this process's successor. */
  endAll(): void;
  close(): Promise<void>;
}

interface Announcement extends LiveEvent {
  user?: string;
  /** SHA-256 of the id of a session that is over. */
  ended?: string;
  /** A person who was suspended. */
  closed?: string;
}

const BEAT = 20_000;

/** Passes on what Postgres announces. One LISTEN connection, however many pages are open; made with the first of them. */
export function openLiveHub(databaseUrl: string, logger: Logger, beatEvery = BEAT): LiveHub {
  const rooms = new Map<string, Set<Listener>>();
  let connecting: Promise<pg.Client> | null = null;

  const everybody = () => [...rooms.values()].flatMap((room) => [...room]);
  const beating = setInterval(() => everybody().forEach((listener) => listener.beat()), beatEvery).unref();

  const endAll = () => everybody().forEach((listener) => listener.end('for now'));

  /** What was announced meanwhile is not repeated by Postgres, but it stands in the table: the pages come back and ask. */
  function lost(client: pg.Client, error?: Error): void {
    if (error) logger.warn({ err: error }, 'live: the connection to the database broke');
    connecting = null;
    void client.end().catch(() => {});
    endAll();
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'gigflow-live', keepAlive: true });
    client.on('notification', ({ payload }) => announced(JSON.parse(payload ?? '{}') as Announcement));
    client.on('error', (error) => lost(client, error));
    await client.connect();
    await client.query('LISTEN live');
    return client;
  }

  function announced({ ended, closed, user, ...event }: Announcement): void {
    if (user) for (const listener of rooms.get(user) ?? []) listener.hear(event);
    if (closed) for (const listener of [...(rooms.get(closed) ?? [])]) listener.end('for good');
    if (ended) {
      for (const listener of everybody()) if (hashOf(listener.sessionId) === ended) listener.end('for good');
    }
  }

  return {
    count: (personId) => rooms.get(personId)?.size ?? 0,
    endAll,
    join: async (listener) => {
      const { personId } = listener;
      const room = rooms.get(personId) ?? new Set();
      rooms.set(personId, room.add(listener));
      const leave = () => {
        room.delete(listener);
        if (room.size === 0 && rooms.get(personId) === room) rooms.delete(personId);
      };
      try {
        await (connecting ??= connect());
        return leave;
      } catch (cause) {
        connecting = null;
        leave();
        throw new Unavailable('Live news cannot be reached', { cause });
      }
    },
    close: async () => {
      clearInterval(beating);
      endAll();
      const client = await connecting?.catch(() => null);
      connecting = null;
      client?.removeAllListeners('error').on('error', () => {});
      await client?.end();
    },
  };
}

const hashOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex');
