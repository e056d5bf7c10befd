const formatters = new Map<string, Intl.NumberFormat>();

/** Cents as a person reads them: `$1,234.50`. Always with the currency's sign. */
export function formatMoney(cents: number, currency: string): string {
  let formatter = formatters.get(currency);
  if (!formatter) {
    formatter = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
    formatters.set(currency, formatter);
  }
  // -0 would read as a debt.
  return formatter.format(cents === 0 ? 0 : cents / 100);
}

/** The same with the currency's code, for totals: `$1,234.50 USD`. */
export const formatTotal = (cents: number, currency: string): string =>
  `${formatMoney(cents, currency)} ${currency.toUpperCase()}`;

/**
 * Reads an amount that a person typed in currency units: `25`, `25.5`, `25.50`, `1,250.00`, `$25`.
 * @returns whole cents, or null when it is no amount of at most two decimals
 */
export function parseMoney(text: string): number | null {
  const match = /^\$?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]!.replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0') || 0);
}
