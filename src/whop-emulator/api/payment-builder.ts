import type Whop from '@whop/sdk';
import { disputesOf, isOpen } from '../domain/disputing.ts';
import { netCents } from '../domain/paying.ts';
import { refundableCents, refundedCents, refundsOf } from '../domain/refunding.ts';
import { toUnits } from '../money.ts';
import type { Payment } from '../records.ts';
import type { Store } from '../store.ts';
import { buildCaseSummary } from './resolution-center-cases.ts';

const DISPUTE_SUBSTATUS: Record<Whop.DisputeStatuses, Whop.FriendlyReceiptStatus> = {
  warning_needs_response: 'dispute_warning_needs_response',
  warning_under_review: 'dispute_warning_under_review',
  warning_closed: 'dispute_warning_closed',
  needs_response: 'dispute_needs_response',
  under_review: 'dispute_under_review',
  won: 'dispute_won',
  lost: 'dispute_lost',
  closed: 'dispute_closed',
  other: 'open_dispute',
};

/** The payment as pin 2026-07-20 has it (contract 4.4): all amounts decimals in units of the currency. */
export function buildPayment(store: Store, payment: Payment): Whop.Payment {
  const { refundedAt: _refundedAt, ...item } = buildItem(store, payment);
  return {
    ...item,
    disputes: disputesOf(store, payment.id).map((dispute) => ({
      id: dispute.id,
      amount: toUnits(dispute.cents),
      currency: dispute.currency,
      status: dispute.status,
      editable: isOpen(dispute.status) && !dispute.submittedAt,
      needs_response_by: dispute.respondBy,
      notes: dispute.evidence.notes,
      reason: dispute.reason,
    })),
    financing_installments_count: null,
    financing_transactions: [],
    refunds: refundsOf(store, payment.id)
      .slice(0, 100)
      .map((refund) => ({
        id: refund.id,
        amount: toUnits(refund.cents),
        currency: refund.currency,
        status: refund.status,
        created_at: refund.createdAt,
      })),
    resolutions: [...store.resolutionCases.values()]
      .filter(({ paymentId }) => paymentId === payment.id)
      .map((subject) => ({ ...buildCaseSummary(subject), platform_response_actions: [] })),
    risk_score: null,
    risk_signals: null,
    settlement_amount: toUnits(payment.totalCents),
    settlement_exchange_rate: null,
    tax_refunded_amount: 0,
    three_ds_verified: payment.threeDsVerified,
  };
}

/** Without refunds, disputes and settlement amount (contract 4.6). */
export function buildPaymentListItem(store: Store, payment: Payment): Whop.PaymentListResponse {
  const { refundedAt: _refundedAt, ...item } = buildItem(store, payment);
  return item;
}

