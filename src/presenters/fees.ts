import type { Config } from '../config.ts';
import { splitFee } from '../money/fee.ts';
import { formatMoney } from '../money/format.ts';

const EXAMPLES_CENTS = [2_500, 10_000, 50_000];

/** The platform's share in words and in examples, computed as every order computes it. */
export function presentFees({ platformFeeBps, feeOnRefund, currency }: Config) {
  const money = (cents: number) => ({ text: formatMoney(cents, currency), cents });
  return {
    rate: `${platformFeeBps / 100} %`,
    none: platformFeeBps === 0,
    returned: feeOnRefund === 'return',
    table: {
      caption: 'What is left of a price',
      columns: [
        { text: 'The buyer pays' },
        { text: 'GigFlow keeps', number: true },
        { text: 'The seller receives', number: true },
      ],
      rows: EXAMPLES_CENTS.map((cents) => {
        const { feeCents, sellerCents } = splitFee(cents, platformFeeBps);
        return [money(cents), money(feeCents), money(sellerCents)];
      }),
    },
  };
}
