import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import type { WhopPayment } from '../whop/payment.ts';

/** What GigFlow made of a payment: applied once, or kept for the operator with a reason. */
export type Disposition = 'seen' | 'applied' | 'second' | 'mismatch' | 'unmatched' | 'late';

/** Keeps what Whop says of a payment, whatever it is; the last answer wins. */
export async function recordPayment(
  trx: Transaction,
  payment: WhopPayment,
  checkoutId: string | null,
): Promise<{ id: string }> {
  await trx('whop_payments')
    .insert({
      id: randomUUID(),
      whop_payment_id: payment.id,
      whop_checkout_id: payment.whopCheckoutId,
      checkout_id: checkoutId,
      whop_company_id: payment.companyId,
      status: payment.status,
      substatus: payment.substatus,
      currency: payment.currency,
      total_cents: payment.totalCents,
      refunded_cents: payment.refundedCents,
      fee_cents: payment.feeCents,
      failure_message: payment.failureMessage,
      paid_at: payment.paidAt,
    })
    .onConflict('whop_payment_id')
    .merge([
      'checkout_id',
      'whop_company_id',
      'status',
      'substatus',
      'total_cents',
      'refunded_cents',
      'fee_cents',
      'failure_message',
      'paid_at',
    ]);
  return trx('whop_payments').where({ whop_payment_id: payment.id }).first('id') as Promise<{ id: string }>;
}

export const lockPayment = (
  trx: Transaction,
  id: string,
): Promise<{ disposition: Disposition; order_id: string | null }> =>
  trx('whop_payments').where({ id }).forUpdate().first('disposition', 'order_id') as never;

/** Decides a payment; a decision is never taken twice. */
export const settlePayment = (
  trx: Transaction,
  id: string,
  verdict: { disposition: Disposition; note: string | null; orderId?: string },
): Promise<number> =>
  trx('whop_payments')
    .where({ id, disposition: 'seen' })
    .update({ disposition: verdict.disposition, note: verdict.note, order_id: verdict.orderId ?? null });
