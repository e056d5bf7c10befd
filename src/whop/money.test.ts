import { expect, test } from 'vitest';
import fc from 'fast-check';
import { centsFromWhop, centsToWhop } from './money.ts';

test.each([
  [150, 15_000],
  [22.5, 2_250],
  [0.1 + 0.2, 30],
  [1.005, 101],
  ['25.00', 2_500],
  [' 7.5 ', 750],
  ['-4.35', -435],
  [{ amount: '25.00', currency: 'usd', decimals: 2 }, 2_500],
  [{ amount: 19.99 }, 1_999],
  [0, 0],
  [-0.001, 0],
  [null, null],
  [undefined, null],
  ['', null],
  ['many', null],
  ['1e3', null],
  [Number.NaN, null],
  [{}, null],
])('%j is %j cents', (given, cents) => {
  expect(centsFromWhop(given)).toBe(cents);
});

test('cents survive the way to Whop and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
      expect(centsFromWhop(centsToWhop(cents))).toBe(cents === 0 ? 0 : cents);
      expect(centsFromWhop(String(centsToWhop(cents)))).toBe(cents === 0 ? 0 : cents);
    }),
  );
});

test('half a cent is refused', () => {
  expect(() => centsToWhop(10.5)).toThrow('whole cents');
});
