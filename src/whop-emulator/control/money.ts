import { Router } from 'express';
import { z } from 'zod';
import { buildDispute } from '../api/dispute-builder.ts';
import { buildDisputeAlert } from '../api/dispute-alerts.ts';
import { buildPayment } from '../api/payment-builder.ts';
import { buildRefund } from '../api/refunds.ts';
import { buildResolutionCase } from '../api/resolution-center-cases.ts';
import { amount } from '../api/parse.ts';
import type { Emulator } from '../context.ts';
import { advanceCase, advanceDispute, alert, dispute, openCase } from '../domain/disputing.ts';
import { conclude, pay } from '../domain/paying.ts';
import { refund, settleRefund } from '../domain/refunding.ts';
import { ControlError, controlBody, found } from './body.ts';

const DISPUTE_STATUSES = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'closed',
  'other',
] as const;

const CASE_STATUSES = [
  'merchant_response_needed',
  'customer_response_needed',
  'merchant_info_needed',
  'customer_info_needed',
  'under_platform_review',
  'customer_won',
  'merchant_won',
  'customer_withdrew',
] as const;

const paying = z.strictObject({
  outcome: z.enum(['paid', 'failed', 'pending']).default('paid'),
  email: z.email().default('buyer@whop-people.test'),
  name: z.string().optional(),
  failureMessage: z.string().optional(),
  /** When it happened; now unless given. */
  at: z.iso.datetime().optional(),
});

const disputing = z.strictObject({
  status: z.enum(DISPUTE_STATUSES).default('needs_response'),
  amount: amount.optional(),
  reason: z.string().optional(),
});

const alerting = z.strictObject({
  payment: z.string(),
  type: z.enum(['dispute', 'dispute_rdr', 'fraud']).default('dispute'),
  amount: amount.optional(),
  /** The alert's own refund, which the seller has allowed beforehand. */
  autoRefund: z.boolean().default(false),
});

const complaining = z.strictObject({
  payment: z.string(),
  issue: z
    .enum([
      'forgot_to_cancel',
      'item_not_received',
      'significantly_not_as_described',
      'unauthorized_transaction',
      'product_unacceptable',
    ])
    .default('significantly_not_as_described'),
  details: z.string().default('The delivery does not match the brief.'),
});

/** What buyers and their banks do. Answers are the objects as the API shows them. */
export function moneyControl(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/checkouts/:id/pay', (req, res) => {
    const checkout = found(store.checkouts, req);
    if (checkout.expired) throw new ControlError(409, 'This checkout has expired.');
    res.json(buildPayment(store, pay(emulator, checkout, controlBody(req, paying))));
  });

  router.post('/checkouts/:id/expire', (req, res) => {
    const checkout = found(store.checkouts, req);
    checkout.expired = true;
    res.json({ id: checkout.id, expired: true });
  });

  router.post('/payments/:id/complete', (req, res) => {
    const payment = found(store.payments, req);
    if (payment.status !== 'pending') throw new ControlError(409, 'This payment is not pending.');
    const { outcome } = controlBody(req, z.strictObject({ outcome: z.enum(['paid', 'failed']).default('paid') }));
    conclude(emulator, payment, outcome);
    res.json(buildPayment(store, payment));
  });

  router.post('/payments/:id/refund', (req, res) => {
    const payment = found(store.payments, req);
    const { amount: cents } = controlBody(req, z.strictObject({ amount: amount.optional() }));
    res.json(buildRefund(store, refund(emulator, payment, cents ?? null)));
  });

  router.post('/refunds/:id', (req, res) => {
    const subject = found(store.refunds, req);
    const statuses = z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']);
    settleRefund(emulator, subject, controlBody(req, z.strictObject({ status: statuses })).status);
    res.json(buildRefund(store, subject));
  });

  router.post('/payments/:id/dispute', (req, res) => {
    const payment = found(store.payments, req);
    if (payment.status !== 'paid') throw new ControlError(409, 'Only paid payments are disputed.');
    const { amount: cents, ...claim } = controlBody(req, disputing);
    res.json(buildDispute(store, dispute(emulator, payment, { ...claim, cents })));
  });

  router.post('/disputes/:id', (req, res) => {
    const subject = found(store.disputes, req);
    advanceDispute(emulator, subject, controlBody(req, z.strictObject({ status: z.enum(DISPUTE_STATUSES) })).status);
    res.json(buildDispute(store, subject));
  });

  router.post('/alerts', (req, res) => {
    const body = controlBody(req, alerting);
    const payment = store.payments.get(body.payment);
    if (!payment) throw new ControlError(404, `There is no ${body.payment} here.`);
    const created = alert(emulator, payment, body.type, body.amount);
    if (body.autoRefund) {
      payment.autoRefunded = true;
      refund(emulator, payment, null);
    }
    res.json(buildDisputeAlert(store, created));
  });

  router.post('/cases', (req, res) => {
    const body = controlBody(req, complaining);
    const payment = store.payments.get(body.payment);
    if (!payment) throw new ControlError(404, `There is no ${body.payment} here.`);
    res.json(buildResolutionCase(store, openCase(emulator, payment, body.issue, body.details)));
  });

  router.post('/cases/:id', (req, res) => {
    const subject = found(store.resolutionCases, req);
    advanceCase(emulator, subject, controlBody(req, z.strictObject({ status: z.enum(CASE_STATUSES) })).status);
    res.json(buildResolutionCase(store, subject));
  });

  return router;
}
