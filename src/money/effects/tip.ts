import { randomUUID } from 'node:crypto';
import type { PurchaseEffect } from './effect.ts';

/** Thanks in money: it moves no state, whatever the order's. */
export const tip: PurchaseEffect = {
  apply: async (trx, checkout) => {
    const order = await trx('orders')
      .where({ id: checkout.target_order_id })
      .forUpdate()
      .first<{ id: string; seller_id: string } | undefined>('id', 'seller_id');
    if (!order) return { refused: 'The order of this tip is unknown' };
    const { count } = await trx('order_items').where({ order_id: order.id }).count().first<{ count: number }>();
    await trx('order_items').insert({
      id: randomUUID(),
      order_id: order.id,
      checkout_id: checkout.id,
      kind: 'tip',
      title: 'Tip',
      quantity: 1,
      unit_cents: checkout.total_cents,
      total_cents: checkout.total_cents,
      position: Number(count),
    });
    await trx('orders')
      .where({ id: order.id })
      .update({ tips_cents: trx.raw('tips_cents + ?', [checkout.total_cents]) });
    await trx('notifications').insert({
      user_id: order.seller_id,
      kind: 'order.tip',
      order_id: order.id,
      data: JSON.stringify({ role: 'seller', cents: checkout.total_cents, currency: checkout.currency }),
    });
    return { orderId: order.id };
  },
  undo: async (trx, checkout) => {
    await trx('orders')
      .where({ id: checkout.target_order_id })
      .update({ tips_cents: trx.raw('tips_cents - ?', [checkout.total_cents]) });
  },
};
