import { Router, type Request, type Response } from 'express';
import type { Emulator } from '../context.ts';
import { sendPage } from '../pages/layout.ts';
import type { Checkout } from '../records.ts';
import { checkoutForm, expiredPage, paidPage, threeDsPage } from './pages.ts';
import { returnUrl } from './return-url.ts';
import { type Result, finishThreeDs, takePayment } from './take-payment.ts';

/** Whop's own checkout page, in plain HTML: `/checkout/:ch/`, or `/checkout/:plan/?session=:ch` (contract 4.1, D.9). */
export function hostedCheckout(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.get('/checkout/:id', (req, res) => {
    const checkout = find(req, String(req.query.session ?? req.params.id));
    if (!checkout) return expired(res);
    show(res, checkout, req);
  });

  router.post('/checkout/:id', (req, res) => {
    const checkout = find(req, String(req.params.id));
    if (!checkout) return expired(res);
    answer(req, res, checkout, takePayment(emulator, checkout, req.body, queryOf(req)));
  });

  router.post('/checkout/:id/bank', (req, res) => {
    const { attempt: id, decision, password } = req.body as Record<string, string>;
    const attempt = store.threeDsAttempts.get(id ?? '');
    const checkout = find(req, String(req.params.id));
    if (!attempt || !checkout || attempt.checkoutId !== checkout.id) return expired(res);
    answer(req, res, checkout, finishThreeDs(emulator, attempt, decision === 'confirm' ? (password ?? '') : null));
  });

  function find(_req: Request, id: string): Checkout | undefined {
    const checkout = store.checkouts.get(id) ?? [...store.checkouts.values()].find(({ planId }) => planId === id);
    return checkout?.expired ? undefined : checkout;
  }

  function show(res: Response, checkout: Checkout, req: Request, message: string | null = null, status = 200): void {
    const company = store.companies.get(checkout.companyId)!;
    const query = queryOf(req);
    const action = `/checkout/${checkout.id}/${query && `?${query}`}`;
    const typed = (req.body ?? {}) as Record<string, unknown>;
    const body = checkoutForm({ checkout, company, action, typed, message });
    sendPage(res, { title: checkout.productTitle, body, formTargets: [checkout.redirectUrl] }, status);
  }

  function answer(req: Request, res: Response, checkout: Checkout, result: Result): void {
    if (result.kind === 'invalid') return show(res, checkout, req, result.message, 422);
    if (result.kind === 'declined') return show(res, checkout, req, result.message, 402);
    if (result.kind === 'three_ds') {
      const body = threeDsPage(result.attempt, checkout);
      return sendPage(res, { title: 'Your bank asks', body, formTargets: [checkout.redirectUrl] });
    }
    if (checkout.redirectUrl) return res.redirect(303, returnUrl(checkout.redirectUrl, result.payment));
    const appUrl = store.registration?.appUrl ?? null;
    sendPage(res, { title: 'Paid', body: paidPage(checkout, result.payment.status === 'pending', appUrl) });
  }

  const expired = (res: Response): void => sendPage(res, { title: 'Expired', body: expiredPage() }, 404);

  return router;
}

const queryOf = (req: Request): string => new URL(req.originalUrl, 'http://localhost').searchParams.toString();
