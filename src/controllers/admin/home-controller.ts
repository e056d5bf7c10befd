import type { Request, Response } from 'express';
import { siteCounts, type SiteCounts } from '../../models/site-counts.ts';
import { paths } from '../../paths.ts';

export async function show(request: Request, response: Response): Promise<void> {
  const counts = await request.transaction(siteCounts);
  await response.page('admin/home', { title: 'Overview', nav: 'admin', q: null }, { rows: rowsOf(counts) });
}

const rowsOf = (counts: SiteCounts) => [
  {
    label: 'Gigs that wait for review',
    value: counts.waiting_gigs,
    href: paths.adminGigs,
    needsYou: counts.waiting_gigs > 0,
  },
  { label: 'Gigs on sale', value: counts.listings, href: paths.search() },
  { label: 'People', value: counts.people, href: paths.adminUsers() },
  { label: 'Sellers', value: counts.sellers, href: paths.adminSellers() },
  {
    label: 'Sellers with checked identity',
    value: counts.verified_sellers,
    href: paths.adminSellers({ kyc: 'verified' }),
  },
  { label: 'Open orders', value: counts.open_orders, href: paths.adminOrders() },
  {
    label: 'Orders in dispute',
    value: counts.disputed_orders,
    href: paths.adminDisputes(),
    needsYou: counts.disputed_orders > 0,
  },
  {
    label: 'Reported conversations',
    value: counts.open_reports,
    href: paths.adminReports(),
    needsYou: counts.open_reports > 0,
  },
  {
    label: 'Messages from Whop that could not be handled',
    value: counts.dead_webhooks,
    href: paths.adminWebhooks(),
    needsYou: counts.dead_webhooks > 0,
  },
];
