import { z } from 'zod';
import { money, paragraphs, uuid } from './fields.ts';

const MOST = 1_000_000_00;

export const matchForm = z.object({
  checkout: z
    .string({ error: 'Enter the checkout’s id' })
    .trim()
    .toLowerCase()
    .pipe(uuid.or(z.never({ error: 'Enter the id of a checkout' }))),
});

/** @param leftCents what can still go back, cents */
export const orderRefundForm = (leftCents: number) =>
  z.object({
    amount: money('the amount', 1, leftCents),
    reason: paragraphs('a reason', 3, 500),
  });

export const writeOffForm = z.object({ reason: paragraphs('a reason', 3, 500) });

/** @param availableCents what Whop says is there, cents; @param methods ids of the seller's own payout methods */
export const withdrawalForm = (availableCents: number, methods: string[]) =>
  z.object({
    amount: money('the amount', 200, MOST).refine((cents) => cents <= availableCents, {
      error: `You can withdraw up to ${(availableCents / 100).toFixed(2)}`,
    }),
    payout_method_id: z
      .string({ error: 'Choose where the money goes' })
      .refine((id) => methods.includes(id), { error: 'Choose one of your payout methods' }),
    form_key: uuid,
  });
