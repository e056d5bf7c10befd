import type { Transaction } from '../database.ts';

/** A review that everybody may read, with the seller's answer. */
export interface PublishedReview {
  author_name: string;
  rating: number;
  body: string;
  reply: string | null;
  published_at: Date;
  gig_slug: string | null;
  gig_title: string | null;
}

const published = (trx: Transaction) =>
  trx('reviews as r')
    .leftJoin('gig_listings as l', 'l.gig_id', 'r.gig_id')
    .where('r.author_role', 'buyer')
    .whereNotNull('r.published_at')
    .whereNull('r.hidden_at')
    .select<PublishedReview[]>(
      'r.author_name',
      'r.rating',
      'r.body',
      'r.reply',
      'r.published_at',
      'l.slug as gig_slug',
      'l.title as gig_title',
    )
    .orderBy([{ column: 'r.published_at', order: 'desc' }, 'r.id']);

/** What buyers wrote about a gig, newest first. */
export const reviewsOfGig = (
  trx: Transaction,
  gigId: string,
  page: { limit: number; offset: number },
): Promise<PublishedReview[]> => published(trx).where('r.gig_id', gigId).limit(page.limit).offset(page.offset);

/** What buyers wrote about a seller, newest first. */
export const reviewsOfSeller = (trx: Transaction, sellerId: string, limit: number): Promise<PublishedReview[]> =>
  published(trx).where('r.subject_id', sellerId).limit(limit);

/** How buyers rated a seller over all his gigs. */
export const ratingOfSeller = async (
  trx: Transaction,
  sellerId: string,
): Promise<{ average: number; count: number } | null> => {
  const row = await trx('reviews')
    .where({ subject_id: sellerId, author_role: 'buyer' })
    .whereNotNull('published_at')
    .whereNull('hidden_at')
    .first<{ average: number | null; count: number }>(trx.raw('round(avg(rating), 2) as average, count(*) as count'));
  return row.average === null ? null : { average: row.average, count: row.count };
};
