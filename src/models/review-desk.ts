import type { Transaction } from '../database.ts';
import { recordAudit, type Origin } from './audit-event.ts';

export interface DeskReview {
  id: string;
  order_id: string;
  author_name: string;
  author_role: 'buyer' | 'seller';
  subject_name: string | null;
  rating: number;
  body: string;
  reply: string | null;
  published_at: Date | null;
  hidden_at: Date | null;
  hidden_reason: string | null;
  created_at: Date;
}

/** Reviews for an admin, newest first; `after` is the id of the last one on the page before. */
export const listReviews = (
  trx: Transaction,
  { hidden, after }: { hidden: boolean; after?: string },
  limit: number,
): Promise<DeskReview[]> =>
  trx('reviews as r')
    .leftJoin('profiles as s', 's.user_id', 'r.subject_id')
    .modify((query) => void (hidden ? query.whereNotNull('r.hidden_at') : query.whereNull('r.hidden_at')))
    .modify((query) => {
      if (after)
        void query.whereRaw('(r.created_at, r.id) < (select e.created_at, e.id from reviews e where e.id = ?)', [
          after,
        ]);
    })
    .orderBy([
      { column: 'r.created_at', order: 'desc' },
      { column: 'r.id', order: 'desc' },
    ])
    .limit(limit)
    .select<DeskReview[]>(
      'r.id',
      'r.order_id',
      'r.author_name',
      'r.author_role',
      's.display_name as subject_name',
      'r.rating',
      'r.body',
      'r.reply',
      'r.published_at',
      'r.hidden_at',
      'r.hidden_reason',
      'r.created_at',
    );

interface Moderation {
  reviewId: string;
  adminId: string;
  from: Origin;
}

/** Takes a review from the public pages, as the system actor: averages follow by trigger. @returns whether it was public */
export async function hideReview(
  trx: Transaction,
  { reason, ...by }: Moderation & { reason: string },
): Promise<boolean> {
  const hidden = await trx('reviews')
    .where({ id: by.reviewId, hidden_at: null })
    .update({ hidden_at: trx.raw('app_now()'), hidden_reason: reason });
  if (hidden) await record(trx, 'review.hide', by, { reason });
  return hidden === 1;
}

/** Puts it back. @returns whether it was hidden */
export async function showReview(trx: Transaction, by: Moderation): Promise<boolean> {
  const shown = await trx('reviews')
    .where({ id: by.reviewId })
    .whereNotNull('hidden_at')
    .update({ hidden_at: null, hidden_reason: null });
  if (shown) await record(trx, 'review.show', by, {});
  return shown === 1;
}

const record = (trx: Transaction, action: string, { reviewId, adminId, from }: Moderation, details: object) =>
  recordAudit(trx, {
    actorId: adminId,
    action,
    target: { type: 'review', id: reviewId },
    details: { ...details },
    from,
  });
