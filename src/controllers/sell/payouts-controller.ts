import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { findSeller, syncKyc, type SellerAccount } from '../../models/seller-account.ts';
import { paths } from '../../paths.ts';
import { payoutsView } from '../../presenters/payouts.ts';
import { withdrawalsView } from './withdrawals-controller.ts';

/** What the seller has earned and how it reaches his bank: Whop's elements, and beside each its plain way. */
export async function show(request: Request, response: Response): Promise<void> {
  if (request.query.returned === '1') await lookAgain(request);
  const account = await load(request);
  if (!account?.whop_company_id) return response.redirect(303, paths.onboarding);
  const withdrawals = await withdrawalsView(request, { ...account, whop_company_id: account.whop_company_id });
  await response.page(
    'seller/payouts',
    { title: 'Payouts', nav: 'sell', partial: 'seller/_payout-status' },
    { payouts: payoutsView(account, request.services.config, request.person!.timeZone), ...withdrawals },
  );
}

/** Whop's own page for payouts, as a link: `form-action 'self'` stops a POST that ends elsewhere (contract D.8). */
export async function portal(request: Request, response: Response): Promise<void> {
  const account = await load(request);
  if (!account?.whop_company_id) throw new NotFound();
  const { config, whop } = request.services;
  const href = await whop.accountLink(account.whop_company_id, 'payouts_portal', config.appUrl + paths.payoutsReturned);
  if (request.get('hx-request')) return void response.set('HX-Redirect', href).status(200).end();
  await response.page('seller/payouts-link', { title: 'Payouts at Whop', nav: 'sell' }, { href });
}

const load = (request: Request): Promise<SellerAccount | undefined> =>
  request.transaction((trx) => findSeller(trx, request.person!.id));

/** A lost answer is no reason to fail the page: it says what we knew last. */
async function lookAgain(request: Request): Promise<void> {
  try {
    await syncKyc(request.services, request.person!.id);
  } catch (error) {
    request.log.warn({ err: error }, 'identity check could not be read');
  }
}
