import type { Transaction } from '../database.ts';
import type { GigDocument } from './gig-document.ts';
import type { KycStatus } from '../whop/kyc.ts';

export interface QueueItem {
  gig_id: string;
  title: string;
  seller_name: string;
  number: number;
  submitted_at: Date;
}

/** What waits for an admin, the oldest first. */
export const reviewQueue = (trx: Transaction): Promise<QueueItem[]> =>
  trx('gig_revisions as r')
    .join('gigs as g', 'g.id', 'r.gig_id')
    .join('profiles as p', 'p.user_id', 'g.seller_id')
    .where('r.status', 'review')
    .orderBy(['r.submitted_at', 'r.id'])
    .limit(200)
    .select(
      'r.gig_id',
      'r.number',
      'r.submitted_at',
      'p.display_name as seller_name',
      trx.raw(`r.doc ->> 'title' as title`),
    );

export interface GigReview {
  gig_id: string;
  slug: string;
  status: string;
  seller_id: string;
  seller_name: string;
  seller_username: string;
  kyc_status: KycStatus;
  /** What waits; null when nothing does. */
  number: number | null;
  asked: GigDocument | null;
  /** What was approved last, and whether it is on sale. */
  approved_number: number | null;
  approved: GigDocument | null;
}

/** One gig as an admin looks at it. */
export const findReview = (trx: Transaction, gigId: string): Promise<GigReview | undefined> =>
  trx('gigs as g')
    .join('profiles as p', 'p.user_id', 'g.seller_id')
    .join('seller_accounts as s', 's.user_id', 'g.seller_id')
    .joinRaw(
      `left join lateral (select number, doc from gig_revisions where gig_id = g.id and status = 'review') asked on true
       left join lateral (select number, doc from gig_revisions where gig_id = g.id and status = 'approved'
         order by number desc limit 1) approved on true`,
    )
    .where('g.id', gigId)
    .first(
      ...['g.id as gig_id', 'g.slug', 'g.status', 'g.seller_id', 's.kyc_status'],
      ...['p.display_name as seller_name', 'p.username as seller_username'],
      ...['asked.number', 'asked.doc as asked', 'approved.number as approved_number', 'approved.doc as approved'],
    );
