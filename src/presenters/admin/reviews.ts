import type { DeskReview } from '../../models/review-desk.ts';
import { paths } from '../../paths.ts';
import { dateTime } from '../dates.ts';

/** Reviews with what an admin may do about each. */
export function presentDeskReviews(reviews: DeskReview[], hidden: boolean, size: number, zone: string) {
  const shown = reviews.slice(0, size);
  const tab = hidden ? 'hidden' : undefined;
  return {
    hidden,
    tabs: [
      { text: 'All', href: paths.adminReviews(), current: !hidden },
      { text: 'Hidden', href: paths.adminReviews({ tab: 'hidden' }), current: hidden },
    ],
    rows: shown.map((review) => ({
      id: review.id,
      orderHref: paths.adminOrder(review.order_id),
      line: `${review.author_name} (${review.author_role}) about ${review.subject_name ?? 'a guest'}`,
      rating: review.rating,
      text: review.body,
      reply: review.reply,
      when: dateTime(review.created_at, zone),
      waits: review.published_at === null,
      reason: review.hidden_reason,
      hide: review.hidden_at ? null : paths.adminReviewHiding(review.id),
      show: review.hidden_at ? paths.adminReviewShowing(review.id) : null,
    })),
    pager: reviews.length > size ? { next: paths.adminReviews({ tab, after: shown.at(-1)!.id }) } : null,
  };
}
