import type { Transaction } from '../database.ts';
import type { KycStatus } from '../whop/kyc.ts';

/** A seller as the operator sees him: who he is to Whop, and what he has on sale and in work. */
export interface SellerRow {
  user_id: string;
  username: string;
  display_name: string;
  company_title: string;
  country: string;
  whop_company_id: string | null;
  kyc_status: KycStatus;
  kyc_checked_at: Date | null;
  payout_enabled: boolean;
  suspended_at: Date | null;
  created_at: Date;
  on_sale: number;
  in_work: number;
}

export interface SellerFilter {
  q?: string;
  kyc?: KycStatus;
  after?: string;
}

/** Sellers for an admin, the newest first, from behind `after` (an id) on. */
export const sellerPage = (trx: Transaction, { q, kyc, after }: SellerFilter, size: number): Promise<SellerRow[]> =>
  trx('seller_accounts as s')
    .join('users as u', 'u.id', 's.user_id')
    .join('profiles as p', 'p.user_id', 's.user_id')
    .modify((query) => {
      if (kyc) void query.where('s.kyc_status', kyc);
      if (q) {
        const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
        void query.whereRaw(
          `(p.display_name ilike :like or p.username::text ilike :like or s.company_title ilike :like or s.whop_company_id = :q)`,
          { like, q },
        );
      }
      if (after)
        void query.whereRaw(
          '(s.created_at, s.user_id) < (select a.created_at, a.user_id from seller_accounts a where a.user_id = ?)',
          [after],
        );
    })
    .orderBy([
      { column: 's.created_at', order: 'desc' },
      { column: 's.user_id', order: 'desc' },
    ])
    .limit(size)
    .select<SellerRow[]>(
      ...[
        'user_id',
        'company_title',
        'country',
        'whop_company_id',
        'kyc_status',
        'kyc_checked_at',
        'payout_enabled',
      ].map((column) => `s.${column}`),
      's.created_at',
      'p.username',
      'p.display_name',
      'u.suspended_at',
      trx.raw(`(select count(*)::int from gig_listings l where l.seller_id = s.user_id) as on_sale`),
      trx.raw(
        `(select count(*)::int from orders o where o.seller_id = s.user_id and o.status not in ('completed', 'cancelled', 'refunded')) as in_work`,
      ),
    );
