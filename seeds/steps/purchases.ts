import type { Transaction } from '../../src/database.ts';
import { splitFee } from '../../src/money/fee.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory, PackageStory, Tier } from '../story/types.ts';
import { extraId, gigId, questionsOf, slugOf } from './gigs.ts';
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

interface Line {
  kind: 'package' | 'extra';
  extraId: string | null;
  title: string;
  description: string;
  includes: string[];
  quantity: number;
  unitCents: number;
  days: number;
}

export interface Purchase {
  key: string;
  orderId: string;
  checkoutId: string;
  paymentId: string;
  buyer: string;
  gig: GigStory;
  offer: PackageStory;
  lines: Line[];
  deliveryDays: number;
  totalCents: number;
  feeCents: number;
  sellerCents: number;
}

/** What the buyer will pay for, by the rules of product.md section 4. */
export function purchaseOf(wish: Wish): Purchase {
  const gig = gigNamed(wish.gig);
  const offer = gig.packages.find(({ tier }) => tier === wish.tier);
  if (!offer) throw new Error(`${gig.key} has no ${wish.tier} package`);
  const lines = [packageLine(offer), ...Object.entries(wish.extras ?? {}).map((extra) => extraLine(gig, ...extra))];
  const totalCents = lines.reduce((sum, line) => sum + line.unitCents * line.quantity, 0);
  return {
    key: wish.key,
    orderId: storyId('order', wish.key),
    checkoutId: storyId('checkout', wish.key),
    paymentId: storyId('payment', wish.key),
    buyer: wish.buyer,
    gig,
    offer,
    lines,
    deliveryDays: lines.reduce((sum, line) => sum + line.days * line.quantity, 0),
    totalCents,
    ...splitFee(totalCents, feeBps),
  };
}

export function gigNamed(key: string): GigStory {
  const gig = gigs.find((candidate) => candidate.key === key);
  if (!gig) throw new Error(`The story has no gig ${key}`);
  return gig;
}

const packageLine = (offer: PackageStory): Line => ({
  kind: 'package',
  extraId: null,
  title: offer.title,
  description: offer.description,
  includes: offer.includes,
  quantity: 1,
  unitCents: offer.price,
  days: offer.days,
});

function extraLine(gig: GigStory, title: string, quantity: number): Line {
  const extra = gig.extras.find((candidate) => candidate.title === title);
  if (!extra) throw new Error(`${gig.key} has no extra "${title}"`);
  return {
    kind: 'extra',
    extraId: extraId(gig.key, title),
    title,
    description: '',
    includes: [],
    quantity,
    unitCents: extra.price,
    days: extra.extraDays,
  };
}

/** The frozen agreement. */
function scopeOf(purchase: Purchase) {
  return purchase.lines;
}

/** Writes a paid checkout and the order that came of it: the rows that the convergence leaves behind. */
export async function pay(trx: Transaction, purchase: Purchase): Promise<void> {
  const { gig, offer, totalCents, feeCents, sellerCents } = purchase;
  const parties = { seller_id: personId(gig.seller), buyer_id: personId(purchase.buyer), gig_id: gigId(gig.key) };
  const price = { currency, total_cents: totalCents, fee_bps: feeBps, fee_cents: feeCents, seller_cents: sellerCents };
  await trx('whop_checkout_configs').insert({
    id: purchase.checkoutId,
    purpose: 'order',
    ...parties,
    gig_revision_number: 1,
    scope: JSON.stringify(scopeOf(purchase)),
    ...price,
    status: 'paid',
    whop_company_id: whopId('biz', gig.seller),
    whop_checkout_id: whopId('ch', purchase.key),
    whop_plan_id: whopId('plan', purchase.key),
    form_key: storyId('form', purchase.key),
    expires_at: trx.raw(`app_now() + interval '30 minutes'`),
    checked_at: trx.raw('app_now()'),
  });
  await trx('orders').insert({
    id: purchase.orderId,
    checkout_id: purchase.checkoutId,
    ...parties,
    gig_slug: slugOf(gig.title),
    gig_revision_number: 1,
    title: gig.title,
    package_tier: offer.tier,
    package_title: offer.title,
    quantity: 1,
    ...price,
    delivery_days: purchase.deliveryDays,
    revisions_allowed: offer.revisions,
    status: 'awaiting_requirements',
  });
  await trx('order_items').insert(purchase.lines.map((line, position) => itemRow(purchase, line, position)));
  await trx('order_requirements').insert(
    questionsOf(gig).map(({ kind, label, required, choices }, position) => ({
      id: storyId('requirement', `${purchase.key}/${position}`),
      order_id: purchase.orderId,
      position,
      kind,
      label,
      required,
      choices,
    })),
  );
  await recordPayment(trx, purchase);
}

function itemRow(purchase: Purchase, line: Line, position: number) {
  return {
    id: storyId('item', `${purchase.key}/${position}`),
    order_id: purchase.orderId,
    checkout_id: purchase.checkoutId,
    kind: line.kind,
    extra_id: line.extraId,
    title: line.title,
    description: line.description,
    includes: line.includes,
    quantity: line.quantity,
    unit_cents: line.unitCents,
    total_cents: line.unitCents * line.quantity,
    days: line.days,
    position,
  };
}

async function recordPayment(trx: Transaction, purchase: Purchase): Promise<void> {
  const { gig, totalCents, feeCents, sellerCents } = purchase;
  const whopPaymentId = whopId('pay', purchase.key);
  await trx('whop_payments').insert({
    id: purchase.paymentId,
    whop_payment_id: whopPaymentId,
    whop_checkout_id: whopId('ch', purchase.key),
    checkout_id: purchase.checkoutId,
    order_id: purchase.orderId,
    whop_company_id: whopId('biz', gig.seller),
    status: 'paid',
    substatus: 'succeeded',
    currency,
    total_cents: totalCents,
    fee_cents: feeCents,
    disposition: 'applied',
    paid_at: trx.raw('app_now()'),
  });
  const entry = { cause: 'payment', cause_id: whopPaymentId, order_id: purchase.orderId, currency };
  await trx('ledger_entries').insert([
    { ...entry, account: 'buyer', amount_cents: -totalCents },
    { ...entry, account: 'seller', seller_id: personId(gig.seller), amount_cents: sellerCents },
    { ...entry, account: 'platform', amount_cents: feeCents },
  ]);
}
