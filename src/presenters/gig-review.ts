import type { GigReview, QueueItem } from '../models/review-queue.ts';
import { paths } from '../paths.ts';
import { relative } from './dates.ts';
import { presentChange } from './gig-diff.ts';
import { firstName } from './names.ts';

/** The list at the side; `current` is the gig that is open. */
export const presentQueue = (items: QueueItem[], zone: string, current?: string) => ({
  count: items.length,
  items: items.map((item) => ({
    title: item.title,
    href: paths.adminGig(item.gig_id),
    current: item.gig_id === current,
    note: `${item.seller_name} · ${item.number === 1 ? 'new' : `change ${item.number}`}, ${relative(item.submitted_at, zone)}`,
  })),
  note: items[0] ? `Oldest first. The oldest waits since ${relative(items[0].submitted_at, zone)}.` : null,
  /** Where "Skip for now" leads: the next that waits, in a circle. */
  next: nextOf(items, current),
});

function nextOf(items: QueueItem[], current?: string): string {
  const place = items.findIndex(({ gig_id }) => gig_id === current);
  const next = items[(place + 1) % items.length];
  return next && next.gig_id !== current ? paths.adminGig(next.gig_id) : paths.adminGigs;
}

/** What is asked for against what is on sale, and what the admin may do about it. */
export function presentReview(review: GigReview, currency: string, own: boolean) {
  const { asked, approved, number, approved_number: onSale } = review;
  const shown = asked ?? approved;
  return {
    title: shown?.title ?? 'Nothing submitted yet',
    summary: summaryOf(review),
    badge: review.number === null ? review.status : 'review',
    seller: {
      name: review.seller_name,
      first: firstName(review.seller_name),
      href: paths.profile(review.seller_username),
    },
    identity:
      review.kyc_status === 'verified' ? 'verified' : { tone: 'warn', icon: 'shield', text: 'Identity not checked' },
    rows: asked ? presentChange(approved, asked, currency) : [],
    beforeTitle: review.status === 'published' ? 'On sale now' : onSale ? 'Approved last' : 'On sale now',
    own,
    waits:
      number === null
        ? null
        : { number, text: onSale === null && number === 1 ? 'Approve' : `Approve change ${number}` },
    rejectText: `Reject change ${number}`,
    blocked:
      review.kyc_status === 'verified' || review.status === 'paused'
        ? null
        : `${review.seller_name} has not passed the identity check. The gig cannot be approved before; it can wait here or be rejected.`,
    approveUrl: paths.adminGigApproval(review.gig_id),
    rejectUrl: paths.adminGigRejection(review.gig_id),
    liveHref: review.status === 'published' ? paths.gig(review.slug) : null,
  };
}

function summaryOf({ number, approved_number: onSale, status }: GigReview): string {
  if (number === null)
    return onSale === null
      ? 'Nothing of it waits for review.'
      : `Change ${onSale} was approved last. Nothing waits for review.`;
  if (onSale === null)
    return number === 1
      ? 'A new gig. Nothing of it is on sale yet.'
      : `Change ${number} of a gig that was never on sale.`;
  return status === 'published'
    ? `Change ${number} against change ${onSale}, which stays on sale until you decide.`
    : `Change ${number} against change ${onSale}, which was approved last. The gig is paused.`;
}
