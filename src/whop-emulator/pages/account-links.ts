import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { WhopError } from '../api/errors.ts';
import type { Emulator } from '../context.ts';
import { decideIdentity } from '../domain/identity.ts';
import { addPayoutMethod, withdraw } from '../domain/withdrawing.ts';
import { toCents } from '../money.ts';
import type { AccountLink, Company } from '../records.ts';
import { identityCard, payoutsCard } from './account-link-cards.ts';
import { type Html, html } from './html.ts';
import { notice, sendPage } from './layout.ts';

const decision = z.object({ status: z.enum(['approved', 'rejected', 'needs_action', 'pending', 'later']) });
const bankAccount = z.object({ nickname: z.string().min(1), institution: z.string().min(1) });
const withdrawal = z.object({ amount: z.coerce.number().positive(), payout_method_id: z.string() });

/** The hosted identity check and payouts portal, where a person plays the examiner (contract 3.3, A.8). */
export function accountLinkPages(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/account-links/:id', (req, res) => {
    const link = linkOf(req);
    if (!link) return missing(res);
    // An outdated link sends back for a fresh one.
    if (link.expiresAt < new Date().toISOString()) return res.redirect(303, link.refreshUrl);
    show(res, link);
  });

  router.post('/account-links/:id', (req, res) => {
    const link = linkOf(req);
    if (!link) return missing(res);
    decide(req, companyOf(link));
    res.redirect(303, link.returnUrl);
  });

  router.post('/account-links/:id/payout-methods', (req, res) => {
    const link = linkOf(req);
    if (!link) return missing(res);
    const { nickname, institution } = bankAccount.parse(req.body);
    addPayoutMethod(emulator, companyOf(link), { nickname, institutionName: institution });
    res.redirect(303, `/account-links/${link.id}`);
  });

  router.post('/account-links/:id/withdrawals', (req, res) => {
    const link = linkOf(req);
    if (!link) return missing(res);
    const { amount, payout_method_id: payoutMethodId } = withdrawal.parse(req.body);
    try {
      withdraw(emulator, companyOf(link), { cents: toCents(amount), payoutMethodId, idempotencyKey: null });
    } catch (error) {
      if (!(error instanceof WhopError)) throw error;
      return show(res, link, error.message);
    }
    res.redirect(303, `/account-links/${link.id}`);
  });

  router.get('/identity/:id', (req, res) => {
    const company = examined(req);
    if (!company) return missing(res);
    send(res, identityCard(company, req.path), null);
  });

  router.post('/identity/:id', (req, res) => {
    const company = examined(req);
    if (!company) return missing(res);
    decide(req, company);
    res.redirect(303, req.path);
  });

  const linkOf = (req: Request): AccountLink | undefined => store.accountLinks.get(String(req.params.id));

  const companyOf = (link: AccountLink): Company => store.companies.get(link.companyId)!;

  const examined = (req: Request): Company | undefined =>
    [...store.companies.values()].find(({ identity }) => identity.id === req.params.id);

  function decide(req: Request, company: Company): void {
    const { status } = decision.parse(req.body);
    if (status !== 'later') decideIdentity(emulator, company, { status });
  }

  function show(res: Response, link: AccountLink, refusal: string | null = null): void {
    const company = companyOf(link);
    const action = `/account-links/${link.id}`;
    const payouts = link.useCase === 'payouts_portal' ? payoutsCard(store, company, action) : null;
    const body = html`${refusal ? notice('bad', refusal) : null}${payouts}${identityCard(company, action, !payouts)}
      <p><a href="${link.returnUrl}">Back to ${new URL(link.returnUrl).host}</a></p>`;
    send(res, body, link.returnUrl, refusal ? 422 : 200);
  }

  const send = (res: Response, body: Html, returnUrl: string | null, status = 200): void =>
    sendPage(res, { title: 'Account', body, formTargets: [returnUrl] }, status);

  const missing = (res: Response): void =>
    sendPage(res, { title: 'Not found', body: html`<div class="card"><h1>There is nothing here</h1></div>` }, 404);

  return router;
}
