import type { Emulator } from '../context.ts';
import { isDeliverable } from '../domain/companies.ts';
import { pay } from '../domain/paying.ts';
import { newId } from '../ids.ts';
import type { Checkout, Payment, ThreeDsAttempt } from '../records.ts';
import { BANK_PASSWORD, type PaymentForm, paymentForm, readCard } from './cards.ts';

export type Result =
  | { kind: 'done'; payment: Payment }
  | { kind: 'declined'; payment: Payment; message: string }
  | { kind: 'three_ds'; attempt: ThreeDsAttempt }
  | { kind: 'invalid'; message: string };

/** One press of the pay button, on the hosted page or in the frame. `query` is kept for the way back from the bank. */
export function takePayment(emulator: Emulator, checkout: Checkout, input: unknown, query: string): Result {
  const form = paymentForm.safeParse(input);
  if (!form.success) return { kind: 'invalid', message: form.error.issues[0]?.message ?? 'Check what you entered.' };
  const { email, name = null, method } = form.data;
  if (!isDeliverable(email)) return { kind: 'invalid', message: 'This e-mail address does not accept mail.' };
  if (method === 'bank') return { kind: 'done', payment: pay(emulator, checkout, { outcome: 'pending', email, name }) };

  const card = readCard(form.data.card_number);
  if (!card || !isComplete(form.data)) return { kind: 'invalid', message: 'Your card details are incomplete.' };
  const { brand, last4, answer, message = '' } = card;
  if (answer === 'three_ds') {
    const attempt = { id: newId('tds'), checkoutId: checkout.id, email, name, card: { brand, last4 }, query };
    emulator.store.threeDsAttempts.set(attempt.id, attempt);
    return { kind: 'three_ds', attempt };
  }
  if (answer === 'accepted') {
    const payment = pay(emulator, checkout, { outcome: 'paid', email, name, card: { brand, last4 } });
    return { kind: 'done', payment };
  }
  const attempt = { outcome: 'failed' as const, email, name, card: { brand, last4 }, failureMessage: message };
  return { kind: 'declined', payment: pay(emulator, checkout, attempt), message };
}

/** The bank's answer to a 3-D Secure check: the right password pays, anything else declines. */
export function finishThreeDs(emulator: Emulator, attempt: ThreeDsAttempt, password: string | null): Result {
  const { store } = emulator;
  store.threeDsAttempts.delete(attempt.id);
  const checkout = store.checkouts.get(attempt.checkoutId);
  if (!checkout) return { kind: 'invalid', message: 'This session has expired.' };
  const { email, name, card } = attempt;
  if (password === BANK_PASSWORD) {
    return { kind: 'done', payment: pay(emulator, checkout, { outcome: 'paid', email, name, card, threeDs: true }) };
  }
  const message = 'Your bank did not confirm this payment.';
  const payment = pay(emulator, checkout, { outcome: 'failed', email, name, card, failureMessage: message });
  return { kind: 'declined', payment, message };
}

const isComplete = ({ expiry, cvc }: PaymentForm): boolean =>
  /^\d{2}\s*\/\s*\d{2,4}$/.test(expiry) && /^\d{3,4}$/.test(cvc);
