import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney, parseMoney } from './format.ts';

test('what is shown can be typed again, to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
      expect(parseMoney(formatMoney(cents, 'usd'))).toBe(cents);
      expect(parseMoney((cents / 100).toFixed(2))).toBe(cents);
    }),
  );
});

test.each([
  ['25', 2_500],
  [' 12 ', 1_200],
  ['25.5', 2_550],
  ['0.07', 7],
  ['1,250.00', 125_000],
  ['$1,234,567.89', 123_456_789],
  ['0', 0],
  ['007', 700],
])('“%s” is %i cents', (typed, cents) => {
  expect(parseMoney(typed)).toBe(cents);
});

// Guessing what a comma means in another country would move money by a factor of a hundred or a thousand.
test.each([
  '1.234,56',
  '12,50',
  '1.234.567',
  '1 234.56',
  '1 234,56',
  '1’234.56',
  '1e3',
  '1E3',
  '-1',
  '+5',
  '−5',
  '0x10',
  'Infinity',
  'NaN',
  '',
  ' ',
  '.50',
  '12.',
  '0.001',
  '1,23',
  '12,3456',
  ',500',
  '1,,000',
  '٣',
  '\uff11\uff12',
  '1_000',
  '9999999999',
  '10 USD',
  '€10',
  '1;2',
  "1' or 1=1",
])('“%s” is no amount', (typed) => {
  expect(parseMoney(typed)).toBeNull();
});
