import { z } from 'zod';
import { email, uuid, wholeNumber } from './fields.ts';

export const amounts = z.record(z.string(), z.unknown()).default({});

/** What may be chosen. Prices and totals that a browser sends along are not even read (original defect 3). */
export const selectionForm = z
  .object({
    package: z.enum(['basic', 'standard', 'premium'], 'Choose one of the packages of this gig'),
    quantity: wholeNumber('a quantity', 1, 10).default(1),
    extras: amounts,
    /** A ticked extra may have its quantity in a list beside the box. */
    extra_quantities: amounts,
  })
  .transform(({ package: tier, quantity, extras, extra_quantities }) => ({
    tier,
    quantity,
    extras: Object.fromEntries(
      Object.entries(extras).map(([id, value]) => [id, count(value === '1' ? (extra_quantities[id] ?? value) : value)]),
    ),
  }));

export const checkoutForm = z.object({ gig: uuid, form_key: uuid.optional() });
export const postPurchaseForm = z.object({ post: uuid, form_key: uuid.optional() });
export const offerPurchaseForm = z.object({ offer: uuid, form_key: uuid.optional() });
export const guestForm = z.object({ email });

/** Not a number, an empty field or a fraction must not pass for a quantity; the price says what is wrong with it. */
export function count(value: unknown): number {
  const text = String(value).trim();
  if (text === '' || text === '0') return 0;
  return /^-?\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}
