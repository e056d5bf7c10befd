import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { formatMoney } from '../money.ts';
import { html } from '../pages/html.ts';
import { field, notice, sendPage } from '../pages/layout.ts';
import type { Checkout } from '../records.ts';
import { BANK_PASSWORD } from './cards.ts';
import { checkoutForm, expiredPage } from './pages.ts';
import { returnUrl } from './return-url.ts';
import { type Result, finishThreeDs, takePayment } from './take-payment.ts';

const wayBack = z.object({
  payment_redirect_url: z.url({ protocol: /^https?$/ }).optional(),
  state_id: z.string().optional(),
});

/**
 * The checkout that the real loader puts into a frame (contract 10.2, D.4). It keeps its state in its address, since a
 * cookie would not be stored in a cross-site frame, and never navigates itself, which would add to the page's history.
 */
export function embeddedCheckout(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const appOrigin = (): string | null => (store.registration ? new URL(store.registration.appUrl).origin : null);

  router.get('/embedded/checkout/overlay-loader', (_req, res) => {
    const body = html`<form class="card" id="bank">
      <h1>Your bank asks</h1>
      <p id="question">One moment...</p>
      <p class="muted">The password is <code>${BANK_PASSWORD}</code>.</p>
      ${field('Password', 'password', { type: 'password' })}
      <p class="actions">
        <button type="submit">Confirm</button> <button type="button" class="plain" id="cancel">Cancel</button>
      </p>
    </form>`;
    sendPage(res, {
      title: 'Your bank asks',
      body,
      scripts: ['bank-overlay.js'],
      frameAncestors: appOrigin() ?? "'none'",
    });
  });

  router.get('/embedded/checkout/:id', (req, res) => {
    const checkout = find(req);
    const frameAncestors = appOrigin() ?? "'none'";
    if (!checkout) return sendPage(res, { title: 'Expired', body: expiredPage(), frameAncestors }, 404);
    const company = store.companies.get(checkout.companyId)!;
    const typed = { email: req.query.email, name: req.query.name };
    const action = `/embedded/checkout/${checkout.id}/pay`;
    const form = checkoutForm({ checkout, company, action, typed, framed: true });
    const body = html`<div
      id="embed"
      data-session="${checkout.id}"
      data-plan="${checkout.planId}"
      data-app="${appOrigin()}"
      data-price="${formatMoney(checkout.priceCents, checkout.currency)}"
    >
      ${form}
      <noscript>${notice('plain', 'The checkout in a frame needs JavaScript.')}</noscript>
    </div>`;
    sendPage(res, { title: checkout.productTitle, body, scripts: ['embedded-checkout.js'], frameAncestors });
  });

  router.post('/embedded/checkout/:id/pay', express.json(), (req, res) => {
    const checkout = find(req);
    if (!checkout) return gone(res);
    answer(req, res, checkout, takePayment(emulator, checkout, req.body, ''));
  });

  router.post('/embedded/checkout/:id/bank', express.json(), (req, res) => {
    const checkout = find(req);
    const { attempt: id, password } = z
      .object({ attempt: z.string(), password: z.string().nullable() })
      .parse(req.body);
    const attempt = store.threeDsAttempts.get(id);
    if (!checkout || !attempt || attempt.checkoutId !== checkout.id) return gone(res);
    answer(req, res, checkout, finishThreeDs(emulator, attempt, password));
  });

  function find(req: Request): Checkout | undefined {
    const id = String(req.query.session ?? req.params.id);
    const checkout = store.checkouts.get(id) ?? [...store.checkouts.values()].find(({ planId }) => planId === id);
    return checkout?.expired ? undefined : checkout;
  }

  const gone = (res: Response): void =>
    void res.status(404).json({ state: 'declined', message: 'This session has expired.', code: 'session_expired' });

  function answer(req: Request, res: Response, checkout: Checkout, result: Result): void {
    if (result.kind === 'invalid') return void res.json({ state: 'invalid', message: result.message });
    if (result.kind === 'declined') {
      return void res.json({ state: 'declined', message: result.message, code: 'card_declined' });
    }
    if (result.kind === 'three_ds') {
      return void res.json({ state: 'bank', attempt: result.attempt.id, last4: result.attempt.card.last4 });
    }
    const { payment } = result;
    const user = store.users.get(payment.userId)!;
    const query = wayBack.safeParse(req.query).data;
    const target = query?.payment_redirect_url ?? checkout.redirectUrl;
    res.json({
      state: 'done',
      pending: payment.status === 'pending',
      receiptId: payment.id,
      email: user.email,
      userId: user.id,
      returnUrl: target && returnUrl(target, payment, { stateId: query?.state_id ?? null }),
    });
  }

  return router;
}
