import { crashPoint } from '../crash-point.ts';
import type { Transaction } from '../database.ts';
import { Unavailable } from '../errors.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { applyPayment } from './apply-payment.ts';

export type CheckoutOutcome =
  | { state: 'paid'; orderId: string | null; leadsTo: string }
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
        crashPoint('payment.read');
        await database.withSystem('whop', (trx) => applyPayment(services, trx, payment));
        crashPoint('payment.applied');
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

/** Where a checkout stands by our own books, and the page that shows it. */
export async function outcomeOf(trx: Transaction, checkoutId: string): Promise<CheckoutOutcome> {
  const row = await trx('whop_checkout_configs as c')
    .leftJoin('orders as o', 'o.checkout_id', 'c.id')
    .leftJoin('profiles as s', 's.user_id', 'c.seller_id')
    .where('c.id', checkoutId)
    .first<Standing | undefined>({
      status: 'c.status',
      failure_message: 'c.failure_message',
      post_id: 'c.post_id',
      order_id: trx.raw(`coalesce(o.id, case when c.status = 'paid' then c.target_order_id end)`) as never,
      username: 's.username',
    });
  if (!row) return { state: 'unknown' };
  if (row.order_id) return { state: 'paid', orderId: row.order_id, leadsTo: paths.order(row.order_id) };
  if (row.status === 'paid') {
    const leadsTo = row.post_id ? paths.post(row.username, row.post_id) : paths.profile(row.username);
    return { state: 'paid', orderId: null, leadsTo };
  }
  return row.failure_message ? { state: 'failed', message: row.failure_message } : { state: 'pending' };
}

interface Standing {
  status: string;
  failure_message: string | null;
  post_id: string | null;
  order_id: string | null;
  username: string;
}
