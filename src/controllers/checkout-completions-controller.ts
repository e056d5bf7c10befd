import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { uuid } from '../forms/fields.ts';
import { findCheckout } from '../models/checkout.ts';
import { convergeCheckout } from '../money/convergence.ts';
import { paths } from '../paths.ts';
import { leaveTo } from './checkouts-controller.ts';

/**
 * The way back from Whop. It always converges, whoever asks, but names the order only to the buyer
 * (product.md section 4.4).
 */
export async function show(request: Request, response: Response): Promise<void> {
  const id = uuid.safeParse(request.query.checkout).data;
  if (!id) throw new NotFound();
  const outcome = await convergeCheckout(request.services, id, paymentHint(request));
  const mine = await request.transaction((trx) => findCheckout(trx, id));
  if (!mine) throw new NotFound();
  if (outcome.state === 'paid') return leaveTo(request, response, outcome.leadsTo);
  if (outcome.state === 'failed') return leaveTo(request, response, paths.checkout(id));
  await response.page(
    'checkouts/complete',
    {
      title: 'Waiting for the payment',
      refresh: '3',
      panel: false,
      robots: 'noindex',
      partial: 'checkouts/_waiting',
      form: true,
    },
    { completePath: paths.checkoutComplete(id), checkoutPath: paths.checkout(id), title: mine.scope.title },
  );
}

/** The same for scripts: the order when it stands, 202 while it does not. The browser's word is never believed. */
export async function confirm(request: Request, response: Response): Promise<void> {
  const id = uuid.safeParse((request.body as { checkout?: unknown }).checkout).data;
  if (!id) throw new NotFound();
  const outcome = await convergeCheckout(request.services, id);
  const mine = await request.transaction((trx) => findCheckout(trx, id));
  if (outcome.state === 'paid' && mine) return void response.json({ orderId: outcome.orderId });
  response.status(202).json({ status: 'pending' });
}

function paymentHint(request: Request): string | undefined {
  const { payment_id, payment, receipt_id } = request.query;
  return [payment_id, payment, receipt_id].find(
    (value): value is string => typeof value === 'string' && /^[\w-]{1,100}$/.test(value),
  );
}
