import type { Transaction } from '../../database.ts';
import type { Parties } from '../../policies/order-policy.ts';
import type { OrderStatus } from './order-process.ts';

export interface OrderRow extends Parties {
  id: string;
  gig_id: string | null;
  title: string;
  status: OrderStatus;
  delivered_at: Date | null;
  completed_at: Date | null;
  revisions_allowed: number;
  revisions_used: number;
}

const COLUMNS = [
  'id',
  'buyer_id',
  'guest_buyer_id',
  'seller_id',
  'gig_id',
  'title',
  'status',
  'delivered_at',
  'completed_at',
  'revisions_allowed',
  'revisions_used',
] as const;

/** An order that the asker may see; row level security hides everybody else's. */
export const findOrder = (trx: Transaction, id: string): Promise<OrderRow | undefined> =>
  trx<OrderRow>('orders')
    .where({ id })
    .first(...COLUMNS);
