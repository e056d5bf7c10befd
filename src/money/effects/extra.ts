import { randomUUID } from 'node:crypto';
import type { OrderStatus } from '../../models/order/order-process.ts';
import type { PurchaseEffect } from './effect.ts';

const OPEN_FOR_EXTRAS: OrderStatus[] = ['in_progress', 'delivered', 'revision_requested'];

/** Extras bought later join the order while there is work to do, and add their days (product.md section 4). */
export const extra: PurchaseEffect = {
  apply: async (trx, checkout) => {
    const order = await trx('orders')
      .where({ id: checkout.target_order_id })
      .forUpdate()
      .first<{ id: string; status: OrderStatus; due_at: Date | null } | undefined>('id', 'status', 'due_at');
    if (!order) return { refused: 'The order of this extra is unknown' };
    if (!OPEN_FOR_EXTRAS.includes(order.status))
      return { refused: `The order was ${order.status} when the extra was paid` };
    const { extras } = checkout.scope;
    const days = extras.reduce((sum, bought) => sum + bought.days, 0);
    const { count } = await trx('order_items').where({ order_id: order.id }).count().first<{ count: number }>();
    await trx('order_items').insert(
      extras.map((bought, index) => ({
        id: randomUUID(),
        order_id: order.id,
        checkout_id: checkout.id,
        kind: 'extra',
        extra_id: bought.id,
        title: bought.title,
        quantity: bought.quantity,
        unit_cents: bought.unitCents,
        total_cents: bought.unitCents * bought.quantity,
        days: bought.days,
        position: Number(count) + index,
      })),
    );
    const running = order.status !== 'delivered';
    await trx('orders')
      .where({ id: order.id })
      .update({
        total_cents: trx.raw('total_cents + ?', [checkout.total_cents]),
        fee_cents: trx.raw('fee_cents + ?', [checkout.fee_cents]),
        seller_cents: trx.raw('seller_cents + ?', [checkout.seller_cents]),
        delivery_days: trx.raw('delivery_days + ?', [days]),
        ...(running
          ? { due_at: trx.raw('due_at + make_interval(days => ?)', [days]) }
          : { remaining: trx.raw('remaining + make_interval(days => ?)', [days]) }),
      });
    if (days > 0) {
      await trx.raw(
        `insert into order_clock (order_id, event, transition, due_at, remaining, at) select id, 'extend', 'extra', due_at, remaining, app_now() from orders where id = ?`,
        [order.id],
      );
    }
    return { orderId: order.id };
  },
};
