import { centsFromWhop } from './money.ts';

/** A payment in GigFlow's words; amounts in cents. */
export interface WhopPayment {
  id: string;
  status: string;
  substatus: string | null;
  paid: boolean;
  failed: boolean;
  whopCheckoutId: string | null;
  checkoutId: string | null;
  companyId: string | null;
  currency: string;
  totalCents: number;
  refundedCents: number;
  /** The platform fee that Whop took; null when the answer does not say. */
  feeCents: number | null;
  failureMessage: string | null;
  paidAt: string | null;
}

export type RefundStatus = 'pending' | 'succeeded' | 'failed';

/** One refund as it stands on its payment; amounts in cents. */
export interface WhopRefund {
  id: string;
  amountCents: number;
  status: RefundStatus;
  createdAt: string;
}

/** A payment as an answer of Whop's tells it, with what hangs on it. */
export interface PaymentReading extends WhopPayment {
  /** When Whop was asked: of two answers the one asked for later counts. */
  askedAt: Date;
  /** What Whop leaves the seller after all its fees; null when it does not say. */
  netCents: number | null;
  /** Oldest first, failed ones included; null when the answer does not list them. */
  refunds: WhopRefund[] | null;
  /** Whether the buyer's bank disputes it just now. */
  disputed: boolean;
}

interface Answer {
  id: string;
  status?: string | null;
  substatus?: string | null;
  checkout_configuration_id?: string | null;
  company?: { id?: string } | null;
  company_id?: string | null;
  account_id?: string | null;
  currency?: string | null;
  total?: unknown;
  refunded_amount?: unknown;
  application_fee?: { amount?: unknown } | null;
  metadata?: Record<string, unknown> | null;
  failure_message?: string | null;
  paid_at?: string | null;
  amount_after_fees?: unknown;
  refunds?: { id: string; amount?: unknown; status?: string; created_at?: string | null }[] | null;
  disputes?: { status?: string | null }[] | null;
}

/** Reads a payment of this pin or a newer one (contract 4.4, 0.4). Only `paid` is paid; unknown words are neither paid nor failed. */
export function paymentFrom(answer: unknown, askedAt: Date): PaymentReading {
  const payment = answer as Answer;
  const substatus = payment.substatus ?? null;
  const metadataId = payment.metadata?.gigflow_checkout_id;
  return {
    id: payment.id,
    status: payment.status ?? 'unknown',
    substatus,
    paid: payment.status === 'paid' && substatus !== 'failed' && substatus !== 'canceled',
    failed:
      payment.status !== 'paid' &&
      (substatus === 'failed' ||
        substatus === 'canceled' ||
        substatus === 'price_too_low' ||
        payment.status === 'void' ||
        payment.status === 'uncollectible'),
    whopCheckoutId: payment.checkout_configuration_id ?? null,
    checkoutId: typeof metadataId === 'string' ? metadataId : null,
    companyId: payment.company?.id ?? payment.account_id ?? payment.company_id ?? null,
    currency: (payment.currency ?? currencyOf(payment.total) ?? '').toLowerCase(),
    totalCents: centsFromWhop(payment.total) ?? 0,
    refundedCents: centsFromWhop(payment.refunded_amount) ?? 0,
    feeCents: payment.application_fee ? centsFromWhop(payment.application_fee.amount) : null,
    failureMessage: payment.failure_message ?? null,
    paidAt: payment.paid_at ?? null,
    askedAt,
    netCents: centsFromWhop(payment.amount_after_fees),
    refunds: payment.refunds?.map(refundFrom).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) ?? null,
    disputed: payment.disputes?.some(({ status }) => !DISPUTE_CLOSED.includes(status ?? '')) ?? false,
  };
}

/** Contract 5.2. Unknown words count as open, so that nothing moves meanwhile. */
export const DISPUTE_CLOSED = ['won', 'lost', 'closed', 'warning_closed'];

const refundFrom = (refund: NonNullable<Answer['refunds']>[number]): WhopRefund => ({
  id: refund.id,
  amountCents: centsFromWhop(refund.amount) ?? 0,
  status:
    refund.status === 'succeeded'
      ? 'succeeded'
      : refund.status === 'failed' || refund.status === 'canceled'
        ? 'failed'
        : 'pending',
  createdAt: refund.created_at ?? '',
});

const currencyOf = (money: unknown): string | undefined =>
  typeof money === 'object' && money !== null ? (money as { currency?: string }).currency : undefined;

/** The platform's fee in a payment's list of fees, in this pin's words or a newer one's (contract 4.5); null when it was not taken. */
export function applicationFeeIn(fees: unknown): number | null {
  const entries = (fees as { data?: { type?: string; origin?: string; amount?: unknown }[] }).data ?? [];
  const fee = entries.find(({ type, origin }) => type === 'application_fee' || origin === 'application_fee');
  return fee ? Math.abs(centsFromWhop(fee.amount) ?? 0) : null;
}
