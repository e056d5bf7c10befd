import type { Transaction } from '../database.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { lockPayment, recordPayment, settlePayment, type Disposition, type PaymentRow } from '../models/payment.ts';
import { insertRefund } from '../models/refund.ts';
import type { Services } from '../services.ts';
import type { PaymentReading } from '../whop/payment.ts';
import { effects } from './effects/registry.ts';
import { processingOf, recordSale } from './ledger.ts';
import { recordRefunds } from './record-refunds.ts';

interface Verdict {
  disposition: Disposition;
  note: string | null;
}

/**
 * Makes what Whop said of a payment so here, as the system actor `whop`: lock, compare, act, record. Company, currency, amount
 * and checkout must fit; then the purchase takes effect exactly once (product.md section 4.4, contract 4.5). Whatever does not
 * fit is kept with the reason, never dropped. The refunds that hang on the payment follow.
 */
export async function applyPayment(services: Services, trx: Transaction, payment: PaymentReading): Promise<void> {
  const checkout = await lockCheckoutOf(trx, payment);
  await lockOrderOf(trx, checkout);
  const { id, stale } = await recordPayment(trx, payment, checkout?.id ?? null);
  if (stale) return;
  if (!payment.paid) {
    if (checkout && payment.failed && checkout.status === 'open') {
      const failure_message = payment.failureMessage ?? 'The payment did not go through.';
      await trx('whop_checkout_configs').where({ id: checkout.id }).update({ failure_message });
    }
    return;
  }
  const row = await lockPayment(trx, id);
  if (row.disposition === 'seen') await decide(services, trx, row, payment, checkout);
  await recordRefunds(services, trx, id, payment);
}

async function decide(
  services: Services,
  trx: Transaction,
  row: PaymentRow,
  payment: PaymentReading,
  checkout: CheckoutRow | undefined,
): Promise<void> {
  const verdict = judge(payment, checkout);
  if (verdict.disposition !== 'applied') return keep(services, trx, row, verdict);
  const refused = await applyPurchase(services, trx, row, checkout!);
  if (refused) {
    await keep(services, trx, row, { disposition: 'refused', note: refused });
    await trx('whop_checkout_configs')
      .where({ id: checkout!.id })
      .update({ status: 'failed', failure_message: `${refused}. Your payment goes back the way it came.` });
  }
}

/**
 * The purchase takes effect and enters the books.
 * @returns null, or why it cannot take effect any more
 */
export async function applyPurchase(
  services: Services,
  trx: Transaction,
  row: PaymentRow,
  checkout: CheckoutRow,
): Promise<string | null> {
  const done = await effects[checkout.purpose].apply(trx, checkout);
  if ('refused' in done) return done.refused;
  await recordSale(trx, { paymentId: row.id, orderId: done.orderId, checkout, processingCents: processingOf(row) });
  const taken = row.fee_cents ?? 0;
  const note =
    checkout.fee_cents === taken ? null : `Whop took a fee of ${taken} cents instead of ${checkout.fee_cents}`;
  if (note) services.logger.error({ payment: row.whop_payment_id, note }, 'platform fee differs');
  await settlePayment(trx, row.id, { disposition: 'applied', note, orderId: done.orderId });
  await trx('whop_checkout_configs').where({ id: checkout.id }).update({ status: 'paid', failure_message: null });
  return null;
}

/** Kept with the reason. What can only be a mistake, a second payment or one at the wrong moment, goes back by itself. */
async function keep(services: Services, trx: Transaction, row: PaymentRow, verdict: Verdict): Promise<void> {
  services.logger.error({ payment: row.whop_payment_id, verdict }, 'a payment needs attention');
  await settlePayment(trx, row.id, verdict);
  if (verdict.disposition !== 'second' && verdict.disposition !== 'refused') return;
  await insertRefund(trx, {
    paymentId: row.id,
    amountCents: row.total_cents,
    currency: row.currency,
    cause: verdict.disposition === 'second' ? 'second_payment' : 'late_payment',
    feePolicy: (await settingsNow(trx, services.config)).feeOnRefund,
    reason: verdict.note,
  });
}

/** By Whop's id; by our own, when the answer that told us Whop's was lost and the payment is what was asked for. */
async function lockCheckoutOf(trx: Transaction, payment: PaymentReading): Promise<CheckoutRow | undefined> {
  const { whopCheckoutId, checkoutId } = payment;
  if (!whopCheckoutId) return undefined;
  const candidates = await trx<CheckoutRow>('whop_checkout_configs')
    .where({ whop_checkout_id: whopCheckoutId })
    .orWhere('id', checkoutId && UUID.test(checkoutId) ? checkoutId : null)
    .forUpdate();
  const known = candidates.find((checkout) => checkout.whop_checkout_id === whopCheckoutId);
  if (known) return known;
  // Whoever has a company can write any id into the metadata of his own checkout: that must not take over a stranger's.
  const lost = candidates.find(
    (checkout) => checkout.whop_checkout_id === null && differenceOf(payment, checkout) === null,
  );
  if (!lost) return undefined;
  const found = { whop_checkout_id: whopCheckoutId, status: 'open' as const };
  await trx('whop_checkout_configs').where({ id: lost.id }).update(found);
  return { ...lost, ...found };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Everybody locks in the same order: checkout, order, payment, refunds. */
async function lockOrderOf(trx: Transaction, checkout: CheckoutRow | undefined): Promise<void> {
  if (!checkout) return;
  await trx('orders')
    .where((order) => order.where({ checkout_id: checkout.id }).orWhere({ id: checkout.target_order_id }))
    .forUpdate()
    .select('id');
}

function judge(payment: PaymentReading, checkout: CheckoutRow | undefined): Verdict {
  if (!checkout) return { disposition: 'unmatched', note: 'No checkout of ours belongs to this payment' };
  if (checkout.status === 'paid') return { disposition: 'second', note: 'This checkout was paid before' };
  const note = differenceOf(payment, checkout);
  if (note) return { disposition: 'mismatch', note };
  if (checkout.status === 'expired') return { disposition: 'late', note: 'The checkout had expired' };
  if (checkout.status === 'failed') return { disposition: 'late', note: 'The checkout had come to nothing' };
  return { disposition: 'applied', note: null };
}

/** How a payment differs from what was asked for; null when it does not. */
function differenceOf(payment: PaymentReading, checkout: CheckoutRow): string | null {
  if (payment.companyId !== checkout.whop_company_id) return `Paid to ${payment.companyId ?? 'no company'}`;
  if (payment.currency !== checkout.currency) return `Paid in ${payment.currency || 'no currency'}`;
  if (payment.totalCents !== checkout.total_cents)
    return `Paid ${payment.totalCents} cents instead of ${checkout.total_cents}`;
  return null;
}
