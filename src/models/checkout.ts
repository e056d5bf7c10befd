import { randomUUID } from 'node:crypto';
import { clock } from '../clock.ts';
import type { Transaction } from '../database.ts';
import { Conflict } from '../errors.ts';
import { splitFee } from '../money/fee.ts';
import type { PricedPurchase } from '../money/price.ts';
import type { GigDocument, GigExtra, GigQuestion, PackageTier } from './gig-document.ts';

/** How long a checkout keeps its price and its place in the seller's queue (product.md section 2). */
export const CHECKOUT_HELD_FOR_MINUTES = 30;

/** The purchase as it was agreed. Nothing in it follows later edits of the gig. */
export interface CheckoutScope {
  title: string;
  slug: string;
  sellerName: string;
  /** Whose storefront a paid post stands on. */
  sellerUsername?: string;
  /** Where an offer was made. */
  conversationId?: string;
  package: { tier: PackageTier; title: string; description: string; includes: string[]; unitCents: number };
  quantity: number;
  extras: { id: string; title: string; unitCents: number; quantity: number; days: number }[];
  /** What the gig offered besides, for extras bought later. */
  offeredExtras: GigExtra[];
  questions: GigQuestion[];
  days: number;
  revisions: number;
}

export interface CheckoutRow {
  id: string;
  purpose: 'order' | 'extra' | 'tip' | 'post' | 'offer';
  seller_id: string;
  buyer_id: string | null;
  guest_buyer_id: string | null;
  gig_id: string | null;
  /** What an extra or a tip is for. */
  target_order_id: string | null;
  post_id: string | null;
  offer_id: string | null;
  gig_revision_number: number | null;
  scope: CheckoutScope;
  currency: string;
  total_cents: number;
  fee_bps: number;
  fee_cents: number;
  seller_cents: number;
  status: 'creating' | 'open' | 'paid' | 'failed' | 'expired';
  attempt: number;
  whop_company_id: string;
  whop_checkout_id: string | null;
  whop_plan_id: string | null;
  purchase_url: string | null;
  failure_message: string | null;
  expires_at: Date;
  created_at: Date;
}

export type Buyer = { buyer_id: string; guest_buyer_id: null } | { buyer_id: null; guest_buyer_id: string };

export interface Listing {
  gig_id: string;
  slug: string;
  seller_id: string;
  seller_name: string;
  revision_number: number;
  currency: string;
  doc: GigDocument;
}

/** A published gig by id or slug, as the public sees it. */
export const findListing = (
  trx: Transaction,
  by: { gig_id: string } | { slug: string },
): Promise<Listing | undefined> =>
  trx('gig_listings')
    .where(by)
    .first<Listing | undefined>('gig_id', 'slug', 'seller_id', 'seller_name', 'revision_number', 'currency', 'doc');

/** A checkout that the asker may see. */
export const findCheckout = (trx: Transaction, id: string): Promise<CheckoutRow | undefined> =>
  trx<CheckoutRow>('whop_checkout_configs').where({ id }).first();

/**
 * Freezes a purchase, as the system actor: takes a place in the seller's queue under a lock on his row.
 * @throws Conflict when the seller is away or has as many orders as he takes
 * @returns the checkout's id; the first one's when this form was sent before
 */
