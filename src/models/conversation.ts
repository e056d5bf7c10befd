import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Forbidden, NotFound, TooMany } from '../errors.ts';
import { conversationFiles, keepUploads, type SentFile, type Upload } from './attachment.ts';
import { MESSAGES_SHOWN, type MessageRow } from './order/messages.ts';

export interface ConversationRow {
  id: string;
  buyer_id: string;
  seller_id: string;
  buyer_name: string;
  seller_name: string;
  seller_username: string;
  buyer_username: string;
  buyer_avatar: string | null;
  seller_avatar: string | null;
  gig_title: string | null;
  gig_slug: string | null;
  /** The newest message; only a thread whose first question was refused for its files has none. */
  last_number: number | null;
  last_body: string | null;
  /** How many files came with it. */
  last_files: number;
  last_at: Date | null;
  /** How far the reader has read. */
  read_number: number;
  /** How far the other side has read. */
  other_read_number: number;
  blocked_by_me: boolean;
  blocked: boolean;
}

/** New threads that one person may begin in a day. */
export const NEW_THREADS_A_DAY = 20;
/** How many threads a page of the list shows. */
export const THREADS_SHOWN = 50;

const SELECT = `
  select c.id, c.buyer_id, c.seller_id, b.display_name as buyer_name, b.username as buyer_username,
    s.display_name as seller_name, s.username as seller_username, b.avatar_id as buyer_avatar, s.avatar_id as seller_avatar, l.title as gig_title, l.slug as gig_slug,
    m.number as last_number, m.body as last_body, m.created_at as last_at, coalesce(r.last_number, 0) as read_number,
    coalesce(o.last_number, 0) as other_read_number,
    (select count(*) from attachments a where a.conversation_id = c.id and a.message_id = m.id and a.finalised_at is not null) as last_files,
    exists (select 1 from blocks x where x.blocker_id = app_actor_id() and x.blocked_id in (c.buyer_id, c.seller_id)) as blocked_by_me,
    conversation_is_blocked(c.buyer_id, c.seller_id) as blocked
  from conversations c
    join profiles b on b.user_id = c.buyer_id
    join profiles s on s.user_id = c.seller_id
    left join gig_listings l on l.gig_id = c.gig_id
    left join conversation_reads r on r.conversation_id = c.id and r.user_id = app_actor_id()
    left join conversation_reads o on o.conversation_id = c.id and o.user_id in (c.buyer_id, c.seller_id) and o.user_id <> app_actor_id()
    left join lateral (select id, number, body, created_at from order_messages where conversation_id = c.id order by number desc limit 1) m on true`;

/** The threads of a person, the one with the newest message first; one more than are shown when there are more. */
export async function listConversations(trx: Transaction, userId: string, before?: number): Promise<ConversationRow[]> {
  const { rows } = await trx.raw<{ rows: ConversationRow[] }>(
    `${SELECT} where (c.buyer_id = ? or c.seller_id = ?) and m.number < ? order by m.number desc limit ?`,
    [userId, userId, before ?? Number.MAX_SAFE_INTEGER, THREADS_SHOWN + 1],
  );
  return rows;
}

/** @throws NotFound for everybody but its two sides */
export async function findConversation(trx: Transaction, id: string, userId: string): Promise<ConversationRow> {
  const { rows } = await trx.raw<{ rows: ConversationRow[] }>(
    `${SELECT} where c.id = ? and (c.buyer_id = ? or c.seller_id = ?)`,
    [id, userId, userId],
  );
  if (!rows[0]) throw new NotFound();
  return rows[0];
}

export interface AskedGig {
  gig_id: string;
  slug: string;
  title: string;
  seller_id: string;
  seller_name: string;
}

