/**
 * Reads an amount as Whop may write it: a number, a decimal string or `{ amount }` (contract 0.4, 4.4).
 * @returns whole cents, rounded half away from zero; null when there is no amount
 */
export function centsFromWhop(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return centsFromWhop((value as { amount?: unknown }).amount);
  const text = typeof value === 'number' ? plainDecimal(value) : String(value).trim();
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  const digits = (fraction + '000').slice(0, 3);
  const cents = Number(whole) * 100 + Number(digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0);
  return sign && cents !== 0 ? -cents : cents;
}

/** Cents as the decimal number that Whop expects; exact, because it goes through the decimal text. */
export function centsToWhop(cents: number): number {
  if (!Number.isSafeInteger(cents)) throw new Error('Amounts are whole cents');
  const text = String(Math.abs(cents)).padStart(3, '0');
  return Number(`${cents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`);
}

/** 0.1 + 0.2 arrives as 0.30000000000000004: ten decimals are more than any currency has. */
const plainDecimal = (value: number): string => (Number.isFinite(value) ? value.toFixed(10) : '');
