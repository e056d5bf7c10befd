import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Config } from '../config.ts';
import type { Database } from '../database.ts';
import type { Person } from '../models/person.ts';

const PostgresStore = connectPgSimple(session);
const THIRTY_DAYS = 30 * 24 * 60 * 60;
type SessionWithPerson = SessionData & { person?: Person | null };

/** Reads session and person in one round trip (session_with_user) and hands the person to the request, not to the session. */
class SessionStore extends PostgresStore {
  readonly #database: Database;

  constructor(database: Database) {
    super({
      pool: connectionOf(database) as never,
      tableName: 'sessions',
      createTableIfMissing: false,
      disableTouch: true,
      ttl: THIRTY_DAYS,
      pruneSessionInterval: 15 * 60,
    });
    this.#database = database;
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#database.pool
      .raw('select sess, person from session_with_user(?)', [sid])
      .then(({ rows }: { rows: { sess: SessionData; person: Person | null }[] }) => {
        const row = rows[0];
        done(null, row ? ({ ...row.sess, person: row.person } as SessionData) : null);
      })
      .catch((error: unknown) => done(error));
  }

  override createSession(request: Request, data: SessionData): session.Session & SessionData {
    const loaded = data as SessionWithPerson;
    request.person = loaded.person ?? null;
    // Off the very object that express-session hashes: else every session looks changed and is written on every request.
    delete loaded.person;
    return super.createSession(request, loaded);
  }
}

/** The pool of the application serves the store too: a second pool would cost connections that a small plan lacks. */
function connectionOf(database: Database): { query(text: string, values: unknown[]): Promise<unknown> } {
  const client = database.pool.client as {
    acquireConnection(): Promise<{ query(text: string, values: unknown[]): Promise<unknown> }>;
    releaseConnection(connection: unknown): Promise<void>;
  };
  return {
    query: async (text, values) => {
      const connection = await client.acquireConnection();
      try {
        return await connection.query(text, values);
      } finally {
        await client.releaseConnection(connection);
      }
    },
  };
}

export const sessionCookieName = (config: Config): string =>
  config.appUrl.startsWith('https:') ? '__Host-gigflow' : 'gigflow';

export interface SessionMiddleware {
  handler: RequestHandler;
  close(): Promise<void>;
}

export function setUpSession(config: Config, database: Database): SessionMiddleware {
  const store = new SessionStore(database);
  const secure = config.appUrl.startsWith('https:');
  const handler = session({
    name: sessionCookieName(config),
    secret: config.sessionSecret,
    store,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: THIRTY_DAYS * 1000 },
  });
  return { handler, close: async () => void (await store.close()) };
}

/** A new session id for a new level of trust: fixation ends here. What a visitor had (guest orders) comes along. */
export async function regenerateSession(request: Request): Promise<void> {
  const { guestBuyerIds } = request.session;
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error) => (error ? reject(error as Error) : resolve())),
  );
  if (guestBuyerIds) request.session.guestBuyerIds = guestBuyerIds;
}

export const saveSession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => request.session.save((error) => (error ? reject(error as Error) : resolve())));

export const destroySession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => request.session.destroy((error) => (error ? reject(error as Error) : resolve())));

/** Signs a person in: new session id, then the facts that the sessions page shows. */
export async function signIn(request: Request, userId: string): Promise<void> {
  await regenerateSession(request);
  request.session.userId = userId;
  request.session.createdAt = new Date().toISOString();
  request.session.userAgent = (request.get('user-agent') ?? '').slice(0, 300);
  request.session.address = request.ip ?? '';
}
