import type { Transaction } from '../database.ts';

export interface SiteCounts {
  waiting_gigs: number;
  listings: number;
  people: number;
  sellers: number;
  verified_sellers: number;
  open_orders: number;
  disputed_orders: number;
  open_reports: number;
  dead_webhooks: number;
}

/** How much of everything there is, for the admin who asks. */
export async function siteCounts(trx: Transaction): Promise<SiteCounts> {
  const { rows } = await trx.raw<{ rows: SiteCounts[] }>(`select
    (select count(*) from gig_revisions where status = 'review') as waiting_gigs,
    (select count(*) from gig_listings) as listings,
    (select count(*) from users) as people,
    (select count(*) from seller_accounts) as sellers,
    (select count(*) from seller_accounts where kyc_status = 'verified') as verified_sellers,
    (select count(*) from orders where status not in ('completed', 'cancelled', 'refunded')) as open_orders,
    (select count(*) from orders where status = 'disputed') as disputed_orders,
    (select count(*) from conversation_reports where closed_at is null) as open_reports,
    (select count(*) from webhook_events where status = 'dead') as dead_webhooks`);
  return rows[0]!;
}
