import type { Request, Response } from 'express';
import { earningsOf } from '../../models/earnings.ts';
import { gigsOf } from '../../models/gig-list.ts';
import { sellerBalance } from '../../models/ledger.ts';
import { findSeller } from '../../models/seller-account.ts';
import { waitingForSeller } from '../../models/seller-work.ts';
import { presentDashboard } from '../../presenters/dashboard.ts';
import { LONGEST_RANGE, presentEarnings, rangeOf } from '../../presenters/earnings.ts';

export async function show(request: Request, response: Response): Promise<void> {
  const { id, timeZone } = request.person!;
  const { currency } = request.services.config;
  const range = rangeOf(request.query.months);
  const { orders, gigs, account, balance, earned } = await request.transaction(async (trx) => ({
    orders: await waitingForSeller(trx, id),
    gigs: await gigsOf(trx, id),
    account: (await findSeller(trx, id))!,
    balance: await sellerBalance(trx, id, currency),
    earned: await earningsOf(trx, id, timeZone, LONGEST_RANGE),
  }));
  await response.page(
    'seller/dashboard',
    { title: 'Dashboard', nav: 'sell' },
    {
      dashboard: presentDashboard(orders, gigs, account, balance, currency),
      earnings: presentEarnings(earned, range, currency, timeZone),
    },
  );
}
