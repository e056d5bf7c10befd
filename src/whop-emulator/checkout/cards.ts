import { z } from 'zod';

/** Whop's sandbox numbers (contract 4.6). Any other well-formed number is declined as unknown. */
const DECLINED = 'Your card was declined.';
export const BANK_PASSWORD = 'Checkout1!';

export interface Card {
  brand: 'visa' | 'mastercard';
  last4: string;
  answer: 'accepted' | 'declined' | 'three_ds';
  message?: string;
}

export function readCard(number: string): Card | null {
  const digits = number.replace(/[\s-]/g, '');
  if (!/^\d{13,19}$/.test(digits)) return null;
  const brand = digits.startsWith('5') ? 'mastercard' : 'visa';
  const last4 = digits.slice(-4);
  if (digits === '4242424242424242' || digits === '4000000000000341') return { brand, last4, answer: 'accepted' };
  if (digits === '5385308360135181') return { brand, last4, answer: 'three_ds' };
  if (digits === '4000000000000002') return { brand, last4, answer: 'declined', message: DECLINED };
  return { brand, last4, answer: 'declined', message: 'This card number is not a test card.' };
}

export const paymentForm = z.object({
  email: z.email({ error: 'Enter an e-mail address.' }),
  name: z.string().trim().max(100).optional(),
  method: z.enum(['card', 'bank']).default('card'),
  card_number: z.string().default(''),
  expiry: z.string().default(''),
  cvc: z.string().default(''),
});

export type PaymentForm = z.infer<typeof paymentForm>;
