/** Whop's border: decimals on the wire, integer cents inside (contract A.11). */
export const toCents = (units: number): number => Math.round(units * 100);
export const toUnits = (cents: number): number => cents / 100;

/** Whop's processing costs of a card payment: 2.7 % and 0.30, in cents (contract A.11, rest/payment.fees.json). */
export const processingFee = (totalCents: number): { percentage: number; fixed: number } => ({
  percentage: Math.round((totalCents * 27) / 1000),
  fixed: 30,
});

export const formatMoney = (cents: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() }).format(cents / 100);
