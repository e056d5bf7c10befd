import { randomUUID } from 'node:crypto';
import { clock } from '../clock.ts';
import type { Transaction } from '../database.ts';
import type { PaymentReading, WhopPayment } from '../whop/payment.ts';

/** What GigFlow made of a payment: applied once, sent back by itself, or kept for the operator with a reason. */
export type Disposition = 'seen' | 'applied' | 'second' | 'refused' | 'mismatch' | 'unmatched' | 'late';

/** Payments that wait for a person's decision. */
export const KEPT: readonly Disposition[] = ['mismatch', 'unmatched', 'late'];

export interface PaymentRow {
  id: string;
  whop_payment_id: string;
  whop_checkout_id: string | null;
  checkout_id: string | null;
  order_id: string | null;
  whop_company_id: string | null;
  status: string;
  currency: string;
  total_cents: number;
  refunded_cents: number;
  fee_cents: number | null;
  /** What Whop left the seller when the payment was first read as paid. */
  net_cents: number | null;
  disposition: Disposition;
  note: string | null;
  paid_at: Date | null;
  created_at: Date;
}

/** Whether an answer was overtaken by one that was asked for later; a clock that ran ahead by more does not count. */
export const isOvertaken = (storedAt: Date | null, askedAt: Date): boolean =>
  storedAt !== null && storedAt > askedAt && storedAt.getTime() - askedAt.getTime() < 300_000;

/**
 * Keeps what Whop says of a payment, whatever it is.
 * @returns `stale` when a later answer stands here already: then nothing was changed
 */
export async function recordPayment(
  trx: Transaction,
  payment: WhopPayment & Partial<PaymentReading>,
  checkoutId: string | null,
): Promise<{ id: string; stale: boolean }> {
  const askedAt = payment.askedAt ?? clock.now();
  const told = {
    checkout_id: checkoutId,
    whop_company_id: payment.companyId,
    status: payment.status,
    substatus: payment.substatus,
    total_cents: payment.totalCents,
    refunded_cents: payment.refundedCents,
    fee_cents: payment.feeCents,
    failure_message: payment.failureMessage,
    paid_at: payment.paidAt,
    read_at: askedAt,
  };
  const net = payment.paid ? (payment.netCents ?? null) : null;
  const written = await trx('whop_payments')
    .insert({
      ...told,
      id: randomUUID(),
      whop_payment_id: payment.id,
      whop_checkout_id: payment.whopCheckoutId,
      currency: payment.currency,
      net_cents: net,
    })
    .onConflict('whop_payment_id')
    .merge({
      ...told,
      checkout_id: trx.raw('coalesce(excluded.checkout_id, whop_payments.checkout_id)'),
      net_cents: trx.raw('coalesce(whop_payments.net_cents, ?::integer)', [net]),
    })
    // No answer travels for five minutes: what seems newer by more than that was written by a clock that ran ahead.
    .whereRaw(
      `(whop_payments.read_at is null or not whop_payments.read_at between ?::timestamptz + interval '1 millisecond' and ?::timestamptz + interval '5 minutes')`,
      [askedAt, askedAt],
    );
  const { id } = await trx('whop_payments').where({ whop_payment_id: payment.id }).first<{ id: string }>('id');
  return { id, stale: (written as unknown as { rowCount: number }).rowCount === 0 };
}

export const lockPayment = (trx: Transaction, id: string): Promise<PaymentRow> =>
  trx<PaymentRow>('whop_payments').where({ id }).forUpdate().first() as Promise<PaymentRow>;

/** Decides a payment; a decision is taken once, and what was kept can still be matched. */
export const settlePayment = (
  trx: Transaction,
  id: string,
  verdict: { disposition: Disposition; note: string | null; orderId?: string | null },
): Promise<number> =>
  trx('whop_payments')
    .where({ id })
    .whereIn('disposition', verdict.disposition === 'applied' ? ['seen', ...KEPT] : ['seen'])
    .update({ disposition: verdict.disposition, note: verdict.note, order_id: verdict.orderId ?? null });

/** Whose company was paid; null when no seller of ours has it. */
export async function sellerOfPayment(trx: Transaction, payment: PaymentRow): Promise<string | null> {
  const seller = await trx('seller_accounts')
    .where({ whop_company_id: payment.whop_company_id })
    .first<{ user_id: string } | undefined>('user_id');
  return seller?.user_id ?? null;
}
