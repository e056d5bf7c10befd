import type { Transaction } from '../../database.ts';
import type { Parties } from '../../policies/order-policy.ts';
import type { OrderStatus } from './order-process.ts';

export interface OrderRow extends Parties {
  id: string;
  gig_id: string | null;
  title: string;
  status: OrderStatus;
  created_at: Date;
  due_at: Date | null;
  delivered_at: Date | null;
  completed_at: Date | null;
  revisions_allowed: number;
  revisions_used: number;
  buyer_suspended: boolean;
  seller_suspended: boolean;
  /** When the buyer, or the clock, ended it because nothing was delivered in time. */
  cancelled_late_at: Date | null;
}

const COLUMNS = [
  'id',
  'buyer_id',
  'guest_buyer_id',
  'seller_id',
  'gig_id',
  'title',
  'status',
  'created_at',
  'due_at',
  'delivered_at',
  'completed_at',
  'revisions_allowed',
  'revisions_used',
  'buyer_suspended',
  'seller_suspended',
] as const;

/** An order that the asker may see; row level security hides everybody else's. */
export const findOrder = (trx: Transaction, id: string): Promise<OrderRow | undefined> =>
  trx('orders')
    .where({ id })
    .first<OrderRow | undefined>(
      ...COLUMNS,
      trx.raw(
        `(select t.created_at from order_transitions t where t.order_id = orders.id and t.transition = 'cancel_late') as cancelled_late_at`,
      ),
    );
