import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { toUnits } from '../money.ts';
import type { Refund } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit, reaches, recordFor } from './authentication.ts';
import { page, pageQuery } from './lists.ts';
import { parseQuery } from './parse.ts';
import { buildNestedPayment } from './payment-builder.ts';

export function buildRefund(store: Store, refund: Refund): Whop.RefundRetrieveResponse {
  const payment = store.payments.get(refund.paymentId)!;
  const checkout = store.checkouts.get(payment.checkoutId);
  return {
    ...buildRefundListItem(refund),
    payment: {
      ...buildNestedPayment(store, payment),
      metadata: checkout?.metadata ?? null,
      plan: checkout ? { id: checkout.planId, metadata: checkout.planMetadata } : null,
      product: checkout ? { id: checkout.productId, metadata: null } : null,
      tax_amount: 0,
      tax_behavior: null,
      tax_refunded_amount: 0,
    },
  };
}

const buildRefundListItem = (refund: Refund): Whop.RefundListResponse => ({
  id: refund.id,
  amount: toUnits(refund.cents),
  currency: refund.currency,
  status: refund.status,
  created_at: refund.createdAt,
  provider: 'multi_psp',
  provider_created_at: refund.settledAt,
  reference_status: refund.settledAt ? 'pending' : null,
  reference_type: refund.settledAt ? 'acquirer_reference_number' : null,
  reference_value: null,
  payment: { id: refund.paymentId },
});

export function refunds(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payment:basic:read');
  const filters = z.object({
    ...pageQuery,
    company_id: z.string().optional(),
    account_id: z.string().optional(),
    payment_id: z.string().optional(),
  });

  router.get('/refunds', read, (req, res) => {
    const query = parseQuery(req, filters);
    const companyId = query.company_id ?? query.account_id;
    if (companyId) companyFor(emulator, res, companyId);
    const found = [...store.refunds.values()].filter(
      (refund) =>
        (companyId ? refund.companyId === companyId : reaches(emulator, res, refund.companyId)) &&
        (!query.payment_id || refund.paymentId === query.payment_id),
    );
    res.json(page(found, query, buildRefundListItem, ({ createdAt }) => createdAt));
  });

  router.get('/refunds/:id', read, (req, res) => {
    res.json(buildRefund(store, recordFor(emulator, res, store.refunds, pathId(req), 'Refund')));
  });

  return router;
}
