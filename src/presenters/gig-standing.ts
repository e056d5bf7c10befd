import type { GigStatus } from '../models/gig.ts';
import { paths } from '../paths.ts';

/** A gig's status together with what became of its last change. */
export interface GigStanding {
  id: string;
  slug: string;
  status: GigStatus;
  /** Of the last revision; null when nothing was ever submitted. */
  number: number | null;
  decision: 'review' | 'approved' | 'rejected' | null;
  reason: string | null;
}

/** Where a gig stands, in a sentence for its seller, and what he can do about it. */
export function presentStanding(gig: GigStanding) {
  const { status, decision, number, reason } = gig;
  return {
    badge: status,
    note: noteOf(gig),
    reason: decision === 'rejected' ? reason : null,
    reasonTitle: `Change ${number} was rejected`,
    liveHref: status === 'published' ? paths.gig(gig.slug) : null,
    submitUrl: paths.gigReview(gig.id),
    submitText:
      status === 'rejected' ? 'Submit again' : status === 'draft' ? 'Submit for review' : 'Submit the changes',
    pauseUrl: status === 'published' ? paths.gigPause(gig.id) : null,
    resumeUrl: status === 'paused' ? paths.gigPublication(gig.id) : null,
  };
}

function noteOf({ status, decision, number }: GigStanding): string {
  const waits = decision === 'review' ? ` Change ${number} waits for review.` : '';
  const refused = decision === 'rejected' ? ` Change ${number} was rejected.` : '';
  switch (status) {
    case 'draft':
      return 'Only you see it. Submit it when it is ready.';
    case 'review':
      return 'Somebody at GigFlow looks at it before it goes on sale.';
    case 'rejected':
      return 'Not on sale. Change what is asked for and submit it again.';
    case 'paused':
      return `Not on sale until you put it back.${waits}${refused}`;
    case 'published':
      return waits || refused ? `On sale as it was approved last.${waits}${refused}` : 'On sale.';
  }
}
