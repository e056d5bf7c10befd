import { randomUUID } from 'node:crypto';
import type { Actor, Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
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

/**
 * Adds the one public answer to a review.
 * @param author who wrote the review
 * @throws WrongState while it is not public, or when it has been answered
 */
export async function replyToReview(
  trx: Transaction,
  order: OrderRow,
  author: 'buyer' | 'seller',
  body: string,
): Promise<void> {
  const answered = await orWrongState(
    order.id,
    trx('reviews')
      .where({ order_id: order.id, author_role: author, reply: null })
      .update({ reply: body, replied_at: trx.raw('app_now()') }),
  );
  if (answered === 0) throw new WrongState('A review can be answered once, when it is public.', order.id, order.status);
}
