import type { Transaction } from '../database.ts';
import { Unavailable } from '../errors.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { createOrder } from '../models/order/create-order.ts';
import { lockPayment, recordPayment, settlePayment, type Disposition } from '../models/payment.ts';
import type { Services } from '../services.ts';
import type { WhopPayment } from '../whop/payment.ts';
import { recordSale } from './ledger.ts';

export type CheckoutOutcome =
  | { state: 'paid'; orderId: string }
  | { state: 'pending' }
  | { state: 'failed'; message: string }
  | { state: 'unknown' };

const underWay = new Map<string, Promise<CheckoutOutcome>>();

/**
 * Asks Whop how a checkout stands and makes it so here: the one function behind the return page, the confirm call and the
 * sweeper; webhooks come in by convergePayment(). One read at a time per checkout; running it again changes nothing.
 * @param hint a payment id that came along with the browser; never proof, only one more id to read
 * @throws WhopFailure when Whop cannot be asked
 */
export function convergeCheckout(services: Services, checkoutId: string, hint?: string): Promise<CheckoutOutcome> {
  const running = underWay.get(checkoutId);
  if (running) return running;
  const work = readAndApply(services, checkoutId, hint).finally(() => underWay.delete(checkoutId));
  underWay.set(checkoutId, work);
  return work;
}

async function readAndApply(services: Services, checkoutId: string, hint?: string): Promise<CheckoutOutcome> {
  const { database, whop } = services;
  const checkout = await database.withSystem('checkout', (trx) =>
    trx<CheckoutRow>('whop_checkout_configs').where({ id: checkoutId }).first(),
  );
  if (!checkout) return { state: 'unknown' };
  if (checkout.whop_checkout_id && checkout.status !== 'paid') {
    const ids = new Set(await whop.paymentIdsOf(checkout.whop_company_id, checkout.whop_checkout_id));
    if (hint) ids.add(hint);
    for (const id of ids) {
      const payment = await whop.readPayment(id);
      // A hint may name anybody's payment: what does not belong to this checkout is left alone.
      if (payment?.whopCheckoutId === checkout.whop_checkout_id) {
        await database.withSystem('whop', (trx) => applyPayment(services, trx, payment));
      }
    }
    await database.withSystem('checkout', (trx) =>
      trx('whop_checkout_configs')
        .where({ id: checkoutId })
        .update({ checked_at: trx.raw('app_now()') }),
    );
  }
  return database.withSystem('checkout', (trx) => outcomeOf(trx, checkoutId));
}

/**
 * The same for a payment that a webhook named.
 * @returns the effect, to be run in the inbox transaction
 * @throws Unavailable when Whop does not know the payment yet; the inbox tries again
 */
export async function convergePayment(
  services: Services,
  paymentId: string,
): Promise<(trx: Transaction) => Promise<void>> {
  const payment = await services.whop.readPayment(paymentId);
  if (!payment) throw new Unavailable(`Whop does not know payment ${paymentId} yet`);
  return (trx) => applyPayment(services, trx, payment);
}

/** Where a checkout stands by our own books. */
export async function outcomeOf(trx: Transaction, checkoutId: string): Promise<CheckoutOutcome> {
  const row = await trx('whop_checkout_configs as c')
    .leftJoin('orders as o', 'o.checkout_id', 'c.id')
    .where('c.id', checkoutId)
    .first<{ status: string; failure_message: string | null; order_id: string | null } | undefined>({
      status: 'c.status',
      failure_message: 'c.failure_message',
      order_id: 'o.id',
    });
  if (!row) return { state: 'unknown' };
  if (row.order_id) return { state: 'paid', orderId: row.order_id };
  return row.failure_message ? { state: 'failed', message: row.failure_message } : { state: 'pending' };
}

/**
 * Lock, compare, act, record: company, currency, amount and checkout must fit; then the purchase takes effect exactly once
 * (product.md section 4.4, contract 4.5). Whatever does not fit is kept with the reason, never dropped.
 */
async function applyPayment(services: Services, trx: Transaction, payment: WhopPayment): Promise<void> {
  const checkout = await lockCheckoutOf(trx, payment);
  const row = await recordPayment(trx, payment, checkout?.id ?? null);
  if (!payment.paid) {
    if (checkout && payment.failed && checkout.status === 'open') {
      const failure_message = payment.failureMessage ?? 'The payment did not go through.';
      await trx('whop_checkout_configs').where({ id: checkout.id }).update({ failure_message });
    }
    return;
  }
  const locked = await lockPayment(trx, row.id);
  if (locked.disposition !== 'seen') return;
  const verdict = judge(payment, checkout);
  if (verdict.disposition !== 'applied') {
    services.logger.error({ payment: payment.id, verdict }, 'a payment needs attention');
    await settlePayment(trx, row.id, verdict);
    return;
  }
  const order = await createOrder(trx, checkout!);
  await recordSale(trx, { paymentId: row.id, orderId: order.id, checkout: checkout! });
  const feeNote =
    checkout!.fee_cents === (payment.feeCents ?? 0)
      ? null
      : `Whop took a fee of ${payment.feeCents ?? 0} cents instead of ${checkout!.fee_cents}`;
  if (feeNote) services.logger.error({ payment: payment.id, feeNote }, 'platform fee differs');
  await settlePayment(trx, row.id, { disposition: 'applied', note: feeNote, orderId: order.id });
  await trx('whop_checkout_configs').where({ id: checkout!.id }).update({ status: 'paid', failure_message: null });
}

async function lockCheckoutOf(trx: Transaction, payment: WhopPayment): Promise<CheckoutRow | undefined> {
  if (!payment.whopCheckoutId) return undefined;
  return trx<CheckoutRow>('whop_checkout_configs')
    .where({ whop_checkout_id: payment.whopCheckoutId })
    .forUpdate()
    .first();
}

function judge(
  payment: WhopPayment,
  checkout: CheckoutRow | undefined,
): { disposition: Disposition; note: string | null } {
  if (!checkout) return { disposition: 'unmatched', note: 'No checkout of ours belongs to this payment' };
  if (checkout.status === 'paid') return { disposition: 'second', note: 'This checkout was paid before' };
  if (checkout.status === 'expired') return { disposition: 'late', note: 'The checkout had expired' };
  if (payment.companyId !== checkout.whop_company_id)
    return { disposition: 'mismatch', note: `Paid to ${payment.companyId ?? 'no company'}` };
  if (payment.currency !== checkout.currency) return { disposition: 'mismatch', note: `Paid in ${payment.currency}` };
  if (payment.totalCents !== checkout.total_cents) {
    return { disposition: 'mismatch', note: `Paid ${payment.totalCents} cents instead of ${checkout.total_cents}` };
  }
  return { disposition: 'applied', note: null };
}
