import { randomUUID } from 'node:crypto';
import type { Actor, Transaction } from '../../database.ts';
import { keepUploads, type Upload } from '../attachment.ts';

export interface MessageRow {
  id: string;
  number: number;
  sender_id: string | null;
  sender_guest_id: string | null;
  body: string;
  created_at: Date;
}

/** How many messages a page of a thread shows. */
export const MESSAGES_SHOWN = 50;

/** The newest messages before number `before`, oldest first; one more than are shown when there are earlier ones. */
export async function listMessages(trx: Transaction, orderId: string, before?: number): Promise<MessageRow[]> {
  const rows: MessageRow[] = await trx('order_messages')
    .where({ order_id: orderId })
    .modify((query) => void (before !== undefined && query.where('number', '<', before)))
    .orderBy('number', 'desc')
    .limit(MESSAGES_SHOWN + 1)
    .select('id', 'number', 'sender_id', 'sender_guest_id', 'body', 'created_at');
  return rows.reverse();
}

/** When the first message from number `from` on was sent. */
export async function firstMessageAt(trx: Transaction, orderId: string, from: number): Promise<Date | undefined> {
  const row = await trx('order_messages')
    .where({ order_id: orderId })
    .where('number', '>=', from)
    .orderBy('number')
    .first<{ created_at: Date } | undefined>('created_at');
  return row?.created_at;
}

/** A side has seen everything up to this number; never moves back. */
export const markMessagesRead = async (
  trx: Transaction,
  orderId: string,
  role: 'buyer' | 'seller',
  number: number,
): Promise<unknown> =>
  trx('order_reads')
    .insert({ order_id: orderId, role, last_number: number })
    .onConflict(['order_id', 'role'])
    .merge({ last_number: trx.raw('greatest(order_reads.last_number, excluded.last_number)') });

/** Adds a message; row level security lets only the two sides write, and only as themselves. */
export async function sendMessage(
  trx: Transaction,
  orderId: string,
  actor: Actor,
  body: string,
  uploads: Upload[] = [],
): Promise<void> {
  const id = randomUUID();
  const sender = 'id' in actor ? actor.id : null;
  await trx('order_messages').insert({
    id,
    order_id: orderId,
    sender_id: actor.role === 'guest' ? null : sender,
    sender_guest_id: actor.role === 'guest' ? sender : null,
    body,
  });
  await keepUploads(trx, uploads, { message_id: id });
}
