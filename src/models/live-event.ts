import type { Transaction } from '../database.ts';

/** Something changed that an open page may show. */
export interface LiveEvent {
  id: number;
  name: 'notification' | 'order' | 'message';
  /** The order or the conversation. */
  subject: string | null;
  /** Done by the person himself. */
  own: boolean;
}

/** After more than so many a page that comes back asks for everything anyway. */
const MOST = 200;

/**
 * What a person missed since the event with this id. Ids are given before the commit, so one that is a little smaller
 * may come to light later: the last seconds are told again, which costs a page one more look.
 */
export const missedEvents = (trx: Transaction, userId: string, lastId: number): Promise<LiveEvent[]> =>
  trx('live_events')
    .where({ user_id: userId })
    .whereRaw(`(id > ? or id > ? and created_at > now() - interval '5 seconds')`, [lastId, lastId - MOST])
    .whereNot({ id: lastId })
    .orderBy('id')
    .limit(MOST)
    .select('id', 'name', 'subject', 'own');

/** The id from which on a page that opens now has to be told. */
export async function newestEventId(trx: Transaction, userId: string): Promise<number> {
  const newest = await trx('live_events').where({ user_id: userId }).max<{ id: number | null }[]>({ id: 'id' });
  return newest[0]?.id ?? 0;
}

/** A page that was away for a day starts afresh. */
export const pruneLiveEvents = (trx: Transaction): Promise<number> =>
  trx('live_events').whereRaw(`created_at < now() - interval '1 day'`).delete();
