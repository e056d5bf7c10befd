import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { findSeller, syncKyc } from '../../models/seller-account.ts';
import { paths } from '../../paths.ts';
import { authorize } from '../../policies/policy.ts';
import { maySell } from '../../policies/seller-policy.ts';

/** Asks Whop how the identity check stands. The browser's word that something was handed in is only the occasion. */
export async function sync(request: Request, response: Response): Promise<void> {
  authorize(maySell(request.person!));
  const status = await syncKyc(request.services, request.person!.id);
  if (status === null) throw new NotFound();
  if (request.wantsPartial) return response.redirect(303, paths.onboarding);
  response.set('Cache-Control', 'no-store').json({ status });
}

/** A page of Whop's for the check. A link, not a redirect: `form-action 'self'` stops a POST that ends elsewhere (contract D.8). */
export async function link(request: Request, response: Response): Promise<void> {
  const companyId = await companyOf(request);
  const { config, whop } = request.services;
  const href = await whop.accountLink(companyId, 'account_onboarding', config.appUrl + paths.onboardingReturned);
  if (request.get('hx-request')) return void response.set('HX-Redirect', href).status(200).end();
  await response.page('seller/identity-link', { title: 'Continue at Whop', nav: 'sell' }, { href });
}

/** A token for the seller's own elements; the company is the session's, never the browser's word (original defect 29). */
export async function payoutsToken(request: Request, response: Response): Promise<void> {
  response.set('Cache-Control', 'no-store');
  authorize(maySell(request.person!));
  const account = await request.transaction((trx) => findSeller(trx, request.person!.id));
  if (!account?.whop_company_id) return void response.status(404).json({ error: 'Open your seller account first.' });
  response.json(await request.services.whop.payoutsToken(account.whop_company_id, request.query.fresh === '1'));
}

async function companyOf(request: Request): Promise<string> {
  authorize(maySell(request.person!));
  const account = await request.transaction((trx) => findSeller(trx, request.person!.id));
  if (!account?.whop_company_id) throw new NotFound();
  return account.whop_company_id;
}
