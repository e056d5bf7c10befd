import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { tellOfRefund } from '../models/money-news.ts';
import { lockPayment, type PaymentRow } from '../models/payment.ts';
import type { RefundRow, RefundStatus } from '../models/refund.ts';
import type { Services } from '../services.ts';
import type { PaymentReading, WhopRefund } from '../whop/payment.ts';
import { effects } from './effects/registry.ts';
import { book, recordKeptSale } from './ledger.ts';
import { settleOrder } from './settle-order.ts';

/**
 * Brings our refunds in line with those that stand on a payment at Whop: ours are recognised, also when the answer that would
 * have named them was lost; those that began at Whop get a row. Called with the payment locked, by whatever reads a payment.
 */
export async function recordRefunds(
  services: Services,
  trx: Transaction,
  paymentId: string,
  reading: PaymentReading,
): Promise<void> {
  if (!reading.refunds?.length) return;
  const payment = await lockPayment(trx, paymentId);
  const moved: string[] = [];
  for (const whop of reading.refunds) {
    const row = await rowOf(services, trx, payment, whop);
    if (row && (await advance(services, trx, payment, row, whop))) moved.push(row.id);
  }
  if (moved.length === 0) return;
  await undoWhenAllGone(trx, payment);
  const ended = payment.order_id ? await settleOrder(trx, payment.order_id) : false;
  // The end of the order says so itself.
  if (!ended) for (const id of moved) await tellOfRefund(trx, id, 'sent');
}

/** The row of a refund at Whop: linked already, asked for by us and not yet linked, or new. */
async function rowOf(
  services: Services,
  trx: Transaction,
  payment: PaymentRow,
  whop: WhopRefund,
): Promise<RefundRow | undefined> {
  const rows = await trx<RefundRow>('refunds').where({ payment_id: payment.id }).orderBy(['created_at', 'id']);
  const linked = rows.find((row) => row.whop_refund_id === whop.id);
  if (linked) return linked;
  const asked = rows.find(
    (row) =>
      row.whop_refund_id === null &&
      row.asked_at !== null &&
      UNDECIDED.includes(row.status) &&
      row.amount_cents === whop.amountCents &&
      !row.known_refunds.includes(whop.id),
  );
  if (asked) {
    await trx('refunds').where({ id: asked.id }).update({ whop_refund_id: whop.id });
    return { ...asked, whop_refund_id: whop.id };
  }
  if (whop.status === 'failed') return undefined;
  services.logger.warn({ payment: payment.whop_payment_id, refund: whop.id }, 'a refund began at Whop');
  await makeRoom(trx, payment, rows, whop.amountCents);
  const id = randomUUID();
  await trx('refunds').insert({
    id,
    order_id: payment.order_id,
    payment_id: payment.id,
    whop_refund_id: whop.id,
    amount_cents: whop.amountCents,
    currency: payment.currency,
    cause: 'whop',
    fee_policy: 'keep',
    status: 'pending',
  });
  return trx<RefundRow>('refunds').where({ id }).first() as Promise<RefundRow>;
}

const UNDECIDED: RefundStatus[] = ['requested', 'waiting_for_balance', 'paused'];

/** What Whop did is a fact: requests of ours that no longer fit beside it are superseded, the newest first. */
async function makeRoom(trx: Transaction, payment: PaymentRow, rows: RefundRow[], cents: number): Promise<void> {
  const disputes = await trx('disputes').where({ payment_id: payment.id }).pluck<number[]>('lost_cents');
  const lost = disputes.reduce((sum, cents) => sum + cents, 0);
  const live = rows.filter(({ status }) => status !== 'failed' && status !== 'superseded');
  let over = lost + live.reduce((sum, row) => sum + row.amount_cents, cents) - payment.total_cents;
  for (const row of live.reverse()) {
    if (over <= 0) return;
    if (row.whop_refund_id !== null) continue;
    await trx('refunds')
      .where({ id: row.id })
      .update({ status: 'superseded', error: 'The money went back by another way meanwhile' });
    over -= row.amount_cents;
  }
}

const BANK_REFUSED = 'The bank did not take the refund';

/** @returns whether money went back by it just now */
async function advance(
  services: Services,
  trx: Transaction,
  payment: PaymentRow,
  row: RefundRow,
  whop: WhopRefund,
): Promise<boolean> {
  if (row.status === whop.status) return false;
  if (row.status === 'succeeded') {
    services.logger.error({ refund: row.id, status: whop.status }, 'Whop takes back a refund that had succeeded');
    return false;
  }
  await trx('refunds')
    .where({ id: row.id })
    .update({
      status: whop.status,
      leased_until: null,
      next_attempt_at: null,
      waiting_since: null,
      error: whop.status === 'failed' ? BANK_REFUSED : null,
    });
  if (whop.status === 'failed') await tellOfRefund(trx, row.id, 'failed', BANK_REFUSED);
  if (whop.status !== 'succeeded') return false;
  const sellerId = await recordKeptSale(trx, payment);
  if (!sellerId) return true;
  await book(trx, {
    cause: 'refund',
    causeId: whop.id,
    orderId: payment.order_id,
    sellerId,
    currency: payment.currency,
    entries: { buyer: whop.amountCents, seller: -whop.amountCents },
  });
  if (row.fee_cents > 0) {
    await trx('fee_returns').insert({
      id: randomUUID(),
      refund_id: row.id,
      seller_id: sellerId,
      amount_cents: row.fee_cents,
      currency: payment.currency,
    });
  }
  return true;
}

/** Tips are taken off and posts lock again once nothing of their payment is left. Called after money went back. */
export async function undoWhenAllGone(trx: Transaction, payment: PaymentRow): Promise<void> {
  if (payment.disposition !== 'applied' || !payment.checkout_id) return;
  const { rows } = await trx.raw<{ rows: { gone: number }[] }>(
    `select (select coalesce(sum(amount_cents), 0) from refunds where payment_id = :id and status = 'succeeded')
          + (select coalesce(sum(lost_cents), 0) from disputes where payment_id = :id) as gone`,
    { id: payment.id },
  );
  if (rows[0]!.gone < payment.total_cents) return;
  const checkout = await trx<CheckoutRow>('whop_checkout_configs').where({ id: payment.checkout_id }).first();
  await effects[checkout!.purpose].undo?.(trx, checkout!);
}