/** @throws NotFound when it is not on sale, Forbidden for its own seller */
export async function findAskedGig(trx: Transaction, gigId: string, userId: string): Promise<AskedGig> {
  const gig = await trx('gig_listings')
    .where({ gig_id: gigId })
    .first<AskedGig | undefined>('gig_id', 'slug', 'title', 'seller_id', 'seller_name');
  if (!gig) throw new NotFound();
  if (gig.seller_id === userId) throw new Forbidden('This is your own gig.');
  return gig;
}

export const threadAbout = async (trx: Transaction, buyerId: string, gigId: string): Promise<string | null> =>
  (await trx('conversations').where({ buyer_id: buyerId, gig_id: gigId }).first<{ id: string } | undefined>('id'))
    ?.id ?? null;

/**
 * The one thread of this person about this gig (original defect 57): the old one, or a new one.
 * @throws TooMany after NEW_THREADS_A_DAY new ones
 */
export async function openConversation(trx: Transaction, buyerId: string, gig: AskedGig): Promise<string> {
  const known = await threadAbout(trx, buyerId, gig.gig_id);
  if (known) return known;
  const [today] = await trx('conversations')
    .where({ buyer_id: buyerId })
    .whereRaw(`created_at > app_now() - interval '1 day'`)
    .count<{ count: number }[]>({ count: '*' });
  if (today!.count >= NEW_THREADS_A_DAY) throw new TooMany('You have asked many people today. Go on tomorrow.');
  await trx('conversations')
    .insert({ id: randomUUID(), buyer_id: buyerId, seller_id: gig.seller_id, gig_id: gig.gig_id })
    .onConflict()
    .ignore();
  return (await threadAbout(trx, buyerId, gig.gig_id))!;
}

/** The same, once something was said in it: a first question whose files were refused leaves an empty one. */
export const askedThread = async (trx: Transaction, buyerId: string, gigId: string): Promise<string | null> =>
  (
    await trx('conversations as c')
      .where({ buyer_id: buyerId, gig_id: gigId })
      .whereExists(trx('order_messages as m').whereRaw('m.conversation_id = c.id').select(trx.raw('1')))
      .first<{ id: string } | undefined>('c.id')
  )?.id ?? null;

/** The newest messages before number `before`, oldest first; one more than are shown when there are earlier ones; with their files. */
export async function conversationMessages(
  trx: Transaction,
  id: string,
  before?: number,
): Promise<{ rows: MessageRow[]; files: SentFile[] }> {
  const rows: MessageRow[] = await trx('order_messages')
    .where({ conversation_id: id })
    .modify((query) => void (before !== undefined && query.where('number', '<', before)))
    .orderBy('number', 'desc')
    .limit(MESSAGES_SHOWN + 1)
    .select('id', 'number', 'sender_id', 'sender_guest_id', 'body', 'created_at');
  rows.reverse();
  const ids = rows.map((row) => row.id);
  return { rows, files: await conversationFiles(trx, id, ids) };
}

/** Adds a message with its files. @throws Conflict while one side has blocked the other */
export async function writeMessage(
  trx: Transaction,
  conversationId: string,
  senderId: string,
  body: string,
  uploads: Upload[] = [],
): Promise<void> {
  const id = randomUUID();
  await trx('order_messages').insert({ id, conversation_id: conversationId, sender_id: senderId, body });
  await keepUploads(trx, uploads, { message_id: id });
}

/** The reader has seen everything up to this number; never moves back. */
export const markThreadRead = (trx: Transaction, conversationId: string, userId: string, number: number) =>
  trx('conversation_reads')
    .insert({ conversation_id: conversationId, user_id: userId, last_number: number })
    .onConflict(['conversation_id', 'user_id'])
    .merge({ last_number: trx.raw('greatest(conversation_reads.last_number, excluded.last_number)') });

export const block = (trx: Transaction, blockerId: string, blockedId: string) =>
  trx('blocks').insert({ blocker_id: blockerId, blocked_id: blockedId }).onConflict().ignore();

export const unblock = (trx: Transaction, blockerId: string, blockedId: string) =>
  trx('blocks').where({ blocker_id: blockerId, blocked_id: blockedId }).delete();
