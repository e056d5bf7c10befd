import { randomUUID } from 'node:crypto';
import type { Actor, Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import { aftercareEnds, hasPassed } from './deadlines.ts';
import type { OrderRow } from './order.ts';
import { applyTransition, orWrongState } from './transition.ts';

export interface NewReview {
  rating: number;
  body: string;
}

export interface Reviewer {
  role: 'buyer' | 'seller';
  actor: Actor;
  name: string;
}

const ONCE = 'You have reviewed this order already.';

/**
 * A review can be written for 14 days after the first completion; the buyer's also accepts a waiting delivery.
 * The database keeps the same window (reviews_enforce_window()).
 * @throws WrongState at any other time
 */
export function requireReviewable(order: OrderRow, role: 'buyer' | 'seller'): void {
  if (role === 'buyer' && order.status === 'delivered') return;
  const closes = aftercareEnds(order);
  if (!closes) throw new WrongState('A review can be written once the work is accepted.', order.id, order.status);
  if (hasPassed(closes)) throw new WrongState('The 14 days for a review are over.', order.id, order.status);
}

/**
 * Writes one side's review; a trigger shows both as soon as both are in.
 * @throws WrongState for a second review by the same side, or outside the window
 */
export async function writeReview(trx: Transaction, order: OrderRow, by: Reviewer, review: NewReview): Promise<void> {
  const written = await trx('reviews').where({ order_id: order.id, author_role: by.role }).first('id');
  if (written) throw new WrongState(ONCE, order.id, order.status);
  if (order.status === 'delivered') {
    await applyTransition(trx, order, 'accept_delivery', { expected: order.status });
  }
  const authorId = 'id' in by.actor ? by.actor.id : null;
  await orWrongState(
    order.id,
    trx('reviews').insert({
      id: randomUUID(),
      order_id: order.id,
      author_role: by.role,
      author_id: by.actor.role === 'guest' ? null : authorId,
      author_guest_id: by.actor.role === 'guest' ? authorId : null,
      author_name: by.name,
      subject_id: by.role === 'buyer' ? order.seller_id : order.buyer_id,
      gig_id: order.gig_id,
      ...review,
    }),
    ONCE,
  );
}
