import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { decideIdentity } from '../domain/identity.ts';
import { balance } from '../domain/ledger.ts';
import { formatMoney } from '../money.ts';
import type { Company, IdentityStatus } from '../records.ts';
import { type Html, html } from './html.ts';
import { notice, sendPage } from './layout.ts';

const decision = z.object({ status: z.enum(['approved', 'rejected', 'needs_action', 'pending', 'later']) });

const CHOICES: [IdentityStatus | 'later', string, string][] = [
  ['approved', 'Approve', 'The documents are in order.'],
  ['pending', 'Submit and wait', 'Somebody will look at them later.'],
  ['needs_action', 'Ask for more', 'The picture was too blurry to read.'],
  ['rejected', 'Reject', 'The document has expired.'],
  ['later', 'Leave without doing anything', ''],
];

/** The hosted identity check and payouts portal, where a person plays the examiner (contract 3.3, A.8). */
export function accountLinkPages(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/account-links/:id', (req, res) => {
    const link = store.accountLinks.get(String(req.params.id));
    if (!link) return missing(res);
    // An outdated link sends back for a fresh one.
    if (link.expiresAt < new Date().toISOString()) return res.redirect(303, link.refreshUrl);
    const company = store.companies.get(link.companyId)!;
    show(res, company, req.path, link.useCase === 'payouts_portal', link.returnUrl);
  });

  router.post('/account-links/:id', (req, res) => {
    const link = store.accountLinks.get(String(req.params.id));
    if (!link) return missing(res);
    decide(req, store.companies.get(link.companyId)!);
    res.redirect(303, link.returnUrl);
  });

  router.get('/identity/:id', (req, res) => {
    const company = companyOf(req);
    if (!company) return missing(res);
    show(res, company, req.path, false, null);
  });

  router.post('/identity/:id', (req, res) => {
    const company = companyOf(req);
    if (!company) return missing(res);
    decide(req, company);
    res.redirect(303, req.path);
  });

  const companyOf = (req: Request): Company | undefined =>
    [...store.companies.values()].find(({ identity }) => identity.id === req.params.id);

  function decide(req: Request, company: Company): void {
    const { status } = decision.parse(req.body);
    if (status !== 'later') decideIdentity(emulator, company, { status });
  }

  function show(res: Response, company: Company, action: string, portal: boolean, returnUrl: string | null): void {
    const money = balance(store, company.id);
    const body = html`<div class="card">
      <h1>${portal ? 'Payouts' : 'Verify your identity'}</h1>
      <p>${company.title} <span class="muted">${company.email}</span></p>
      ${notice(company.identity.status === 'approved' ? 'good' : 'plain', `Identity check: ${company.identity.status.replace('_', ' ')}.`)}
      ${portal && money ? html`<p>Available ${formatMoney(money.available, 'usd')}, pending ${formatMoney(money.pending, 'usd')}.</p>` : null}
      <p>You are the examiner. What becomes of the documents?</p>
      <form method="post" action="${action}">
        <ul class="people">
          ${CHOICES.map(choice)}
        </ul>
      </form>
    </div>`;
    sendPage(res, { title: 'Identity check', body, formTargets: [returnUrl] });
  }

  const missing = (res: Response): void =>
    sendPage(res, { title: 'Not found', body: html`<div class="card"><h1>There is nothing here</h1></div>` }, 404);

  return router;
}

const choice = ([status, label, why]: (typeof CHOICES)[number]): Html =>
  html`<li>
    <span class="muted">${why}</span>
    <button name="status" value="${status}" ${status === 'approved' ? null : html` class="plain"`}>${label}</button>
  </li>`;
