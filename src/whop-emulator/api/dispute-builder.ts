import type Whop from '@whop/sdk';
import { isOpen } from '../domain/disputing.ts';
import { toUnits } from '../money.ts';
import type { Dispute } from '../records.ts';
import type { Store } from '../store.ts';
import { buildBuyer, buildNestedPayment } from './payment-builder.ts';

export const isEditable = (dispute: Dispute): boolean => isOpen(dispute.status) && !dispute.submittedAt;

export function buildDisputeListItem(store: Store, dispute: Dispute): Whop.DisputeListResponse {
  const company = store.companies.get(dispute.companyId)!;
  const payment = store.payments.get(dispute.paymentId)!;
  const checkout = store.checkouts.get(payment.checkoutId);
  return {
    id: dispute.id,
    amount: toUnits(dispute.cents),
    currency: dispute.currency,
    status: dispute.status,
    reason: dispute.reason,
    created_at: dispute.createdAt,
    editable: isEditable(dispute),
    needs_response_by: dispute.respondBy,
    visa_rdr: false,
    company: { id: company.id, title: company.title },
    payment: { id: payment.id },
    plan: checkout ? { id: checkout.planId } : null,
    product: checkout ? { id: checkout.productId, title: checkout.productTitle } : null,
  };
}

export function buildDispute(store: Store, dispute: Dispute): Whop.Dispute {
  const { evidence } = dispute;
  return {
    ...buildDisputeListItem(store, dispute),
    payment: buildNestedPayment(store, store.payments.get(dispute.paymentId)!),
    access_activity_log: evidence.accessActivityLog,
    billing_address: evidence.billingAddress,
    cancellation_policy_attachment: null,
    cancellation_policy_disclosure: evidence.cancellationPolicyDisclosure,
    customer_communication_attachment: null,
    customer_email_address: evidence.customerEmailAddress,
    customer_name: evidence.customerName,
    notes: evidence.notes,
    product_description: evidence.productDescription,
    refund_policy_attachment: null,
    refund_policy_disclosure: evidence.refundPolicyDisclosure,
    refund_refusal_explanation: evidence.refundRefusalExplanation,
    service_date: evidence.serviceDate,
    uncategorized_attachment: null,
  };
}

/** As pin 2026-09-06 has it (variants/dispute.created.pin-2026-09-06.json): warnings are a flag, not a status. */
export function buildNativeDispute(store: Store, dispute: Dispute): Record<string, unknown> {
  const item = buildDisputeListItem(store, dispute);
  const payment = store.payments.get(dispute.paymentId)!;
  const { id: userId, ...buyer } = buildBuyer(store, payment);
  return {
    id: dispute.id,
    account_id: dispute.companyId,
    amount: item.amount,
    currency: item.currency,
    status: dispute.status.replace(/^warning_/, ''),
    reason: dispute.reason,
    reason_code: null,
    inquiry: dispute.status.startsWith('warning_'),
    rapid_dispute_resolution: false,
    buyer: { user_id: userId, member_id: payment.memberId, ...buyer },
    payment: {
      id: payment.id,
      amount: toUnits(payment.totalCents),
      currency: payment.currency,
      created_at: payment.createdAt,
      card_brand: payment.method?.brand ?? null,
      card_last4: payment.method?.last4 ?? null,
      payment_method_type: payment.method?.type ?? null,
      payment_processor: 'multi_psp',
    },
    plan_id: item.plan?.id ?? null,
    product_id: item.product?.id ?? null,
    evidence: { notes: dispute.evidence.notes, documents: [] },
    evidence_due_at: dispute.respondBy,
    evidence_editable: isEditable(dispute),
    evidence_submitted_at: dispute.submittedAt,
    evidence_locked_reason: null,
    issuer_comments: [],
    created_at: dispute.createdAt,
    updated_at: dispute.updatedAt,
  };
}
