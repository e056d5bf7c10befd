import type Whop from '@whop/sdk';
import { buildPayment } from '../../api/payment-builder.ts';
import { buildNativePayment } from '../../api/payment-native.ts';
import type { Payment } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

type PaymentEvent =
  | Whop.PaymentCreatedWebhookEvent
  | Whop.PaymentSucceededWebhookEvent
  | Whop.PaymentFailedWebhookEvent
  | Whop.PaymentPendingWebhookEvent;

export function paymentEvent(store: Store, type: PaymentEvent['type'], payment: Payment): WhopEvent {
  const data: PaymentEvent['data'] = buildPayment(store, payment);
  return { type, companyId: payment.companyId, data, nativeData: buildNativePayment(store, payment) };
}
