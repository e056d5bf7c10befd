import type Whop from '@whop/sdk';
import { buildDisputeAlert } from '../../api/dispute-alerts.ts';
import { buildDispute, buildNativeDispute } from '../../api/dispute-builder.ts';
import type { Dispute, DisputeAlert } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

type DisputeEvent = Whop.DisputeCreatedWebhookEvent | Whop.DisputeUpdatedWebhookEvent;

export function disputeEvent(store: Store, type: DisputeEvent['type'], dispute: Dispute): WhopEvent {
  const data: DisputeEvent['data'] = buildDispute(store, dispute);
  return { type, companyId: dispute.companyId, data, nativeData: buildNativeDispute(store, dispute) };
}

export function disputeAlertCreated(store: Store, alert: DisputeAlert): WhopEvent {
  const data: Whop.DisputeAlertCreatedWebhookEvent['data'] = buildDisputeAlert(store, alert);
  const { alert_type, payment, dispute, charge_for_alert, ...flat } = data;
  const nativeData = {
    ...flat,
    type: alert_type === 'fraud' ? 'early_fraud_warning' : 'dispute_alert',
    payment_id: payment?.id ?? null,
    dispute_id: dispute?.id ?? null,
    fee_charged: charge_for_alert,
  };
  return { type: 'dispute_alert.created', companyId: alert.companyId, data, nativeData };
}