function buildItem(store: Store, payment: Payment): Whop.PaymentListResponse & { refundedAt: string | null } {
  const company = store.companies.get(payment.companyId)!;
  const checkout = store.checkouts.get(payment.checkoutId);
  const fee = payment.applicationFee;
  const total = toUnits(payment.totalCents);
  const refundedAt = refundsOf(store, payment.id).find(({ status }) => status === 'succeeded')?.settledAt ?? null;
  const isPaid = payment.status === 'paid';
  return {
    id: payment.id,
    status: payment.status,
    substatus: substatusOf(store, payment),
    billing_reason: 'one_time',
    currency: payment.currency,
    total,
    subtotal: total,
    usd_total: total,
    settlement_currency: payment.currency,
    amount_after_fees: isPaid || payment.status === 'pending' ? toUnits(netCents(payment)) : 0,
    tax_amount: 0,
    tax_behavior: null,
    application_fee: fee && {
      id: fee.id,
      amount: toUnits(fee.cents),
      amount_captured: isPaid ? toUnits(fee.cents) : 0,
      // A refund does not return it (contract 5.1, measured).
      amount_refunded: 0,
      currency: payment.currency,
      created_at: fee.createdAt,
    },
    checkout_configuration_id: payment.checkoutId,
    company: { id: company.id, route: company.route, title: company.title },
    user: buildBuyer(store, payment),
    member: { id: payment.memberId, phone: null },
    membership: { id: payment.membershipId, phone_number: null, status: membershipStatus(payment) },
    plan: checkout ? { id: checkout.planId, internal_notes: null, metadata: checkout.planMetadata } : null,
    product: checkout
      ? { id: checkout.productId, metadata: null, route: checkout.productRoute, title: checkout.productTitle }
      : null,
    promo_code: null,
    metadata: checkout?.metadata ?? null,
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    paid_at: payment.paidAt,
    last_payment_attempt: payment.lastAttemptAt,
    next_payment_attempt: null,
    payments_failed: payment.failures,
    failure_message: payment.failureMessage,
    retryable: false,
    voidable: false,
    refundable: isPaid && refundableCents(store, payment) > 0 && !isFrozen(store, payment),
    auto_refunded: payment.autoRefunded,
    refunded_amount: toUnits(refundedCents(store, payment.id)),
    refunded_at: refundedAt,
    refundedAt,
    dispute_alerted_at: payment.disputeAlertedAt,
    payment_method: payment.method && {
      id: payment.method.id,
      card: payment.method.last4
        ? { brand: payment.method.brand, exp_month: 12, exp_year: 2034, last4: payment.method.last4 }
        : null,
      created_at: payment.method.createdAt,
      payment_method_type: payment.method.type,
    },
    payment_method_type: payment.method?.type ?? null,
    card_brand: payment.method?.brand ?? null,
    card_last4: payment.method?.last4 ?? null,
    billing_address: {
      city: 'Brooklyn',
      country: 'US',
      line1: '1 Example St',
      line2: null,
      name: payment.billingName,
      postal_code: '11201',
      state: 'NY',
    },
    shipping_address: null,
  };
}

/** Status stays `paid` whatever follows; the substatus tells it (contract 5.1). */
export function substatusOf(store: Store, payment: Payment): Whop.FriendlyReceiptStatus {
  if (payment.failed) return 'failed';
  if (payment.status === 'void') return 'canceled';
  if (payment.status !== 'paid') return 'pending';
  const dispute = disputesOf(store, payment.id)[0];
  if (dispute) return DISPUTE_SUBSTATUS[dispute.status];
  const refunded = refundedCents(store, payment.id);
  if (refunded === 0) return 'succeeded';
  if (refunded < payment.totalCents) return 'partially_refunded';
  return payment.autoRefunded ? 'auto_refunded' : 'refunded';
}

const membershipStatus = (payment: Payment): Whop.MembershipStatus =>
  payment.status === 'paid' || payment.status === 'pending' ? 'completed' : 'drafted';

export function buildBuyer(store: Store, payment: Payment): NonNullable<Whop.Payment['user']> {
  const user = store.users.get(payment.userId)!;
  return { id: user.id, email: user.email, name: user.name, username: user.username };
}

const isFrozen = (store: Store, payment: Payment): boolean =>
  disputesOf(store, payment.id).some(({ status }) => isOpen(status) || status === 'lost');

/** The payment as it stands inside disputes and alerts: no metadata (contract 5.2). */
export function buildNestedPayment(store: Store, payment: Payment): NonNullable<Whop.Dispute['payment']> {
  const total = toUnits(payment.totalCents);
  return {
    id: payment.id,
    billing_reason: 'one_time',
    card_brand: payment.method?.brand ?? null,
    card_last4: payment.method?.last4 ?? null,
    created_at: payment.createdAt,
    currency: payment.currency,
    dispute_alerted_at: payment.disputeAlertedAt,
    member: { id: payment.memberId, phone: null },
    membership: { id: payment.membershipId, status: membershipStatus(payment) },
    paid_at: payment.paidAt,
    payment_method_type: payment.method?.type ?? null,
    subtotal: total,
    total,
    usd_total: total,
    user: buildBuyer(store, payment),
  };
}
