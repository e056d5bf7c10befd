import { z } from 'zod';
import { amounts, count } from './checkout-form.ts';
import { money } from './fields.ts';

/** Extra id -> how many, as in the order options. */
export const extrasForm = z
  .object({ extras: amounts, extra_quantities: amounts })
  .transform(({ extras, extra_quantities }) => ({
    extras: Object.fromEntries(
      Object.entries(extras).map(([id, value]) => [id, count(value === '1' ? (extra_quantities[id] ?? value) : value)]),
    ),
  }));

export const tipForm = z.object({ amount: money('the tip', 100, 100_000) });
