import type { GigDocument, GigExtra, GigPackage, PackageTier } from '../models/gig-document.ts';

export const MIN_TOTAL_CENTS = 500;
export const MAX_TOTAL_CENTS = 1_000_000;
export const MAX_QUANTITY = 10;

export interface Selection {
  tier: PackageTier;
  quantity: number;
  /** Extra id -> how many; zero means not wanted. */
  extras: Record<string, number>;
}

export interface PricedPurchase {
  package: GigPackage;
  quantity: number;
  extras: (GigExtra & { quantity: number })[];
  packageCents: number;
  totalCents: number;
  days: number;
  revisions: number;
}

/** What is wrong with a selection, by the form's field; empty when nothing is. */
export type PriceErrors = { field: string; text: string }[];

/**
 * The price of a purchase (product.md section 4): package x quantity + sum of extra x its quantity; days of the package
 * plus the extras' days x quantity; revisions are not multiplied. Computed from what is published, never from a form.
 */
export function priceOrder(
  doc: GigDocument,
  selection: Selection,
): { purchase: PricedPurchase } | { errors: PriceErrors } {
  const errors: PriceErrors = [];
  const chosen = doc.packages.find((offered) => offered.tier === selection.tier);
  if (!chosen) return { errors: [{ field: 'package', text: 'Choose one of the packages of this gig' }] };
  if (!Number.isInteger(selection.quantity) || selection.quantity < 1 || selection.quantity > MAX_QUANTITY) {
    errors.push({ field: 'quantity', text: `Choose a quantity from 1 to ${MAX_QUANTITY}` });
  }
  const extras: PricedPurchase['extras'] = [];
  for (const [id, quantity] of Object.entries(selection.extras)) {
    if (quantity === 0) continue;
    const extra = doc.extras.find((offered) => offered.id === id);
    if (!extra) errors.push({ field: 'extras', text: 'One of the extras does not belong to this gig' });
    else if (!Number.isInteger(quantity) || quantity < 0 || quantity > extra.max_quantity) {
      errors.push({
        field: `extras-${id}`,
        text: `“${extra.title}” can be ordered ${extra.max_quantity === 1 ? 'once' : `up to ${extra.max_quantity} times`}`,
      });
    } else extras.push({ ...extra, quantity });
  }
  if (errors.length) return { errors };
  const packageCents = chosen.price_cents * selection.quantity;
  const totalCents = extras.reduce((sum, extra) => sum + extra.price_cents * extra.quantity, packageCents);
  if (totalCents < MIN_TOTAL_CENTS || totalCents > MAX_TOTAL_CENTS) {
    return { errors: [{ field: 'quantity', text: 'An order can cost from $5.00 to $10,000.00' }] };
  }
  const days = extras.reduce((sum, extra) => sum + extra.extra_days * extra.quantity, chosen.delivery_days);
  return {
    purchase: {
      package: chosen,
      quantity: selection.quantity,
      extras,
      packageCents,
      totalCents,
      days,
      revisions: chosen.revisions,
    },
  };
}
