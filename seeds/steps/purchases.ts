import { clock } from '../../src/clock.ts';
import type { Transaction } from '../../src/database.ts';
import {
  findCheckout,
  findListing,
  freezeCheckout,
  openCheckout,
  type CheckoutRow,
} from '../../src/models/checkout.ts';
import { createOrder } from '../../src/models/order/create-order.ts';
import { recordPayment, settlePayment } from '../../src/models/payment.ts';
import { recordSale } from '../../src/money/ledger.ts';
import { priceOrder } from '../../src/money/price.ts';
import { processingFee } from '../../src/whop-emulator/money.ts';
import type { PaymentReading, WhopPayment } from '../../src/whop/payment.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory, Tier } from '../story/types.ts';
import { gigId } from './gigs.ts';
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

/** Buys what is on sale, through the site's own pricing, checkout and books. */
export async function purchase(trx: Transaction, wish: Wish): Promise<Purchase> {
  const checkout = await checkOut(trx, wish);
  const payment = await recordPayment(trx, paymentOf(wish, checkout), checkout.id);
  const order = await createOrder(trx, checkout);
  const processingCents = processingOf(checkout);
  await recordSale(trx, { paymentId: payment.id, orderId: order.id, checkout, processingCents });
  await settlePayment(trx, payment.id, { disposition: 'applied', note: null, orderId: order.id });
  await trx('whop_checkout_configs').where({ id: checkout.id }).update({ status: 'paid' });
  return {
    key: wish.key,
    orderId: order.id,
    paymentId: payment.id,
    gig: gigNamed(wish.gig),
    buyer: wish.buyer,
    totalCents: checkout.total_cents,
    feeCents: checkout.fee_cents,
  };
}

/** What Whop would say of it. */
const paymentOf = (wish: Wish, checkout: CheckoutRow): WhopPayment & Pick<PaymentReading, 'netCents'> => ({
  id: whopId('pay', wish.key),
  status: 'paid',
  substatus: 'succeeded',
  paid: true,
  failed: false,
  whopCheckoutId: checkout.whop_checkout_id,
  checkoutId: checkout.id,
  companyId: checkout.whop_company_id,
  currency: checkout.currency,
  totalCents: checkout.total_cents,
  refundedCents: 0,
  feeCents: checkout.fee_cents,
  netCents: checkout.seller_cents - processingOf(checkout),
  failureMessage: null,
  paidAt: clock.now().toISOString(),
});

function processingOf({ total_cents }: CheckoutRow): number {
  const { percentage, fixed } = processingFee(total_cents);
  return percentage + fixed;
}

async function checkOut(trx: Transaction, wish: Wish): Promise<CheckoutRow> {
  const listing = await findListing(trx, { gig_id: gigId(wish.gig) });
  if (!listing) throw new Error(`${wish.gig} is not on sale`);
  const extras = Object.entries(wish.extras ?? {}).map(([title, quantity]) => {
    return [listing.doc.extras.find((extra) => extra.title === title)?.id ?? title, quantity];
  });
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
