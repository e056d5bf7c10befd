import { randomUUID } from 'node:crypto';
import { fromSql } from '../errors.ts';
import type { Transaction } from '../database.ts';
import { lockPayment } from './payment.ts';

export type RefundCause =
  'cancellation' | 'settlement' | 'resolution' | 'admin' | 'second_payment' | 'late_payment' | 'whop';
export type RefundStatus =
  'requested' | 'pending' | 'succeeded' | 'failed' | 'waiting_for_balance' | 'paused' | 'superseded';
export type FeePolicy = 'return' | 'keep';

export interface RefundRow {
  id: string;
  order_id: string | null;
  payment_id: string;
  whop_refund_id: string | null;
  amount_cents: number;
  /** The platform's fee on this part, which goes back to the seller; fixed when the refund was asked for. */
  fee_cents: number;
  currency: string;
  cause: RefundCause;
  fee_policy: FeePolicy;
  status: RefundStatus;
  attempt: number;
  error: string | null;
  reason: string | null;
  asked_at: Date | null;
  /** The refunds that stood on the payment before Whop was asked. */
  known_refunds: string[];
  leased_until: Date | null;
  next_attempt_at: Date | null;
  waiting_since: Date | null;
  written_off_at: Date | null;
  cover_transfer_id: string | null;
  created_at: Date;
  updated_at: Date;
}

/**
 * Asks for money of an order to go back, in the transaction that decided so: after order_transition() to cancelled, settle or a
 * resolution, or by an admin. A job does the call at Whop. Order payments first, then extras; never tips.
 * @param amountCents cents; null for all that is left
 * @returns the refunds, one per payment; none when nothing is left
 * @throws Conflict when less is left; Forbidden without a decision in the same transaction
 */
export async function requestRefund(
  trx: Transaction,
  refund: {
    orderId: string;
    amountCents: number | null;
    cause: 'cancellation' | 'settlement' | 'resolution' | 'admin';
    feePolicy: FeePolicy;
    reason?: string | null;
  },
): Promise<string[]> {
  try {
    const { rows } = await trx.raw<{ rows: { refund_id: string }[] }>(
      'select refund_id from request_refund(?, ?::integer, ?, ?, ?)',
      [refund.orderId, refund.amountCents, refund.cause, refund.feePolicy, refund.reason ?? null],
    );
    return rows.map((row) => row.refund_id);
  } catch (error) {
    throw fromSql(error);
  }
}

/** The same for a payment that belongs to no order, as the system actor. */
export async function insertRefund(
  trx: Transaction,
  refund: {
    paymentId: string;
    orderId?: string | null;
    amountCents: number;
    currency: string;
    cause: RefundCause;
    feePolicy: FeePolicy;
    reason?: string | null;
    requestedBy?: string | null;
  },
): Promise<string> {
  const id = randomUUID();
  await trx('refunds').insert({
    id,
    payment_id: refund.paymentId,
    order_id: refund.orderId ?? null,
    amount_cents: refund.amountCents,
    currency: refund.currency,
    cause: refund.cause,
    fee_policy: refund.feePolicy,
    reason: refund.reason ?? null,
    requested_by: refund.requestedBy ?? null,
    status: (await isDisputed(trx, refund.paymentId)) ? 'paused' : 'requested',
  });
  return id;
}

const isDisputed = async (trx: Transaction, paymentId: string): Promise<boolean> =>
  (await trx('disputes').where({ payment_id: paymentId, source: 'whop', status: 'open' }).first('id')) !== undefined;

/** Cents of an order that can still go back: total less what went back, is on its way, or is lost to the bank. */
export async function refundableCents(trx: Transaction, orderId: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { left: number }[] }>(
    `select coalesce(sum(p.total_cents
        - (select coalesce(sum(r.amount_cents), 0) from refunds r where r.payment_id = p.id and r.status not in ('failed', 'superseded'))
        - (select coalesce(sum(d.lost_cents), 0) from disputes d where d.payment_id = p.id)), 0)::integer as left
     from whop_payments p join whop_checkout_configs c on c.id = p.checkout_id
     where p.order_id = ? and p.disposition = 'applied' and c.purpose in ('order', 'offer', 'extra')`,
    [orderId],
  );
  return rows[0]!.left;
}

/** Locks a refund, its payment first, as everybody does: the trigger that guards the total asks for the payment as well. */
export async function lockRefund(trx: Transaction, id: string): Promise<RefundRow | undefined> {
  const known = await trx<RefundRow>('refunds').where({ id }).first();
  if (!known) return undefined;
  await lockPayment(trx, known.payment_id);
  return trx<RefundRow>('refunds').where({ id }).forUpdate().first();
}
