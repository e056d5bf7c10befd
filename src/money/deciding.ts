import type { Transaction } from '../database.ts';
import { Conflict, Forbidden, NotFound } from '../errors.ts';
import { recordAudit } from '../models/audit-event.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { tellOfRefund } from '../models/money-news.ts';
import { KEPT, lockPayment, sellerOfPayment, type PaymentRow } from '../models/payment.ts';
import { insertRefund, lockRefund } from '../models/refund.ts';
import type { Services } from '../services.ts';
import { applyPurchase } from './apply-payment.ts';
import { askForCover, runCover } from './covering.ts';
import { book, recordKeptSale } from './ledger.ts';
import { retryRefund } from './refunding.ts';

/** What an admin decides about money that GigFlow does not decide by itself. Each is written into the audit log. */

const asWhop = <T>(services: Services, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  services.database.withSystem('whop', work);

/**
 * Sends a kept payment back, all that is left of it.
 * @throws Conflict when it has taken effect meanwhile, or nothing is left
 */
export const refundKept = (services: Services, adminId: string, paymentId: string): Promise<string> =>
  asWhop(services, async (trx) => {
    const payment = await lockKept(trx, paymentId);
    await refuseParty(trx, adminId, payment);
    const left = await leftOf(trx, payment);
    if (left === 0) throw new Conflict('All of this payment is on its way back already.');
    const id = await insertRefund(trx, {
      paymentId,
      amountCents: left,
      currency: payment.currency,
      cause: 'admin',
      feePolicy: (await settingsNow(trx, services.config)).feeOnRefund,
      reason: payment.note,
      requestedBy: adminId,
    });
    await recordAudit(trx, { actorId: adminId, action: 'payment.refund', target: { type: 'payment', id: paymentId } });
    return id;
  });

/**
 * Gives a kept payment to the checkout that it was for. The purchase takes effect for what was really paid.
 * @throws Conflict when the two do not belong together
 */
export const matchKept = (services: Services, adminId: string, paymentId: string, checkoutId: string): Promise<void> =>
  asWhop(services, async (trx) => {
    const checkout = await trx<CheckoutRow>('whop_checkout_configs').where({ id: checkoutId }).forUpdate().first();
    if (!checkout) throw new NotFound();
    const payment = await lockKept(trx, paymentId);
    await refuseParty(trx, adminId, payment, checkout);
    if (checkout.status === 'paid') throw new Conflict('This checkout is paid already.');
    if (payment.status !== 'paid') throw new Conflict('Whop does not call this payment paid.');
    if (payment.whop_company_id !== checkout.whop_company_id)
      throw new Conflict('The payment went to another seller’s company. Refund it.');
    if (payment.currency !== checkout.currency) throw new Conflict('The payment is in another currency. Refund it.');
    if ((await leftOf(trx, payment)) < payment.total_cents)
      throw new Conflict('Part of this payment has gone back already. Refund the rest.');
    await trx('whop_payments').where({ id: paymentId }).update({ checkout_id: checkoutId });
    const fee = payment.fee_cents ?? 0;
    const paid = {
      ...checkout,
      total_cents: payment.total_cents,
      fee_cents: fee,
      seller_cents: payment.total_cents - fee,
    };
    const refused = await applyPurchase(services, trx, payment, paid);
    if (refused) throw new Conflict(`${refused}. Refund the payment.`);
    await recordAudit(trx, {
      actorId: adminId,
      action: 'payment.match',
      target: { type: 'payment', id: paymentId },
      details: { checkout: checkoutId },
    });
  });

/**
 * The fee that Whop did not take is given up: the seller keeps it, and the books say so.
 * @throws Conflict when nothing is missing
 */
export const writeDownFee = (services: Services, adminId: string, paymentId: string): Promise<void> =>
  asWhop(services, async (trx) => {
    const payment = await lockPayment(trx, paymentId);
    if (!payment || payment.disposition !== 'applied') throw new NotFound();
    await refuseParty(trx, adminId, payment);
    const sale = await trx('ledger_entries')
      .where({ cause: 'sale', cause_id: paymentId, account: 'platform' })
      .first<{ amount_cents: number } | undefined>('amount_cents');
    const missing = (sale?.amount_cents ?? 0) - (payment.fee_cents ?? 0);
    if (missing === 0) throw new Conflict('Whop took the fee that was agreed.');
    const sellerId = await recordKeptSale(trx, payment);
    const booked = await book(trx, {
      cause: 'adjustment',
      causeId: `${paymentId}:fee`,
      orderId: payment.order_id,
      sellerId: sellerId!,
      currency: payment.currency,
      entries: { platform: -missing, seller: missing },
      note: 'Whop took another fee than was agreed',
    });
    if (!booked) throw new Conflict('This difference is written down already.');
    await recordAudit(trx, {
      actorId: adminId,
      action: 'payment.fee_loss',
      target: { type: 'payment', id: paymentId },
      details: { cents: missing },
    });
  });

/** Asks once more for a refund that failed or waits. */
export async function retry(services: Services, adminId: string, refundId: string): Promise<void> {
  await asWhop(services, (trx) => refusePartyOf(trx, adminId, refundId));
  if ((await retryRefund(services, refundId)) === 0) throw new Conflict('This refund needs no new try.');
  await asWhop(services, (trx) =>
    recordAudit(trx, { actorId: adminId, action: 'refund.retry', target: { type: 'refund', id: refundId } }),
  );
}

/**
 * The platform pays a refund that the seller's balance does not cover (src/money/covering.ts).
 * @throws Conflict with Whop's reason when it says no; WhopFailure when it does not answer: then the sweeper finishes it
 */
export async function coverRefund(services: Services, adminId: string, refundId: string): Promise<void> {
  await asWhop(services, async (trx) => {
    await refusePartyOf(trx, adminId, refundId);
    await askForCover(trx, adminId, refundId);
  });
  await runCover(services, refundId);
}

/** Gives a refund up: it is not tried again, and no longer counts as owed. */
export const writeOff = (services: Services, adminId: string, refundId: string, reason: string): Promise<void> =>
  asWhop(services, async (trx) => {
    await refusePartyOf(trx, adminId, refundId);
    const before = await lockRefund(trx, refundId);
    const written = await trx('refunds')
      .where({ id: refundId, whop_refund_id: null })
      .whereIn('status', ['failed', 'waiting_for_balance'])
      .orWhere((failed) => failed.where({ id: refundId, status: 'failed' }))
      .update({ status: 'failed', written_off_at: trx.raw('app_now()'), error: `Written off: ${reason}` });
    if (written === 0) throw new Conflict('Only a refund that failed or waits for balance can be written off.');
    if (!before?.written_off_at) await tellOfRefund(trx, refundId, 'written_off', reason);
    await recordAudit(trx, {
      actorId: adminId,
      action: 'refund.write_off',
      target: { type: 'refund', id: refundId },
      details: { reason },
    });
  });

/** Nobody decides about money that is his own: neither who paid, nor whose company was paid. */
async function refuseParty(
  trx: Transaction,
  adminId: string,
  payment: PaymentRow,
  target?: Pick<CheckoutRow, 'buyer_id' | 'seller_id'>,
): Promise<void> {
  const checkout = await trx<CheckoutRow>('whop_checkout_configs').where({ id: payment.checkout_id! }).first();
  const order = await trx('orders').where({ id: payment.order_id }).first('buyer_id', 'seller_id');
  const sides = [checkout, order, target].flatMap((one) => [one?.buyer_id, one?.seller_id]);
  if ([...sides, await sellerOfPayment(trx, payment)].includes(adminId))
    throw new Forbidden('You are a side of this payment. Another admin has to decide.');
}

async function refusePartyOf(trx: Transaction, adminId: string, refundId: string): Promise<void> {
  const refund = await lockRefund(trx, refundId);
  if (!refund) throw new NotFound();
  await refuseParty(trx, adminId, await lockPayment(trx, refund.payment_id));
}

async function lockKept(trx: Transaction, id: string): Promise<PaymentRow> {
  const payment = await lockPayment(trx, id);
  if (!payment) throw new NotFound();
  if (!KEPT.includes(payment.disposition)) throw new Conflict('This payment needs no decision any more.');
  return payment;
}

async function leftOf(trx: Transaction, payment: PaymentRow): Promise<number> {
  const live = await trx('refunds')
    .where({ payment_id: payment.id })
    .whereNotIn('status', ['failed', 'superseded'])
    .pluck<number[]>('amount_cents');
  return live.reduce((left, cents) => left - cents, payment.total_cents);
}
