import { z } from 'zod';
import { isCountry } from './countries.ts';
import { email, line } from './fields.ts';

const choice = z
  .string({ error: 'Choose the country you live in' })
  .trim()
  .toLowerCase()
  .refine(isCountry, 'Choose the country you live in');

/** Who wants to sell. The e-mail address is asked for only where the account has none, or Whop did not take it. */
export const onboardingForm = (known: string | null) =>
  z.object({
    display_name: line('the name that buyers see', 2, 80),
    country: choice,
    email: z.preprocess((typed) => (typeof typed === 'string' && typed.trim() ? typed : (known ?? typed)), email),
  });
