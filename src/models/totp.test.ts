import { describe, expect, test } from 'vitest';
import { codeAt, matchingStep, newSecret, stepAt } from './totp.ts';

/** The secret of RFC 6238, appendix B: 12345678901234567890. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('RFC 6238, appendix B, the last six digits', () => {
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at %i', (seconds, code) => expect(codeAt(RFC, stepAt(new Date(seconds * 1000)))).toBe(code));
});

describe('a code', () => {
  const at = new Date('2026-11-21T12:00:10Z');
  const step = stepAt(at);
  test.each([
    ['this step', 0, step],
    ['the one before', -1, step - 1],
    ['the one after', 1, step + 1],
    ['two before', -2, null],
    ['two after', 2, null],
  ])('of %s', (_which, away, expected) => expect(matchingStep(RFC, codeAt(RFC, step + away), at, 0)).toBe(expected));

  test('works once', () => expect(matchingStep(RFC, codeAt(RFC, step), at, step)).toBeNull());

  test.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', codeAt(RFC, step) + '0'])('is not %j', (code) =>
    expect(matchingStep(RFC, code, at, 0)).toBeNull(),
  );
});

test('secrets have 160 bits and differ', () => {
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(newSecret());
});
