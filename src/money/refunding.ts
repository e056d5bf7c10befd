import { crashPoint } from '../crash-point.ts';
import { Unavailable, WhopFailure } from '../errors.ts';
import { tellOfRefund } from '../models/money-news.ts';
import { lockPayment, type PaymentRow } from '../models/payment.ts';
import { lockRefund, type RefundRow } from '../models/refund.ts';
import type { Services } from '../services.ts';
import type { PaymentReading } from '../whop/payment.ts';
import { applyPayment } from './apply-payment.ts';

/** Longer than any call to Whop takes: whoever holds a lease this old is dead. */
const LEASE = `interval '2 minutes'`;

/**
 * Carries out one refund: read the payment, ask Whop once, read again. Whatever happened before, a crash or an answer that never
 * came, the first reading tells whether the work is done, so nothing is refunded twice (product.md section 6).
 * @throws Unavailable or WhopFailure when the outcome is open; the queue tries again, and so does the sweeper
 */
export async function runRefund(services: Services, id: string): Promise<void> {
  const claimed = await claim(services, id);
  if (!claimed) return;
  const { refund, payment } = claimed;
  crashPoint('refund.claimed');
  try {
    const before = await readAndApply(services, payment);
    const standing = await current(services, id);
    if (standing.whop_refund_id || !isWaiting(standing)) return;
    if (before.disputed)
      return await settle(services, id, { status: 'paused', error: 'The bank disputes the payment' });
    await rememberAsking(services, id, before);
    crashPoint('refund.about-to-ask');
    const all = refund.amount_cents === payment.total_cents;
    await services.whop.refundPayment(
      payment.whop_payment_id,
      all ? null : refund.amount_cents,
      `refund:${id}:${standing.attempt}`,
    );
    crashPoint('refund.asked');
    await readAndApply(services, payment);
    crashPoint('refund.recorded');
  } catch (error) {
    if (!(error instanceof WhopFailure) || error.retryable) throw error;
    await refused(services, id, payment, error);
  } finally {
    await release(services, id);
  }
}

/** Whop said no. That may be because it is done, so the payment is read once more before the no counts. */
async function refused(services: Services, id: string, payment: PaymentRow, failure: WhopFailure): Promise<void> {
  const reading = await readAndApply(services, payment);
  const { whop_refund_id } = await current(services, id);
  if (whop_refund_id) return;
  const error = failure.whopMessage ?? failure.message;
  services.logger.warn({ refund: id, code: failure.code, request: failure.requestId }, 'Whop refuses a refund');
  if (reading.disputed) return settle(services, id, { status: 'paused', error });
  if (failure.code === 'not_enough_balance') return settle(services, id, { status: 'waiting_for_balance', error });
  await settle(services, id, { status: 'failed', error });
}

/** One refund of a payment at a time: the lease is taken with the payment locked. */
function claim(services: Services, id: string): Promise<{ refund: RefundRow; payment: PaymentRow } | null> {
  return services.database.withSystem('whop', async (trx) => {
    const wanted = await trx<RefundRow>('refunds').where({ id }).first();
    if (!wanted || !isWaiting(wanted)) return null;
    const payment = await lockPayment(trx, wanted.payment_id);
    const busy = await trx('refunds')
      .where({ payment_id: payment.id })
      .whereRaw('leased_until > app_now()')
      .first<{ id: string } | undefined>('id');
    if (busy) throw new Unavailable('Another refund of this payment is under way');
    const refund = await trx<RefundRow>('refunds').where({ id }).forUpdate().first();
    if (!refund || !isWaiting(refund)) return null;
    await trx('refunds')
      .where({ id })
      .update({ leased_until: trx.raw(`app_now() + ${LEASE}`) });
    return { refund, payment };
  });
}

const isWaiting = ({ status }: RefundRow): boolean => status === 'requested' || status === 'waiting_for_balance';

async function readAndApply(services: Services, payment: PaymentRow): Promise<PaymentReading> {
  const reading = await services.whop.readPayment(payment.whop_payment_id);
  if (!reading) throw new Unavailable(`Whop does not know payment ${payment.whop_payment_id}`);
  await services.database.withSystem('whop', (trx) => applyPayment(services, trx, reading));
  return reading;
}

const current = (services: Services, id: string): Promise<RefundRow> =>
  services.database.withSystem('whop', (trx) => trx<RefundRow>('refunds').where({ id }).first() as Promise<RefundRow>);

/** Written before the call: whatever refund is at Whop afterwards and not in this list was made by it. */
const rememberAsking = (services: Services, id: string, before: PaymentReading): Promise<number> =>
  services.database.withSystem('whop', (trx) =>
    trx('refunds')
      .where({ id })
      // A question that is still open keeps the list it was asked with.
      .whereNull('asked_at')
      .update({ asked_at: trx.raw('app_now()'), known_refunds: (before.refunds ?? []).map((refund) => refund.id) }),
  );

/** A final answer to this attempt: the next one is a new question with a new key (contract 0.6). */
async function settle(
  services: Services,
  id: string,
  to: { status: 'paused' | 'waiting_for_balance' | 'failed'; error: string },
): Promise<void> {
  const waits = to.status === 'waiting_for_balance';
  await services.database.withSystem('whop', async (trx) => {
    const before = await lockRefund(trx, id);
    const settled = await trx('refunds')
      .where({ id, whop_refund_id: null })
      .whereIn('status', ['requested', 'waiting_for_balance'])
      .update({
        ...to,
        attempt: trx.raw('attempt + 1'),
        asked_at: null,
        next_attempt_at: waits ? trx.raw(`app_now() + interval '1 day'`) : null,
        waiting_since: waits ? trx.raw('coalesce(waiting_since, app_now())') : null,
      });
    if (settled === 0) return;
    if (to.status === 'failed') await tellOfRefund(trx, id, 'failed', to.error);
    // The daily tries are no news.
    if (waits && !before!.waiting_since) await tellOfRefund(trx, id, 'waiting');
  });
}

const release = (services: Services, id: string): Promise<number> =>
  services.database.withSystem('whop', (trx) => trx('refunds').where({ id }).update({ leased_until: null }));

/** A failed or stopped refund is asked for again, as a new question; one that was given up stays so. */
export const retryRefund = (
  services: Services,
  id: string,
  from: RefundRow['status'][] = ['failed', 'waiting_for_balance', 'paused'],
): Promise<number> =>
  services.database.withSystem('whop', async (trx) => {
    await lockRefund(trx, id);
    return trx('refunds')
      .where({ id, written_off_at: null })
      .whereIn('status', from)
      .update({
        status: 'requested',
        whop_refund_id: null,
        asked_at: null,
        error: null,
        attempt: trx.raw('attempt + 1'),
      });
  });
