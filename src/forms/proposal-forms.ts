import { z } from 'zod';
import { formatMoney } from '../money/format.ts';
import { money, paragraphs, wholeNumber } from './fields.ts';

const reason = paragraphs('a reason', 1, 2_000);

export const reasonForm = z.object({ reason });

export const extensionForm = z.object({ days: wholeNumber('the days', 1, 365), reason });

/** A part refund: from one cent to one less than is left. */
export const settlementForm = (leftCents: number, currency: string) =>
  z.object({ refund: part(leftCents, currency), reason });

export const statementForm = z.object({ body: paragraphs('what you want to say', 1, 5_000) });

const OUTCOMES = ['refund', 'split', 'release'] as const;

/** How a dispute ends; only a split has an amount. */
export const resolutionForm = (leftCents: number, currency: string) =>
  z
    .object({
      outcome: z.enum(OUTCOMES, { error: 'Choose how the dispute ends' }),
      refund: z.unknown().optional(),
      reason,
    })
    .transform(({ outcome, refund, reason: why }, context) => {
      if (outcome !== 'split') return { outcome, refund: null, reason: why };
      const parsed = part(leftCents, currency).safeParse(refund);
      for (const { message } of parsed.error?.issues ?? [])
        context.addIssue({ code: 'custom', path: ['refund'], message });
      return { outcome, refund: parsed.data ?? 0, reason: why };
    });

const part = (leftCents: number, currency: string) =>
  money('the refund', 1, Number.MAX_SAFE_INTEGER).refine((cents) => cents < leftCents, {
    message:
      leftCents > 1
        ? `The refund must be less than the ${formatMoney(leftCents, currency)} that are left`
        : 'Nothing is left of this order to share',
  });
