import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Unavailable } from '../errors.ts';
import { tellAdmins } from '../models/notification.ts';
import { isOvertaken, lockPayment, type PaymentRow } from '../models/payment.ts';
import type { Services } from '../services.ts';
import type { WhopDispute } from '../whop/disputes.ts';
import { applyPayment } from './apply-payment.ts';
import { book, recordDisputeFees, recordKeptSale } from './ledger.ts';
import { undoWhenAllGone } from './record-refunds.ts';
import { interruptOrder, resumeOrder, settleOrder } from './settle-order.ts';

interface DisputeRow {
  id: string;
  order_id: string | null;
  status: 'open' | 'won' | 'lost' | 'closed';
  lost_cents: number;
  read_at: Date | null;
}

/**
 * Makes a bank's dispute so here as Whop knows it now: webhooks and the sweeper come in by this.
 * @returns the effect, to be run in a transaction as the system actor `whop`
 * @throws Unavailable when Whop does not know the dispute or its payment yet
 */
export async function convergeDispute(
  services: Services,
  disputeId: string,
): Promise<(trx: Transaction) => Promise<void>> {
  const dispute = await services.whop.readDispute(disputeId);
  if (!dispute?.paymentId) throw new Unavailable(`Whop does not know dispute ${disputeId} yet`);
  const payment = await services.whop.readPayment(dispute.paymentId);
  if (!payment) throw new Unavailable(`Whop does not know payment ${dispute.paymentId} yet`);
  const feeCents = dispute.outcome === 'open' ? null : await services.whop.disputeFeesOf(dispute.paymentId);
  return async (trx) => {
    await applyPayment(services, trx, payment);
    await applyDispute(services, trx, dispute, feeCents);
  };
}

/** The money of a dispute is booked when the bank has decided, not before: then every order of events ends in the same books. */
async function applyDispute(
  services: Services,
  trx: Transaction,
  dispute: WhopDispute,
  feeCents: number | null,
): Promise<void> {
  const { id: paymentId } = await trx('whop_payments')
    .where({ whop_payment_id: dispute.paymentId })
    .first<{ id: string }>('id');
  const payment = await lockPayment(trx, paymentId);
  const row = await upsert(trx, dispute, payment);
  if (!row) return;
  if (row.status === 'lost' && dispute.outcome !== 'lost') {
    services.logger.error({ dispute: dispute.id }, 'a lost dispute came back');
    return;
  }
  if (dispute.outcome === 'open') await open(services, trx, dispute, payment);
  else if (row.status !== dispute.outcome) await close(trx, dispute, payment, row);
  if (feeCents !== null) await recordDisputeFees(trx, payment, feeCents);
}

/** @returns the row as it stood before; null when a later answer stands there already */
async function upsert(trx: Transaction, dispute: WhopDispute, payment: PaymentRow): Promise<DisputeRow | null> {
  const known = await trx<DisputeRow>('disputes')
    .where({ whop_dispute_id: dispute.id } as object)
    .forUpdate()
    .first();
  if (known && isOvertaken(known.read_at, dispute.askedAt)) return null;
  const told = {
    whop_status: dispute.status,
    amount_cents: dispute.amountCents,
    reason: dispute.reason,
    evidence_due_at: dispute.evidenceDueAt,
    read_at: dispute.askedAt,
  };
  if (known) {
    const reopened = dispute.outcome === 'open' && known.status !== 'lost' ? { status: 'open', closed_at: null } : {};
    await trx('disputes')
      .where({ id: known.id })
      .update({ ...told, ...reopened });
    return known;
  }
  const row: DisputeRow = {
    id: randomUUID(),
    order_id: payment.order_id,
    status: 'open',
    lost_cents: 0,
    read_at: dispute.askedAt,
  };
  await trx('disputes').insert({
    ...told,
    id: row.id,
    order_id: payment.order_id,
    payment_id: payment.id,
    source: 'whop',
    whop_dispute_id: dispute.id,
    whop_payment_id: payment.whop_payment_id,
  });
  if (dispute.outcome === 'open') {
    const title = `payment ${payment.whop_payment_id}`;
    const about = { title, cents: dispute.amountCents, currency: payment.currency, dispute: row.id };
    await tellAdmins(trx, 'order.chargeback', payment.order_id, about);
  }
  return row;
}

/** Refunds that Whop has not been asked for wait: the bank would refuse them (contract 5.1). */
async function open(services: Services, trx: Transaction, dispute: WhopDispute, payment: PaymentRow): Promise<void> {
  await trx('refunds')
    .where({ payment_id: payment.id, whop_refund_id: null })
    .whereIn('status', ['requested', 'waiting_for_balance'])
    .update({ status: 'paused', error: 'The bank disputes the payment' });
  if (payment.order_id)
    await interruptOrder(services, trx, payment.order_id, dispute.reason || 'The bank asks the money back');
}

async function close(trx: Transaction, dispute: WhopDispute, payment: PaymentRow, row: DisputeRow): Promise<void> {
  const paused = () => trx('refunds').where({ payment_id: payment.id, status: 'paused' });
  const lost = dispute.outcome === 'lost';
  if (lost) await paused().update({ status: 'superseded', error: 'The bank gave the money back' });
  const lostCents = lost ? Math.min(dispute.amountCents, await leftOf(trx, payment)) : 0;
  await trx('disputes')
    .where({ id: row.id })
    .update({ status: dispute.outcome, closed_at: trx.raw('app_now()'), lost_cents: lostCents });
  if (!lost) await paused().update({ status: 'requested', error: null });
  await bookDispute(trx, dispute, payment, lostCents);
  if (lost) await undoWhenAllGone(trx, payment);
  if (!payment.order_id) return;
  await settleOrder(trx, payment.order_id);
  await resumeOrder(trx, payment.order_id);
}

async function leftOf(trx: Transaction, payment: PaymentRow): Promise<number> {
  const live = await trx('refunds')
    .where({ payment_id: payment.id })
    .whereNotIn('status', ['failed', 'superseded'])
    .pluck<number[]>('amount_cents');
  const lost = await trx('disputes').where({ payment_id: payment.id }).pluck<number[]>('lost_cents');
  return [...live, ...lost].reduce((left, cents) => left - cents, payment.total_cents);
}

async function bookDispute(
  trx: Transaction,
  dispute: WhopDispute,
  payment: PaymentRow,
  lostCents: number,
): Promise<void> {
  const sellerId = lostCents > 0 ? await recordKeptSale(trx, payment) : null;
  if (!sellerId) return;
  await book(trx, {
    cause: 'dispute',
    causeId: dispute.id,
    orderId: payment.order_id,
    sellerId,
    currency: payment.currency,
    entries: { buyer: lostCents, seller: -lostCents },
  });
}
