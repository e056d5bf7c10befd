import type { Transaction } from '../../src/database.ts';
import {
  findCheckout,
  findListing,
  freezeCheckout,
  openCheckout,
  type CheckoutRow,
} from '../../src/models/checkout.ts';
import { priceOrder } from '../../src/money/price.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory, Tier } from '../story/types.ts';
import { extraId, gigId } from './gigs.ts';
import { storyId, whopId } from './ids.ts';
import { personId } from './stage.ts';

export const currency = 'usd';
const feeBps = 1000;

export interface Wish {
  key: string;
  gig: string;
  tier: Tier;
  buyer: string;
  extras?: Record<string, number>;
}

/** A paid order of the story: where its rows are, and who stands on its sides. */
export interface Purchase {
  key: string;
  orderId: string;
  paymentId: string;
  gig: GigStory;
  buyer: string;
  totalCents: number;
  feeCents: number;
}

export function gigNamed(key: string): GigStory {
  const gig = gigs.find((candidate) => candidate.key === key);
  if (!gig) throw new Error(`The story has no gig ${key}`);
  return gig;
}

/** Buys what is on sale, through the site's own pricing and checkout, and pays it. */
export async function purchase(trx: Transaction, wish: Wish): Promise<Purchase> {
  const checkout = await checkOut(trx, wish);
  const paid: Purchase = {
    key: wish.key,
    orderId: storyId('order', wish.key),
    paymentId: storyId('payment', wish.key),
    gig: gigNamed(wish.gig),
    buyer: wish.buyer,
    totalCents: checkout.total_cents,
    feeCents: checkout.fee_cents,
  };
  await writeOrder(trx, paid, checkout);
  await recordPayment(trx, paid, checkout);
  return paid;
}

async function checkOut(trx: Transaction, wish: Wish): Promise<CheckoutRow> {
  const listing = await findListing(trx, { gig_id: gigId(wish.gig) });
  if (!listing) throw new Error(`${wish.gig} is not on sale`);
  const extras = Object.entries(wish.extras ?? {}).map(([title, quantity]) => [extraId(wish.gig, title), quantity]);
  const priced = priceOrder(listing.doc, { tier: wish.tier, quantity: 1, extras: Object.fromEntries(extras) });
  if ('errors' in priced) throw new Error(`${wish.key}: ${priced.errors.map(({ text }) => text).join(', ')}`);
  const id = await freezeCheckout(trx, {
    buyer: { buyer_id: personId(wish.buyer), guest_buyer_id: null },
    listing,
    purchase: priced.purchase,
    feeBps,
    formKey: storyId('form', wish.key),
  });
  await openCheckout(trx, id, {
    whopCheckoutId: whopId('ch', wish.key),
    planId: whopId('plan', wish.key),
    purchaseUrl: '',
  });
  const checkout = await findCheckout(trx, id);
  if (!checkout) throw new Error(`${wish.key}: its checkout is gone`);
  return checkout;
}

/** The order that a paid checkout becomes. */
async function writeOrder(trx: Transaction, { key, orderId }: Purchase, checkout: CheckoutRow): Promise<void> {
  const { scope } = checkout;
  await trx('whop_checkout_configs')
    .where({ id: checkout.id })
    .update({ status: 'paid', checked_at: trx.raw('app_now()') });
  await trx('orders').insert({
    id: orderId,
    checkout_id: checkout.id,
    seller_id: checkout.seller_id,
    buyer_id: checkout.buyer_id,
    gig_id: checkout.gig_id,
    gig_slug: scope.slug,
    gig_revision_number: checkout.gig_revision_number,
    title: scope.title,
    package_tier: scope.package.tier,
    package_title: scope.package.title,
    quantity: scope.quantity,
    currency: checkout.currency,
    total_cents: checkout.total_cents,
    fee_bps: checkout.fee_bps,
    fee_cents: checkout.fee_cents,
    seller_cents: checkout.seller_cents,
    delivery_days: scope.days,
    revisions_allowed: scope.revisions,
    status: 'awaiting_requirements',
  });
  const bought = [
    { kind: 'package', ...scope.package, quantity: scope.quantity, days: scope.days },
    ...scope.extras.map((extra) => ({ kind: 'extra', extra_id: extra.id, description: '', includes: [], ...extra })),
  ];
  for (const [
    position,
    { kind, title, description, includes, unitCents, quantity, days, ...line },
  ] of bought.entries()) {
    await trx('order_items').insert({
      id: storyId('item', `${key}/${position}`),
      order_id: orderId,
      checkout_id: checkout.id,
      kind,
      extra_id: 'extra_id' in line ? line.extra_id : null,
      title,
      description,
      includes,
      quantity,
      unit_cents: unitCents,
      total_cents: unitCents * quantity,
      days,
      position,
    });
  }
  await trx('order_requirements').insert(
    scope.questions.map(({ kind, label, required, choices }, position) => ({
      id: storyId('requirement', `${key}/${position}`),
      order_id: orderId,
      position,
      kind,
      label,
      required,
      choices,
    })),
  );
}

async function recordPayment(trx: Transaction, paid: Purchase, checkout: CheckoutRow): Promise<void> {
  const whopPaymentId = whopId('pay', paid.key);
  await trx('whop_payments').insert({
    id: paid.paymentId,
    whop_payment_id: whopPaymentId,
    whop_checkout_id: checkout.whop_checkout_id,
    checkout_id: checkout.id,
    order_id: paid.orderId,
    whop_company_id: checkout.whop_company_id,
    status: 'paid',
    substatus: 'succeeded',
    currency: checkout.currency,
    total_cents: checkout.total_cents,
    fee_cents: checkout.fee_cents,
    disposition: 'applied',
    paid_at: trx.raw('app_now()'),
  });
  const entry = { cause: 'payment', cause_id: whopPaymentId, order_id: paid.orderId, currency: checkout.currency };
  await trx('ledger_entries').insert([
    { ...entry, account: 'buyer', amount_cents: -checkout.total_cents },
    { ...entry, account: 'seller', seller_id: checkout.seller_id, amount_cents: checkout.seller_cents },
    { ...entry, account: 'platform', amount_cents: checkout.fee_cents },
  ]);
}
