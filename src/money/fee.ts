/**
 * Splits a total between platform and seller (product.md section 4): the fee is rounded half up, the seller gets the exact rest.
 * @param totalCents whole cents, not negative
 * @param feeBps basis points, 0 to 10000
 */
export function splitFee(totalCents: number, feeBps: number): { feeCents: number; sellerCents: number } {
  if (!Number.isSafeInteger(totalCents) || totalCents < 0) throw new RangeError('The total must be whole cents');
  if (!Number.isInteger(feeBps) || feeBps < 0 || feeBps > 10_000)
    throw new RangeError('The fee must be 0 to 10000 basis points');
  const feeCents = Math.floor((totalCents * feeBps + 5_000) / 10_000);
  return { feeCents, sellerCents: totalCents - feeCents };
}
