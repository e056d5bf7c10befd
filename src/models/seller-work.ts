import type { Transaction } from '../database.ts';
import type { OrderStatus } from './order/order-process.ts';

export interface WaitingOrder {
  id: string;
  title: string;
  package_title: string;
  status: OrderStatus;
  due_at: Date | null;
  buyer_name: string | null;
  /** What the buyer asked and the seller has not answered. */
  asked: 'cancellation' | 'extension' | 'settlement' | null;
  answer_by: Date | null;
}

/** The orders in which it is the seller's turn, the most urgent first. */
export const waitingForSeller = (trx: Transaction, sellerId: string): Promise<WaitingOrder[]> =>
  trx('orders as o')
    .leftJoin('profiles as p', 'p.user_id', 'o.buyer_id')
    .joinRaw(
      `left join lateral (select kind, answer_by from proposals where order_id = o.id and by_role = 'buyer' and status = 'open'
        order by answer_by limit 1) asked on true`,
    )
    .where('o.seller_id', sellerId)
    .where((mine) => mine.whereIn('o.status', ['in_progress', 'revision_requested']).orWhereNotNull('asked.kind'))
    .orderByRaw('coalesce(asked.answer_by, o.due_at) nulls last, o.id')
    .limit(20)
    .select('o.id', 'o.title', 'o.package_title', 'o.status', 'o.due_at', {
      buyer_name: 'p.display_name',
      asked: 'asked.kind',
      answer_by: 'asked.answer_by',
    });
