import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { toUnits } from '../money.ts';
import type { DisputeAlert } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit, recordFor } from './authentication.ts';
import { page, pageQuery } from './lists.ts';
import { parseQuery } from './parse.ts';
import { buildNestedPayment } from './payment-builder.ts';

export function buildDisputeAlert(store: Store, alert: DisputeAlert): Whop.DisputeAlertRetrieveResponse {
  const payment = store.payments.get(alert.paymentId)!;
  const dispute = alert.disputeId ? store.disputes.get(alert.disputeId) : undefined;
  return {
    ...buildDisputeAlertListItem(store, alert),
    dispute: dispute
      ? {
          id: dispute.id,
          amount: toUnits(dispute.cents),
          created_at: dispute.createdAt,
          currency: dispute.currency,
          reason: dispute.reason,
          status: dispute.status,
        }
      : null,
    payment: buildNestedPayment(store, payment),
  };
}

function buildDisputeAlertListItem(store: Store, alert: DisputeAlert): Whop.DisputeAlertListResponse {
  return {
    id: alert.id,
    alert_type: alert.type,
    amount: toUnits(alert.cents),
    charge_for_alert: true,
    created_at: alert.createdAt,
    currency: alert.currency,
    transaction_date: store.payments.get(alert.paymentId)?.paidAt ?? null,
    dispute: alert.disputeId ? { id: alert.disputeId } : null,
    payment: { id: alert.paymentId },
  };
}

export function disputeAlerts(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payment:dispute_alert:read');

  router.get('/dispute_alerts', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string() }));
    const company = companyFor(emulator, res, query.company_id);
    const found = [...store.disputeAlerts.values()].filter(({ companyId }) => companyId === company.id);
    res.json(
      page(
        found,
        query,
        (alert) => buildDisputeAlertListItem(store, alert),
        ({ createdAt }) => createdAt,
      ),
    );
  });

  router.get('/dispute_alerts/:id', read, (req, res) => {
    res.json(buildDisputeAlert(store, recordFor(emulator, res, store.disputeAlerts, pathId(req), 'Dispute alert')));
  });

  return router;
}
