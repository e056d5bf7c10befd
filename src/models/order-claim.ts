import type { Transaction } from '../database.ts';
import { recordAudit, type Origin } from './audit-event.ts';

export interface GuestOrder {
  id: string;
  title: string;
  seller_id: string;
  guest_id: string;
  email: string;
}

/** An order that was bought without an account and that nobody has claimed (as system). */
export const findGuestOrderById = (trx: Transaction, orderId: string): Promise<GuestOrder | undefined> =>
  trx('orders as o')
    .join('guest_buyers as g', 'g.id', 'o.guest_buyer_id')
    .where('o.id', orderId)
    .first<GuestOrder | undefined>({
      ...{ id: 'o.id', title: 'o.title', seller_id: 'o.seller_id' },
      ...{ guest_id: 'g.id', email: 'g.email' },
    });

/** The newest order that these guests bought, for the question at sign-in (as system). */
export const newestGuestOrder = (
  trx: Transaction,
  guestIds: string[],
  userId: string,
): Promise<{ id: string } | undefined> =>
  trx('orders')
    .whereIn('guest_buyer_id', guestIds)
    .whereNot('seller_id', userId)
    .orderBy('created_at', 'desc')
    .first<{ id: string } | undefined>('id');

/** Gives a guest's order, and what he wrote in it, to an account (as system). False when somebody was faster. */
export async function claimOrder(trx: Transaction, order: GuestOrder, userId: string, from: Origin): Promise<boolean> {
  const taken = await trx('orders')
    .where({ id: order.id, guest_buyer_id: order.guest_id })
    .update({ buyer_id: userId, guest_buyer_id: null });
  if (taken === 0) return false;
  const his = { order_id: order.id };
  await trx('whop_checkout_configs')
    .where({ guest_buyer_id: order.guest_id })
    .where((either) =>
      either
        .where('target_order_id', order.id)
        .orWhereIn('id', trx('orders').where({ id: order.id }).select('checkout_id')),
    )
    .update({ buyer_id: userId, guest_buyer_id: null });
  await trx('order_messages')
    .where({ ...his, sender_guest_id: order.guest_id })
    .update({ sender_id: userId, sender_guest_id: null });
  await trx('reviews')
    .where({ ...his, author_guest_id: order.guest_id })
    .update({ author_id: userId, author_guest_id: null });
  await trx('attachments')
    .where({ ...his, owner_guest_id: order.guest_id })
    .update({ owner_id: userId, owner_guest_id: null });
  await trx('notifications')
    .where({ ...his, guest_buyer_id: order.guest_id })
    .update({ user_id: userId, guest_buyer_id: null });
  const target = { type: 'order', id: order.id };
  await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'order.claimed', target, from });
  return true;
}
