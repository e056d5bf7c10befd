import { refundedCents } from '../domain/refunding.ts';
import { toUnits } from '../money.ts';
import type { Payment } from '../records.ts';
import type { Store } from '../store.ts';
import { buildPaymentListItem } from './payment-builder.ts';

interface Money {
  amount: string;
  currency: string;
  decimals: string;
  display_decimals: string;
}

const money = (cents: number, currency: string): Money => ({
  amount: toUnits(cents).toFixed(2),
  currency,
  decimals: '2.0',
  display_decimals: '2.0',
});

/**
 * The payment as pin 2026-09-06 has it (variants/payment.succeeded.pin-2026-09-06.json): flat ids, money as objects, no
 * application fee on it. No SDK that npm installs types this.
 */
export function buildNativePayment(store: Store, payment: Payment): Record<string, unknown> {
  const item = buildPaymentListItem(store, payment);
  const { currency } = payment;
  const cents = (units: number | null): number => Math.round((units ?? 0) * 100);
  return {
    id: item.id,
    status: item.status,
    substatus: item.substatus,
    billing_reason: item.billing_reason,
    account_id: payment.companyId,
    checkout_configuration_id: item.checkout_configuration_id,
    plan_id: item.plan?.id ?? null,
    product_id: item.product?.id ?? null,
    member_id: payment.memberId,
    membership_id: payment.membershipId,
    promo_code_id: null,
    payment_method_id: payment.method?.id ?? null,
    payment_method_type: item.payment_method_type,
    payment_instrument: payment.method && {
      payment_method_type: payment.method.type,
      display_name: payment.method.last4 ? `Card ${payment.method.last4}` : 'Bank debit',
      card: payment.method.last4 ? { brand: payment.method.brand, last4: payment.method.last4 } : null,
      installment_count: null,
    },
    user: item.user && {
      id: item.user.id,
      name: item.user.name,
      username: item.user.username,
      profile_picture: { url: null },
    },
    currency,
    total: money(payment.totalCents, currency),
    subtotal: money(payment.totalCents, currency),
    usd_total: money(payment.totalCents, currency),
    tax_amount: money(0, currency),
    tax_behavior: null,
    amount_after_fees: money(cents(item.amount_after_fees), currency),
    refunded_amount: money(refundedCents(store, payment.id), currency),
    tax_refunded_amount: money(0, currency),
    refunded_at: item.refunded_at,
    refundable: item.refundable,
    retryable: item.retryable,
    voidable: item.voidable,
    auto_refunded: item.auto_refunded,
    metadata: item.metadata,
    created_at: item.created_at,
    updated_at: item.updated_at,
    paid_at: item.paid_at,
    last_payment_attempt_at: item.last_payment_attempt,
    next_payment_attempt_at: null,
    settlement_time_at: null,
    dispute_alerted_at: item.dispute_alerted_at,
    failure_message: item.failure_message,
    decline_code: payment.failed ? 'card_declined' : null,
    payments_failed: payment.failures.toFixed(1),
    three_ds_verified: payment.threeDsVerified,
    shipment_id: null,
    shipping_address: null,
    billing_address: item.billing_address,
    customer_phone: null,
    client_secret: null,
    financing_installments_count: null,
    risk_score: null,
    risk_signals: null,
  };
}
