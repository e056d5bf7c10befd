import type Whop from '@whop/sdk';
import { buildRefund } from '../../api/refunds.ts';
import type { Refund } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

type RefundEvent = Whop.RefundCreatedWebhookEvent | Whop.RefundUpdatedWebhookEvent;

export function refundEvent(store: Store, type: RefundEvent['type'], refund: Refund): WhopEvent {
  const data: RefundEvent['data'] = buildRefund(store, refund);
  // Newer pins name the payment instead of nesting it (contract 5.1).
  const { payment, ...flat } = data;
  const nativeData = { ...flat, payment_id: payment?.id ?? null, account_id: refund.companyId };
  return { type, companyId: refund.companyId, data, nativeData };
}
