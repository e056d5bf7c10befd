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
}

/** Reads a payment of this pin or a newer one (contract 4.4, 0.4). Only `paid` is paid; unknown words are neither paid nor failed. */
export function paymentFrom(answer: unknown): WhopPayment {
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
  };
}

const currencyOf = (money: unknown): string | undefined =>
  typeof money === 'object' && money !== null ? (money as { currency?: string }).currency : undefined;

/** The platform's fee in a payment's list of fees, in this pin's words or a newer one's (contract 4.5); null when it was not taken. */
export function applicationFeeIn(fees: unknown): number | null {
  const entries = (fees as { data?: { type?: string; origin?: string; amount?: unknown }[] }).data ?? [];
  const fee = entries.find(({ type, origin }) => type === 'application_fee' || origin === 'application_fee');
  return fee ? Math.abs(centsFromWhop(fee.amount) ?? 0) : null;
}
