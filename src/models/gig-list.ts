import type { Transaction } from '../database.ts';
import type { GigStanding } from '../presenters/gig-standing.ts';

export interface GigSummary extends GigStanding {
  title: string;
  price_from_cents: number;
  open_orders: number;
  updated_at: Date;
}

/** A seller's gigs with what became of their last change, the newest work first. */
export const gigsOf = (trx: Transaction, sellerId: string): Promise<GigSummary[]> =>
  trx('gigs as g')
    .joinRaw(LAST_REVISION)
    .where('g.seller_id', sellerId)
    .orderBy([{ column: 'g.updated_at', order: 'desc' }, 'g.id'])
    .select(
      ...STANDING,
      'g.title',
      'g.updated_at',
      trx.raw('(select min(price_cents) from gig_packages where gig_id = g.id) as price_from_cents'),
      trx.raw(`(select count(*) from orders where gig_id = g.id
        and status not in ('completed', 'cancelled', 'refunded')) as open_orders`),
    );

/** How one gig stands; undefined when the asker may not see it. */
export const standingOf = (trx: Transaction, gigId: string): Promise<GigStanding | undefined> =>
  trx('gigs as g')
    .joinRaw(LAST_REVISION)
    .where('g.id', gigId)
    .first(...STANDING);

const LAST_REVISION =
  'left join lateral (select number, status, reason from gig_revisions where gig_id = g.id order by number desc limit 1) r on true';
const STANDING = ['g.id', 'g.slug', 'g.status', 'r.number', 'r.status as decision', 'r.reason'];
