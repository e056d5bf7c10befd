import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsFromWhop, centsToWhop } from '../whop/money.ts';
import { splitFee } from './fee.ts';
import { formatMoney, parseMoney } from './format.ts';

test('ten percent of $115.00 is $11.50', () => {
  expect(splitFee(11_500, 1_000)).toEqual({ feeCents: 1_150, sellerCents: 10_350 });
});

test('half a cent is rounded up, and the seller gets the exact rest', () => {
  expect(splitFee(505, 1_000)).toEqual({ feeCents: 51, sellerCents: 454 });
  expect(splitFee(504, 1_000)).toEqual({ feeCents: 50, sellerCents: 454 });
});

test('no fee and a fee of everything', () => {
  expect(splitFee(999, 0)).toEqual({ feeCents: 0, sellerCents: 999 });
  expect(splitFee(999, 10_000)).toEqual({ feeCents: 999, sellerCents: 0 });
});

test('for every price and fee the parts add up and neither is negative', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 10_000 }), (total, bps) => {
      const { feeCents, sellerCents } = splitFee(total, bps);
      expect(feeCents + sellerCents).toBe(total);
      expect(Math.min(feeCents, sellerCents)).toBeGreaterThanOrEqual(0);
      const over = feeCents * 10_000 - total * bps;
      expect(over > -5_000 && over <= 5_000, 'the nearest cent, and half a cent goes up').toBe(true);
      if (bps === 0) expect(feeCents).toBe(0);
      if (bps === 10_000) expect(sellerCents).toBe(0);
    }),
    {
      numRuns: 20_000,
      examples: [
        [1, 0],
        [1, 10_000],
        [1_000_000, 0],
        [1_000_000, 10_000],
        [1, 5_000],
        [500, 9_000],
      ],
    },
  );
});

test('amounts cross the border to Whop and back without loss', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (cents) => {
      expect(centsFromWhop(centsToWhop(cents))).toBe(cents);
      expect(centsFromWhop({ amount: (cents / 100).toFixed(2) })).toBe(cents);
    }),
  );
});

test('what is no amount is null, never zero', () => {
  for (const junk of [null, undefined, '', 'NaN', 'ten', {}, { amount: null }, Number.NaN, Infinity]) {
    expect(centsFromWhop(junk)).toBeNull();
  }
});

test('people read and write money with two decimals (defect 53)', () => {
  expect(formatMoney(1_000, 'usd')).toBe('$10.00');
  expect(formatMoney(-0, 'usd')).toBe('$0.00');
  expect(formatMoney(123_450, 'usd')).toBe('$1,234.50');
  expect(parseMoney('1,250.5')).toBe(125_050);
  expect(parseMoney(' $25 ')).toBe(2_500);
  for (const junk of ['', '-5', '1.234', '1,2', 'ten', '1e3', '0x10']) expect(parseMoney(junk)).toBeNull();
});
