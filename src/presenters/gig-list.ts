import type { GigSummary } from '../models/gig-list.ts';
import type { GigStatus } from '../models/gig.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { plural } from './dates.ts';
import { presentStanding } from './gig-standing.ts';

const TABS: [GigStatus, string][] = [
  ['published', 'On sale'],
  ['review', 'In review'],
  ['rejected', 'Rejected'],
  ['draft', 'Drafts'],
  ['paused', 'Paused'],
];

const EMPTY: Record<GigStatus | 'all', { title: string; text: string }> = {
  all: {
    title: 'No gigs yet',
    text: 'A gig says what you make, for how much and by when. Write the first one; it stays a draft until you submit it.',
  },
  published: {
    title: 'Nothing on sale',
    text: 'A gig goes on sale when it was submitted and approved, and your identity is checked.',
  },
  review: {
    title: 'Nothing in review',
    text: 'A gig that you submit waits here until somebody at GigFlow has looked at it.',
  },
  rejected: {
    title: 'Nothing rejected',
    text: 'If a gig cannot go on sale as it is, it comes here with the reason, and you can change it.',
  },
  draft: { title: 'No drafts', text: 'A gig that you save without submitting stays here.' },
  paused: { title: 'Nothing paused', text: 'A gig that you take off sale for a while waits here.' },
};

/** A seller's gigs under one tab, with the number under each. */
export function presentGigList(gigs: GigSummary[], wanted: unknown, currency: string) {
  const status = TABS.find(([name]) => name === wanted)?.[0];
  const shown = status ? gigs.filter((gig) => gig.status === status) : gigs;
  return {
    tabs: [
      { text: 'All', count: gigs.length, href: paths.sellerGigs, current: !status },
      ...TABS.map(([name, text]) => ({
        text,
        count: gigs.filter((gig) => gig.status === name).length,
        href: paths.sellerGigsBy(name),
        current: status === name,
      })),
    ],
    gigs: shown.map((gig) => presentGig(gig, currency)),
    empty: shown.length === 0 ? emptyState(status ?? 'all', gigs.length === 0) : null,
  };
}

/** One gig of the seller's own list. */
export const presentGig = (gig: GigSummary, currency: string) => ({
  title: gig.title,
  href: paths.editGig(gig.id),
  price: { text: `from ${formatMoney(gig.price_from_cents, currency)}`, cents: gig.price_from_cents },
  orders: gig.open_orders > 0 ? `${plural(gig.open_orders, 'order')} in progress` : null,
  ...presentStanding(gig),
});

const emptyState = (status: GigStatus | 'all', none: boolean) => ({
  ...EMPTY[status],
  ...(none && { action: { href: paths.newGig, text: 'New gig', primary: true } }),
});
