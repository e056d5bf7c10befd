import { createHash } from 'node:crypto';
import type { Transaction } from '../database.ts';

export interface OpenSession {
  /** Names the session on a page: its id never leaves the server. */
  key: string;
  userAgent: string;
  address: string;
  since: Date;
  seen: Date;
}

export const sessionKey = (sid: string): string => createHash('sha256').update(sid).digest('hex').slice(0, 32);

/** Where a person is signed in, the newest first. The table belongs to a library and has no owner policy, so the id is asked for. */
export async function openSessions(trx: Transaction, userId: string): Promise<OpenSession[]> {
  const rows = await trx('sessions')
    .where({ user_id: userId })
    .where('expire', '>', trx.raw('now()'))
    .select<{ sid: string; sess: { userAgent?: string; address?: string; createdAt: string; seenAt?: string } }[]>(
      'sid',
      'sess',
    );
  return rows
    .map(({ sid, sess }) => ({
      key: sessionKey(sid),
      userAgent: sess.userAgent ?? '',
      address: sess.address ?? '',
      since: new Date(sess.createdAt),
      seen: new Date(sess.seenAt ?? sess.createdAt),
    }))
    .sort((a, b) => b.seen.getTime() - a.seen.getTime() || b.since.getTime() - a.since.getTime());
}

/** Ends a person's sessions, all but `keep`. Returns how many. */
export const endSessions = (trx: Transaction, userId: string, keep: string | null): Promise<number> =>
  trx('sessions')
    .where({ user_id: userId })
    .whereNot({ sid: keep ?? '' })
    .delete();

/** Ends one of a person's own sessions. Returns 0 when it is over already, or is another's. */
export async function endSession(trx: Transaction, userId: string, key: string): Promise<number> {
  const sids = await trx('sessions').where({ user_id: userId }).pluck<string[]>('sid');
  const sid = sids.find((candidate) => sessionKey(candidate) === key);
  return sid ? trx('sessions').where({ user_id: userId, sid }).delete() : 0;
}