export async function freezeCheckout(
  trx: Transaction,
  order: {
    buyer: Buyer;
    listing: Listing;
    purchase: PricedPurchase;
    feeBps: number;
    formKey: string;
    /** What is bought instead of a package. */
    offer?: { id: string; title: string; conversation_id: string };
  },
): Promise<string> {
  const { buyer, listing, purchase, feeBps, formKey, offer } = order;
  const sellerAccount = await trx('seller_accounts')
    .where({ user_id: listing.seller_id })
    .forUpdate()
    .first<{ whop_company_id: string | null; away_until: Date | null; max_active_orders: number }>(
      'whop_company_id',
      'away_until',
      'max_active_orders',
    );
  const repeated = await trx('whop_checkout_configs')
    .where({ ...buyer, form_key: formKey })
    .first<{ id: string } | undefined>('id');
  if (repeated) return repeated.id;
  if (!sellerAccount?.whop_company_id) throw new Conflict(`${listing.seller_name} cannot take payments just now.`);
  await refuseFullQueue(trx, listing, sellerAccount);
  const { feeCents, sellerCents } = splitFee(purchase.totalCents, feeBps);
  const id = randomUUID();
  await trx('whop_checkout_configs').insert({
    id,
    purpose: offer ? 'offer' : 'order',
    offer_id: offer?.id ?? null,
    ...buyer,
    seller_id: listing.seller_id,
    gig_id: listing.gig_id,
    gig_revision_number: listing.revision_number,
    scope: JSON.stringify({
      ...scopeOf(listing, purchase),
      ...(offer && { title: offer.title, conversationId: offer.conversation_id }),
    }),
    currency: listing.currency,
    total_cents: purchase.totalCents,
    fee_bps: feeBps,
    fee_cents: feeCents,
    seller_cents: sellerCents,
    whop_company_id: sellerAccount.whop_company_id,
    form_key: formKey,
    expires_at: trx.raw(`app_now() + make_interval(mins => ?)`, [CHECKOUT_HELD_FOR_MINUTES]),
  });
  return id;
}

async function refuseFullQueue(
  trx: Transaction,
  listing: Listing,
  account: { away_until: Date | null; max_active_orders: number },
): Promise<void> {
  if (account.away_until && account.away_until > clock.now()) {
    throw new Conflict(
      `${listing.seller_name} is away until ${account.away_until.toISOString().slice(0, 10)}. Come back then.`,
    );
  }
  const { rows } = await trx.raw<{ rows: { active: number; next: Date | null }[] }>(
    `select (select count(*) from orders where seller_id = :seller and status in ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'cancel_requested'))
          + (select count(*) from whop_checkout_configs where seller_id = :seller and purpose in ('order', 'offer') and status in ('creating', 'open') and expires_at > app_now()) as active,
       (select min(due_at) from orders where seller_id = :seller and status in ('in_progress', 'revision_requested') and due_at > app_now()) as next`,
    { seller: listing.seller_id },
  );
  const { active, next } = rows[0]!;
  if (active < account.max_active_orders) return;
  const when = next ? ` A place may be free after ${next.toISOString().slice(0, 10)}.` : ' Try again in half an hour.';
  throw new Conflict(`${listing.seller_name} has as many orders as fit just now.${when} Nothing was charged.`);
}

function scopeOf(listing: Listing, purchase: PricedPurchase): CheckoutScope {
  const { package: chosen } = purchase;
  return {
    title: listing.doc.title,
    slug: listing.slug,
    sellerName: listing.seller_name,
    package: {
      tier: chosen.tier,
      title: chosen.title,
      description: chosen.description,
      includes: chosen.includes,
      unitCents: chosen.price_cents,
    },
    quantity: purchase.quantity,
    extras: purchase.extras.map((extra) => ({
      id: extra.id,
      title: extra.title,
      unitCents: extra.price_cents,
      quantity: extra.quantity,
      days: extra.extra_days * extra.quantity,
    })),
    offeredExtras: listing.doc.extras,
    questions: listing.doc.questions,
    days: purchase.days,
    revisions: purchase.revisions,
  };
}

/** Stores what Whop answered; the first answer stays when two came. */
export const openCheckout = (
  trx: Transaction,
  id: string,
  whop: { whopCheckoutId: string; planId: string | null; purchaseUrl: string },
): Promise<number> =>
  trx('whop_checkout_configs').where({ id, status: 'creating' }).update({
    status: 'open',
    whop_checkout_id: whop.whopCheckoutId,
    whop_plan_id: whop.planId,
    purchase_url: whop.purchaseUrl,
  });

/** After a refusal the next try needs a new idempotency key: Whop binds a key to its first body (contract 0.6). */
export const nextAttempt = (trx: Transaction, id: string, attempt: number): Promise<number> =>
  trx('whop_checkout_configs')
    .where({ id, status: 'creating', attempt })
    .update({ attempt: attempt + 1 });
