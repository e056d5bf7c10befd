import type { GigExtra } from '../models/gig-document.ts';
import { MAX_TOTAL_CENTS, type PriceErrors } from './price.ts';

interface Bought {
  kind: string;
  extra_id: string | null;
  quantity: number;
}

/** What of the frozen offer can still be added to an order: each extra up to its largest quantity. */
export const extrasLeft = (offered: GigExtra[], items: Bought[]): GigExtra[] =>
  offered
    .map((extra) => {
      const had = items.filter(({ extra_id }) => extra_id === extra.id).reduce((sum, item) => sum + item.quantity, 0);
      return { ...extra, max_quantity: extra.max_quantity - had };
    })
    .filter(({ max_quantity }) => max_quantity > 0);

/**
 * The price of extras bought later, by the order's own snapshot (product.md section 4).
 * @param wanted extra id -> how many
 */
export function priceExtras(
  left: GigExtra[],
  wanted: Record<string, number>,
): { extras: (GigExtra & { quantity: number })[]; totalCents: number } | { errors: PriceErrors } {
  const errors: PriceErrors = [];
  const extras: (GigExtra & { quantity: number })[] = [];
  for (const [id, quantity] of Object.entries(wanted)) {
    if (quantity === 0) continue;
    const extra = left.find((offered) => offered.id === id);
    if (!extra) errors.push({ field: 'extras', text: 'One of the extras was not offered with this order' });
    else if (!Number.isInteger(quantity) || quantity < 0 || quantity > extra.max_quantity)
      errors.push({ field: `extras-${id}`, text: `“${extra.title}” can be added up to ${extra.max_quantity} times` });
    else extras.push({ ...extra, quantity });
  }
  const totalCents = extras.reduce((sum, extra) => sum + extra.price_cents * extra.quantity, 0);
  if (!errors.length && totalCents === 0) errors.push({ field: 'extras', text: 'Choose at least one extra' });
  if (totalCents > MAX_TOTAL_CENTS) errors.push({ field: 'extras', text: 'Extras can cost up to $10,000.00 at once' });
  return errors.length ? { errors } : { extras, totalCents };
}
