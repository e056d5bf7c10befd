import { z } from 'zod';
import { line, money, paragraphs, uuid, wholeNumber } from './fields.ts';

/** An offer as its seller types it, within the limits of a gig's packages; the price comes out in cents. */
export const offerForm = z.object({
  title: line('a title', 5, 100),
  description: paragraphs('what is included', 1, 2_000),
  price: money('the price', 500, 1_000_000),
  days: wholeNumber('the days', 1, 365),
  revisions: wholeNumber('the rounds of changes', 0, 50),
  form_key: uuid.optional(),
});
