import { z } from 'zod';
import { wholeNumber } from './fields.ts';

const source = (what: string) => z.enum(['environment', 'here'], `Choose where ${what} comes from`);

/** What the operator sets by hand; null leaves a setting to the environment. */
export const settingsForm = z
  .object({
    fee_from: source('the fee'),
    fee_bps: z.unknown(),
    refund_fee: z.enum(['environment', 'return', 'keep'], 'Choose what happens to the fee of a refund'),
  })
  .transform(({ fee_from, fee_bps, refund_fee }, context) => {
    const fee = fee_from === 'environment' ? null : wholeNumber('the fee', 0, 9_000).safeParse(fee_bps);
    if (fee && !fee.success)
      context.addIssue({ code: 'custom', path: ['fee_bps'], message: fee.error.issues[0]!.message });
    return {
      platformFeeBps: fee?.data ?? null,
      feeOnRefund: refund_fee === 'environment' ? null : refund_fee,
    };
  });
