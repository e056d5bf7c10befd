import { Router, type Request } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { disputeFeesOf } from '../domain/disputing.ts';
import { refund } from '../domain/refunding.ts';
import { processingFee, toUnits } from '../money.ts';
import type { Payment } from '../records.ts';
import type { Store } from '../store.ts';
import { callerOf, companyFor, pathId, permit, reaches, recordFor } from './authentication.ts';
import { badRequest } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { amount, parseBody, parseQuery } from './parse.ts';
import { buildNativePayment } from './payment-native.ts';
import { buildBuyer, buildPayment, buildPaymentListItem, substatusOf } from './payment-builder.ts';
import { hasNativePayments, versionOf } from './versions.ts';

const words = z.array(z.string()).optional();
const listQuery = z.object({
  ...pageQuery,
  company_id: z.string().optional(),
  account_id: z.string().optional(),
  checkout_configuration_ids: words,
  plan_ids: words,
  product_ids: words,
  statuses: words,
  substatuses: words,
  created_after: z.iso.datetime({ offset: true }).optional(),
  created_before: z.iso.datetime({ offset: true }).optional(),
  updated_after: z.iso.datetime({ offset: true }).optional(),
  updated_before: z.iso.datetime({ offset: true }).optional(),
  order: z.enum(['created_at', 'paid_at', 'final_amount']).default('created_at'),
  query: z.string().optional(),
});
type ListQuery = z.infer<typeof listQuery>;

export function payments(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payment:basic:read');
  const manage = permit(emulator, 'payment:manage');

  const build = (payment: Payment, req: Request): unknown =>
    hasNativePayments(versionOf(req))
      ? buildNativePayment(store, payment)
      : withoutDenied(buildPayment(store, payment));

  /** Null, not an error, for what the key may not read (contract 4.4). */
  const withoutDenied = (payment: Whop.Payment): Whop.Payment => {
    const denied = store.faults.permissions.denied ?? [];
    return {
      ...payment,
      disputes: denied.includes('payment:dispute:read') ? null : payment.disputes,
      resolutions: denied.includes('payment:resolution_center_case:read') ? null : payment.resolutions,
    };
  };

  router.get('/payments', read, (req, res) => {
    const query = parseQuery(req, listQuery);
    const companyId = query.company_id ?? query.account_id;
    if (companyId) companyFor(emulator, res, companyId);
    const visible = [...store.payments.values()].filter((payment) =>
      companyId ? payment.companyId === companyId : reaches(emulator, res, payment.companyId),
    );
    const found = visible.filter((payment) => matches(payment, query));
    const item = (payment: Payment): unknown =>
      hasNativePayments(versionOf(req)) ? buildNativePayment(store, payment) : buildPaymentListItem(store, payment);
    res.json(page(found, query, item, sortKeys[query.order]));
  });

  const matches = (payment: Payment, query: ListQuery): boolean => {
    const checkout = store.checkouts.get(payment.checkoutId);
    const among = (wanted: string[] | undefined, value: () => string | undefined): boolean =>
      !wanted || wanted.includes(value() ?? '');
    return (
      among(query.checkout_configuration_ids, () => payment.checkoutId) &&
      among(query.plan_ids, () => checkout?.planId) &&
      among(query.product_ids, () => checkout?.productId) &&
      among(query.statuses, () => payment.status) &&
      between(payment.createdAt, query.created_after, query.created_before) &&
      between(payment.updatedAt, query.updated_after, query.updated_before) &&
      among(query.substatuses, () => substatusOf(store, payment)) &&
      (!query.query || JSON.stringify(buildBuyer(store, payment)).toLowerCase().includes(query.query.toLowerCase()))
    );
  };

  router.get('/payments/:id', read, (req, res) => {
    res.json(build(recordFor(emulator, res, store.payments, pathId(req), 'Payment'), req));
  });

  router.get('/payments/:id/fees', read, (req, res) => {
    const payment = recordFor(emulator, res, store.payments, pathId(req), 'Payment');
    const query = parseQuery(req, z.object(pageQuery));
    const fees = feesOf(store, payment);
    res.json(
      page(
        fees.map((fee) => ({ ...fee, id: fee.type })),
        { ...query, direction: 'asc' },
        ({ id: _id, ...fee }) => fee,
        () => 0,
      ),
    );
  });

  router.post('/payments/:id/refund', manage, (req, res) => {
    const payment = recordFor(emulator, res, store.payments, pathId(req), 'Payment');
    const { partial_amount: cents } = parseBody(req, z.object({ partial_amount: amount.nullish() }));
    refund(emulator, payment, cents ?? null);
    res.json(build(payment, req));
  });

  router.post('/payments/:id/void', manage, (req, res) => {
    const payment = recordFor(emulator, res, store.payments, pathId(req), 'Payment');
    if (payment.status !== 'open') throw badRequest('This payment cannot be voided.');
    payment.status = 'void';
    res.json(build(payment, req));
  });

  router.post('/payments/:id/retry', manage, (req, res) => {
    recordFor(emulator, res, store.payments, pathId(req), 'Payment');
    throw badRequest(`This payment cannot be retried by ${callerOf(res).credential}: it has no stored payment method.`);
  });

  return router;
}

const sortKeys: Record<ListQuery['order'], (payment: Payment) => string | number> = {
  created_at: ({ createdAt }) => createdAt,
  paid_at: ({ paidAt }) => paidAt ?? '',
  final_amount: ({ totalCents }) => totalCents,
};

function between(at: string, after: string | undefined, before: string | undefined): boolean {
  const time = Date.parse(at);
  return (!after || time > Date.parse(after)) && (!before || time < Date.parse(before));
}

/** The application fee, both processing fees (rest/payment.fees.json) and what disputes cost; none before it is paid. */
function feesOf(store: Store, payment: Payment): Whop.PaymentListFeesResponse[] {
  if (payment.status !== 'paid') return [];
  const { currency } = payment;
  const { percentage, fixed } = processingFee(payment.totalCents);
  const processing: Whop.PaymentListFeesResponse[] = [
    {
      amount: toUnits(percentage),
      currency,
      name: 'Payment processing percentage fee',
      type: 'payment_processing_percentage_fee',
    },
    { amount: toUnits(fixed), currency, name: 'Fixed card processing fee', type: 'payment_processing_fixed_fee' },
  ];
  const cost = disputeFeesOf(store, payment.id);
  const fees: Whop.PaymentListFeesResponse[] = [
    { amount: toUnits(payment.applicationFee?.cents ?? 0), currency, name: 'Application fee', type: 'application_fee' },
    ...processing,
    { amount: toUnits(cost.disputes), currency, name: 'Dispute fee', type: 'dispute_fee' },
    { amount: toUnits(cost.alerts), currency, name: 'Dispute alert fee', type: 'dispute_alert_fee' },
  ];
  return fees.filter(({ amount }) => amount !== 0);
}
