import type { Transaction } from '../database.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { sellerOfPayment, type PaymentRow } from '../models/payment.ts';

/**
 * The books: append-only double entries (product.md section 6). The entries of one cause sum to zero, and so do those of an
 * order; a unique key books each cause once. Amounts in cents; plus is what an account gets.
 */
export type Account = 'buyer' | 'seller' | 'platform' | 'whop' | 'payout';
export type Cause =
  | 'sale'
  | 'processing'
  | 'refund'
  | 'fee_return'
  | 'dispute'
  | 'dispute_fee'
  | 'payout'
  | 'payout_return'
  | 'adjustment';

interface Booking {
  cause: Cause;
  /** What it is about at Whop; with the cause it is unique. */
  causeId: string;
  orderId: string | null;
  sellerId: string;
  currency: string;
  entries: Partial<Record<Account, number>>;
  note?: string;
}

/** Books a cause unless it is booked. @returns whether it was new */
export async function book(trx: Transaction, booking: Booking): Promise<boolean> {
  const entries = Object.entries(booking.entries).filter(([, cents]) => cents !== 0);
  if (entries.length === 0) return false;
  const written = await trx('ledger_entries')
    .insert(
      entries.map(([account, amount_cents]) => ({
        cause: booking.cause,
        cause_id: booking.causeId,
        order_id: booking.orderId,
        seller_id: booking.sellerId,
        currency: booking.currency,
        account,
        amount_cents,
        note: booking.note ?? null,
      })),
    )
    .onConflict(['cause', 'cause_id', 'account'])
    .ignore();
  return (written as unknown as { rowCount: number }).rowCount > 0;
}

/**
 * A direct charge credits the seller at payment; the platform gets its fee. What Whop takes for processing is the seller's
 * cost and stands on an account of its own.
 */
export async function recordSale(
  trx: Transaction,
  sale: { paymentId: string; orderId: string | null; checkout: CheckoutRow; processingCents?: number | null },
): Promise<void> {
  const { checkout, processingCents } = sale;
  const common = {
    causeId: sale.paymentId,
    orderId: sale.orderId,
    sellerId: checkout.seller_id,
    currency: checkout.currency,
  };
  await book(trx, {
    ...common,
    cause: 'sale',
    entries: { buyer: -checkout.total_cents, seller: checkout.seller_cents, platform: checkout.fee_cents },
  });
  if (processingCents && processingCents > 0) {
    await book(trx, {
      ...common,
      cause: 'processing',
      entries: { seller: -processingCents, whop: processingCents },
    });
  }
}

/** What Whop took for itself; null when it did not say. */
export const processingOf = (payment: PaymentRow): number | null =>
  payment.net_cents === null ? null : payment.total_cents - (payment.fee_cents ?? 0) - payment.net_cents;

/**
 * A payment that brought nothing about enters the books when money of it leaves: as it was paid, without an order.
 * @returns the seller whose books they are; null when the paid company is no seller of ours
 */
export async function recordKeptSale(trx: Transaction, payment: PaymentRow): Promise<string | null> {
  const sellerId = await sellerOfPayment(trx, payment);
  if (!sellerId) return null;
  const fee = payment.fee_cents ?? 0;
  const common = { causeId: payment.id, orderId: payment.order_id, sellerId, currency: payment.currency };
  const booked = await trx('ledger_entries').where({ cause: 'sale', cause_id: payment.id }).first('id');
  if (booked) return sellerId;
  await book(trx, {
    ...common,
    cause: 'sale',
    entries: { buyer: -payment.total_cents, seller: payment.total_cents - fee, platform: fee },
  });
  const processing = processingOf(payment);
  if (processing && processing > 0)
    await book(trx, { ...common, cause: 'processing', entries: { seller: -processing, whop: processing } });
  return sellerId;
}

/**
 * What Whop takes for disputes and early warnings is the seller's cost. Whop tells it as one sum per payment, which grows with a
 * case and shrinks when one is won: the difference to what is booked is booked, so it may be told often and in any order. With
 * the payment locked.
 * @param onlyMore for a sum that another reading may have overtaken: what shrank is then left to the dispute's own reading
 */
export async function recordDisputeFees(
  trx: Transaction,
  payment: PaymentRow,
  feeCents: number,
  { onlyMore = false } = {},
): Promise<void> {
  const causes = await trx('ledger_entries')
    .where({ cause: 'dispute_fee', account: 'whop' })
    .whereRaw('starts_with(cause_id, ?)', [`${payment.whop_payment_id}:`])
    .pluck<number[]>('amount_cents');
  const difference = causes.reduce((left, booked) => left - booked, feeCents);
  if (difference === 0 || (onlyMore && difference < 0)) return;
  const sellerId = await recordKeptSale(trx, payment);
  if (!sellerId) return;
  await book(trx, {
    cause: 'dispute_fee',
    causeId: `${payment.whop_payment_id}:${causes.length + 1}`,
    orderId: payment.order_id,
    sellerId,
    currency: payment.currency,
    entries: { seller: -difference, whop: difference },
  });
}
