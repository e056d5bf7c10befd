import { badRequest } from '../api/errors.ts';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import type { Payment, Refund } from '../records.ts';
import type { Store } from '../store.ts';
import { disputesOf, isOpen } from './disputing.ts';
import { availabilityOf, balance, record } from './ledger.ts';
import { refundEvent } from '../webhooks/events/refund.ts';

const SETTLES_AFTER_MS = 25;

/** Newest first, failed ones included (contract 4.4). */
export const refundsOf = (store: Store, paymentId: string): Refund[] =>
  [...store.refunds.values()].filter((refund) => refund.paymentId === paymentId).reverse();

const isLive = ({ status }: Refund): boolean => status !== 'failed' && status !== 'canceled';

export const refundedCents = (store: Store, paymentId: string): number =>
  refundsOf(store, paymentId)
    .filter(({ status }) => status === 'succeeded')
    .reduce((sum, { cents }) => sum + cents, 0);

/** Cents that neither went back nor are on their way back. */
export const refundableCents = (store: Store, payment: Payment): number =>
  payment.totalCents -
  refundsOf(store, payment.id)
    .filter(isLive)
    .reduce((sum, { cents }) => sum + cents, 0);

/**
 * Starts a refund of `cents`, or of all that is left. It is pending at first and settles by itself a moment later;
 * the application fee is not given back (contract 5.1). Throws Whop's 400s.
 */
export function refund(emulator: Emulator, payment: Payment, cents: number | null): Refund {
  const { store } = emulator;
  const left = refundableCents(store, payment);
  if (payment.status !== 'paid') throw badRequest('This payment cannot be refunded.');
  if (disputesOf(store, payment.id).some(({ status }) => isOpen(status) || status === 'lost')) {
    throw badRequest('This payment has been disputed. Therefore, it cannot be refunded.');
  }
  if (left <= 0) throw badRequest('This payment has already been refunded.');
  const wanted = cents ?? left;
  if (wanted <= 0) throw badRequest('Refund amount must be greater than 0.', { param: 'partial_amount' });
  if (wanted > left) {
    throw badRequest('Refund amount cannot be more than the remaining amount.', { param: 'partial_amount' });
  }
  if (store.faults.money.requireBalance && held(store, payment.companyId) < wanted) {
    throw badRequest('Your balance is not enough to refund this payment.', { code: 'not_enough_balance' });
  }

  const created: Refund = {
    id: newId('rf'),
    paymentId: payment.id,
    companyId: payment.companyId,
    cents: wanted,
    currency: payment.currency,
    status: 'pending',
    createdAt: new Date().toISOString(),
    settledAt: null,
  };
  store.refunds.set(created.id, created);
  store.touch();
  emulator.webhooks.emit(refundEvent(store, 'refund.created', created));
  const outcome = store.faults.money.refunds;
  if (outcome !== 'pending') settleSoon(emulator, created, outcome ?? 'succeeded');
  return created;
}

/** The bank says what became of a refund. */
export function settleRefund(emulator: Emulator, subject: Refund, status: Refund['status']): void {
  const { store } = emulator;
  const payment = store.payments.get(subject.paymentId);
  if (!payment || subject.status === status) return;
  if (subject.status === 'succeeded') throw badRequest('This refund has already succeeded.');
  const now = new Date().toISOString();
  subject.status = status;
  subject.settledAt = now;
  payment.updatedAt = now;
  if (status === 'succeeded') {
    record(store, {
      companyId: payment.companyId,
      currency: payment.currency,
      cause: 'refund',
      causeId: subject.id,
      cents: -subject.cents,
      availableAt: availabilityOf(store, payment.companyId, payment.id),
    });
  }
  store.touch();
  emulator.webhooks.emit(refundEvent(store, 'refund.updated', subject));
}

/** After a restart: refunds that were about to settle still do. */
export function resumeRefunds(emulator: Emulator): void {
  for (const subject of emulator.store.refunds.values()) {
    if (subject.status === 'pending') settleSoon(emulator, subject, 'succeeded');
  }
}

function settleSoon(emulator: Emulator, subject: Refund, status: 'succeeded' | 'failed'): void {
  const timer = setTimeout(() => {
    const unchanged = emulator.store.refunds.get(subject.id) === subject && subject.status === 'pending';
    if (unchanged) settleRefund(emulator, subject, status);
  }, SETTLES_AFTER_MS);
  timer.unref();
}

function held(store: Store, companyId: string): number {
  const money = balance(store, companyId);
  return money ? money.available + money.pending : 0;
}
