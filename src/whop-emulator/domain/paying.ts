import type { Emulator } from '../context.ts';
import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import { newId } from '../ids.ts';
import { processingFee } from '../money.ts';
import type { Checkout, Payment, PaymentMethod } from '../records.ts';
import { paymentEvent } from '../webhooks/events/payment.ts';
import { record, settlesAt } from './ledger.ts';
import { userByEmail } from './people.ts';

type Outcome = 'paid' | 'failed' | 'pending';

export interface Attempt {
  outcome: Outcome;
  email: string;
  name?: string | null;
  card?: { brand: 'visa' | 'mastercard'; last4: string };
  threeDs?: boolean;
  failureMessage?: string;
  /** When it happened, for stories that begin in the past. */
  at?: string;
}

/** One try to pay a checkout: makes a payment, whatever becomes of it. Nothing stops a second paid one (contract 4.6). */
export function pay(emulator: Emulator, checkout: Checkout, attempt: Attempt): Payment {
  const { store } = emulator;
  const { skipFee, amountOff = 0 } = store.faults.money;
  const now = attempt.at ?? new Date().toISOString();
  const user = userByEmail(store, attempt.email, attempt.name ?? null);
  const returning = [...store.payments.values()].find(
    ({ companyId, userId }) => companyId === checkout.companyId && userId === user.id,
  );
  const fee = checkout.applicationFeeCents;
  const payment: Payment = {
    id: newId('pay'),
    checkoutId: checkout.id,
    companyId: checkout.companyId,
    userId: user.id,
    memberId: returning?.memberId ?? newId('mber'),
    membershipId: newId('mem'),
    status: 'open',
    failed: false,
    currency: checkout.currency,
    totalCents: checkout.priceCents + amountOff,
    applicationFee: fee && !skipFee ? { id: newId('apfee'), cents: fee, createdAt: now } : null,
    failureMessage: null,
    failures: 0,
    method: null,
    billingName: attempt.name ?? user.name,
    threeDsVerified: false,
    autoRefunded: false,
    disputeAlertedAt: null,
    createdAt: now,
    updatedAt: now,
    lastAttemptAt: null,
    paidAt: null,
  };
  store.payments.set(payment.id, payment);
  emulator.webhooks.emit(paymentEvent(store, 'payment.created', payment));

  payment.method = methodOf(attempt, now);
  payment.threeDsVerified = attempt.threeDs ?? false;
  if (attempt.outcome === 'pending') {
    payment.status = 'pending';
    payment.lastAttemptAt = now;
    emulator.webhooks.emit(paymentEvent(store, 'payment.pending', payment));
  } else {
    conclude(emulator, payment, attempt.outcome, attempt.failureMessage, now);
  }
  store.touch();
  return payment;
}

/** A payment under way, as by bank debit, comes to its end. */
export function conclude(
  emulator: Emulator,
  payment: Payment,
  outcome: 'paid' | 'failed',
  failureMessage = 'Your card was declined.',
  at = new Date().toISOString(),
): void {
  const { store } = emulator;
  payment.lastAttemptAt = at;
  payment.updatedAt = at;
  if (outcome === 'failed') {
    Object.assign(payment, { status: 'open', failed: true, failureMessage, failures: payment.failures + 1 });
    payment.applicationFee = null;
    emulator.webhooks.emit(paymentEvent(store, 'payment.failed', payment));
    return store.touch();
  }
  Object.assign(payment, { status: 'paid', failed: false, failureMessage: null, paidAt: at });
  book(emulator, payment, at);
  emulator.webhooks.emit(paymentEvent(store, 'payment.succeeded', payment));
  store.touch();
}

/** Seller gets total less both fees, two days later; the platform gets its fee at once (an assumption: no source says when). */
function book({ store }: Emulator, payment: Payment, at: string): void {
  const { companyId, currency, id: causeId } = payment;
  record(store, {
    companyId,
    currency,
    cause: 'payment',
    causeId,
    cents: netCents(payment),
    availableAt: settlesAt(at),
  });
  if (!payment.applicationFee) return;
  record(store, {
    companyId: store.companies.get(companyId)?.parentId ?? EMULATOR_CREDENTIALS.platformCompanyId,
    currency,
    cause: 'application_fee',
    causeId: payment.applicationFee.id,
    cents: payment.applicationFee.cents,
    availableAt: at,
  });
}

/** What the seller keeps of a payment, in cents. */
export function netCents(payment: Payment): number {
  const { percentage, fixed } = processingFee(payment.totalCents);
  return payment.totalCents - (payment.applicationFee?.cents ?? 0) - percentage - fixed;
}

function methodOf(attempt: Attempt, createdAt: string): PaymentMethod {
  const id = newId('payt');
  if (attempt.outcome === 'pending' && !attempt.card) {
    return { id, type: 'sepa_debit', brand: null, last4: null, createdAt };
  }
  const card = attempt.card ?? { brand: 'visa', last4: attempt.outcome === 'failed' ? '0002' : '4242' };
  return { id, type: 'card', ...card, createdAt };
}
