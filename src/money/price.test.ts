import { expect, test } from 'vitest';
import type { GigDocument } from '../models/gig-document.ts';
import { priceOrder } from './price.ts';

const language = { id: 'e1', title: 'Second language', price_cents: 2_000, extra_days: 1, max_quantity: 3 };
const menu: GigDocument = {
  title: 'Menu and price list for your café',
  description: '',
  tags: [],
  category: { slug: 'design', name: 'Design' },
  packages: [
    {
      tier: 'basic',
      title: 'One page',
      description: '',
      price_cents: 4_500,
      delivery_days: 3,
      revisions: 1,
      includes: [],
    },
    {
      tier: 'standard',
      title: 'Folded menu',
      description: '',
      price_cents: 9_500,
      delivery_days: 5,
      revisions: 2,
      includes: [],
    },
  ],
  extras: [language],
  faq: [],
  questions: [],
  images: [],
};
const errorsOf = (selection: Parameters<typeof priceOrder>[1]) => {
  const priced = priceOrder(menu, selection);
  return 'errors' in priced ? priced.errors.map((error) => error.field) : [];
};

test('two folded menus in three languages: $230.00 in 7 days with 2 rounds of changes', () => {
  const priced = priceOrder(menu, { tier: 'standard', quantity: 2, extras: { e1: 2 } });
  expect(priced).toMatchObject({ purchase: { totalCents: 23_000, packageCents: 19_000, days: 7, revisions: 2 } });
});

test('an extra with quantity zero is not bought', () => {
  expect(priceOrder(menu, { tier: 'basic', quantity: 1, extras: { e1: 0 } })).toMatchObject({
    purchase: { totalCents: 4_500, extras: [] },
  });
});

test('a package the gig lacks, odd quantities and foreign extras are refused (defects 4, 9, 19)', () => {
  expect(errorsOf({ tier: 'premium', quantity: 1, extras: {} })).toEqual(['package']);
  for (const quantity of [0, -1, 11, 1.5, Number.NaN, 1e9])
    expect(errorsOf({ tier: 'basic', quantity, extras: {} })).toEqual(['quantity']);
  expect(errorsOf({ tier: 'basic', quantity: 1, extras: { foreign: 1 } })).toEqual(['extras']);
  for (const quantity of [-1, 4, 0.5])
    expect(errorsOf({ tier: 'basic', quantity: 1, extras: { e1: quantity } })).toEqual(['extras-e1']);
});

test('totals stay between $5.00 and $10,000.00', () => {
  const dear = { ...menu, packages: [{ ...menu.packages[0]!, price_cents: 500_000 }] };
  expect(priceOrder(dear, { tier: 'basic', quantity: 2, extras: {} })).toHaveProperty('purchase.totalCents', 1_000_000);
  expect(priceOrder(dear, { tier: 'basic', quantity: 3, extras: {} })).toHaveProperty('errors');
});
