import type { Transaction } from '../database.ts';
import type { OrderStatus } from '../models/order/order-process.ts';
import type { Services } from '../services.ts';

const ENDED: OrderStatus[] = ['cancelled', 'refunded'];

/**
 * Counts what went back of an order, and ends the order when all of it did (product.md section 5): refunds that came through and
 * lost disputes, tips apart. Counting anew instead of adding makes it safe to repeat. As the system actor `whop`.
 * @returns whether that ended the order just now
 */
export async function settleOrder(trx: Transaction, orderId: string): Promise<boolean> {
  const order = await trx('orders')
    .where({ id: orderId })
    .forUpdate()
    .first<{ status: OrderStatus; total_cents: number; refunded_cents: number }>(
      'status',
      'total_cents',
      'refunded_cents',
    );
  const { rows } = await trx.raw<{ rows: { gone: number }[] }>(
    `select coalesce(sum((select coalesce(sum(r.amount_cents), 0) from refunds r where r.payment_id = p.id and r.status = 'succeeded')
                       + (select coalesce(sum(d.lost_cents), 0) from disputes d where d.payment_id = p.id)), 0)::integer as gone
     from whop_payments p join whop_checkout_configs c on c.id = p.checkout_id
     where p.order_id = ? and p.disposition = 'applied' and c.purpose <> 'tip'`,
    [orderId],
  );
  const gone = rows[0]!.gone;
  if (gone !== order.refunded_cents) await trx('orders').where({ id: orderId }).update({ refunded_cents: gone });
  if (gone !== order.total_cents || ENDED.includes(order.status)) return false;
  await trx.raw(`select order_transition(?, 'refund_in_full', ?)`, [orderId, order.status]);
  return true;
}

/** The bank's case stops the order, unless it stands still or has ended. */
export async function interruptOrder(
  services: Services,
  trx: Transaction,
  orderId: string,
  reason: string,
): Promise<void> {
  const { status } = await trx('orders').where({ id: orderId }).forUpdate().first<{ status: OrderStatus }>('status');
  if (ENDED.includes(status))
    services.logger.error({ order: orderId, status }, 'a bank disputes an order that has ended');
  else if (status !== 'disputed')
    await trx.raw(`select order_transition(?, 'open_chargeback', ?, ?)`, [orderId, status, reason]);
}

/** The last of an order's disputes is closed: it goes on where it stood. */
export async function resumeOrder(trx: Transaction, orderId: string): Promise<void> {
  const { status } = await trx('orders').where({ id: orderId }).forUpdate().first<{ status: OrderStatus }>('status');
  const open = await trx('disputes').where({ order_id: orderId, status: 'open' }).first('id');
  if (status === 'disputed' && !open)
    await trx.raw(`select order_transition(?, 'close_chargeback', 'disputed')`, [orderId]);
}
