import { z } from 'zod';
import { line, wholeNumber } from './fields.ts';

/** A kind of work that gigs stand under. */
export const categoryForm = z.object({
  name: line('a name', 2, 60),
  examples: line('examples', 2, 120),
  position: wholeNumber('the place in the list', 0, 999),
});
