import type { Transaction } from '../../database.ts';
import type { MessageRow } from './messages.ts';

/** A sent file, with the hash by which it can be recognised. */
export interface RecordedFile {
  delivery_id: string | null;
  name: string;
  byte_size: number;
  sha256: string;
}

export interface BoughtItem {
  kind: 'package' | 'extra' | 'tip' | 'offer';
  title: string;
  description: string;
  includes: string[];
  quantity: number;
  unit_cents: number;
  total_cents: number;
  days: number;
}

/** What the record prints beyond the workspace: the scope as bought and every message. */
export async function findRecord(
  trx: Transaction,
  orderId: string,
): Promise<{ items: BoughtItem[]; messages: MessageRow[] }> {
  const items: BoughtItem[] = await trx('order_items')
    .where({ order_id: orderId })
    .orderBy('position')
    .select('kind', 'title', 'description', 'includes', 'quantity', 'unit_cents', 'total_cents', 'days');
  const messages: MessageRow[] = await trx('order_messages')
    .where({ order_id: orderId })
    .orderBy('number')
    .select('id', 'number', 'sender_id', 'sender_guest_id', 'body', 'created_at');
  return { items, messages };
}
