import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import { clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { originOf, recordAlone } from '../models/audit-event.ts';
import { hasSecondFactor } from '../models/second-factor.ts';
import type { Database } from '../database.ts';
import type { Person } from '../models/person.ts';

const PostgresStore = connectPgSimple(session);
const ONE_DAY = 24 * 60 * 60;
/** Unused for so long, a session ends. */
const THIRTY_DAYS = 30 * ONE_DAY;
/** Used or not, a session ends after so long. */
const NINETY_DAYS = 90 * ONE_DAY;
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
        if (row && isTooOld(row.sess)) return this.destroy(sid, (error) => done(error ?? null, null));
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

const isTooOld = ({ createdAt }: SessionData): boolean =>
  createdAt !== undefined && clock.now().getTime() - new Date(createdAt).getTime() > NINETY_DAYS * 1000;

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

/** Signs a person in: new session id, the facts that the sessions page shows, a line in the audit log. */
export async function signIn(request: Request, userId: string, by: 'password' | 'sign-up' | 'whop'): Promise<void> {
  await regenerateSession(request);
  const from = originOf(request);
  request.session.userId = userId;
  request.session.createdAt = clock.now().toISOString();
  request.session.seenAt = request.session.createdAt;
  request.session.userAgent = from.userAgent ?? '';
  request.session.address = from.address ?? '';
  const event = { actorId: userId, subjectId: userId, action: 'sign-in', details: { by }, from };
  await recordAlone(request.services.database, event);
}

/**
 * Signs in, or, when the person has a second step, remembers that the first one is done.
 * @returns true when he is signed in, false when the code is still to come
 */
export async function beginSignIn(
  request: Request,
  userId: string,
  by: 'password' | 'whop',
  next: string,
): Promise<boolean> {
  if (await hasSecondFactor(request.services, userId)) {
    await regenerateSession(request);
    request.session.secondStep = { userId, by, next, at: Date.now() };
    return false;
  }
  await signIn(request, userId, by);
  return true;
}

/** A new id for the session of somebody who stays signed in, after his account became another's business to open. */
export async function renewSession(request: Request): Promise<void> {
  const { userId, createdAt, seenAt, userAgent, address } = request.session;
  await regenerateSession(request);
  Object.assign(request.session, { userId, createdAt, seenAt, userAgent, address });
}

/** Writes a session down once a day while it is used, so that only an unused one grows old (its cookie goes along). */
export const markSeen: RequestHandler = (request, _response, next) => {
  const { userId, seenAt } = request.session ?? {};
  const now = clock.now();
  if (userId && now.getTime() - new Date(seenAt ?? 0).getTime() > ONE_DAY * 1000) {
    request.session.seenAt = now.toISOString();
  }
  next();
};
