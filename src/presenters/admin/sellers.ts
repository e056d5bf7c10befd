import { KYC_STATUSES } from '../../forms/seller-filter.ts';
import type { SellerFilter, SellerRow } from '../../models/seller-list.ts';
import { paths } from '../../paths.ts';
import { plural, relative } from '../dates.ts';
import { identityLine } from '../identity.ts';

/** The list of sellers, one page of it. */
export function presentSellers(rows: SellerRow[], { q, kyc }: SellerFilter, size: number, zone: string) {
  const shown = rows.slice(0, size);
  const tab = (text: string, value?: SellerFilter['kyc']) => ({
    text,
    href: paths.adminSellers({ q, kyc: value }),
    current: kyc === value,
  });
  return {
    q: q ?? '',
    kyc: kyc ?? '',
    tabs: [tab('All'), ...KYC_STATUSES.map((status) => tab(identityLine(status).badge.text, status))],
    sellers: shown.map((seller) => ({
      name: seller.display_name,
      href: paths.adminUser(seller.user_id),
      badge: seller.suspended_at
        ? { tone: 'bad', icon: 'ban', text: 'Suspended' }
        : identityLine(seller.kyc_status).badge,
      note: [
        `@${seller.username}`,
        `${seller.company_title}, ${seller.country.toUpperCase()}`,
        seller.whop_company_id ?? 'no company at Whop yet',
      ].join(' · '),
      work: [
        `${plural(seller.on_sale, 'gig')} on sale`,
        `${plural(seller.in_work, 'order')} in work`,
        seller.payout_enabled ? 'can be paid out' : 'cannot be paid out yet',
      ].join(' · '),
      checked: seller.kyc_checked_at
        ? `Asked Whop ${relative(seller.kyc_checked_at, zone)}.`
        : 'Whop was not asked yet.',
      reading: seller.whop_company_id ? paths.adminSellerReading(seller.user_id) : null,
    })),
    pager: rows.length > size ? { next: paths.adminSellers({ q, kyc, after: shown.at(-1)!.user_id }) } : null,
  };
}
