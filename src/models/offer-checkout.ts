import type { Transaction } from '../database.ts';
import { Conflict, Forbidden, NotFound } from '../errors.ts';
import type { PricedPurchase } from '../money/price.ts';
import { findListing, freezeCheckout } from './checkout.ts';
import { requireOpen, type Offer } from './offer.ts';

interface OfferPurchase {
  offerId: string;
  buyerId: string;
  feeBps: number;
  formKey: string;
}

/**
 * Freezes the purchase of an offer, as the system actor; it takes a place in the seller's queue as any order does.
 * @returns the checkout's id; the one that waits for its payment when there is one, so that nobody pays for an offer twice
 * @throws NotFound for strangers, Forbidden for its seller, Conflict when it is not open, the conversation closed or the gig not on sale
 */
export async function freezeOffer(trx: Transaction, purchase: OfferPurchase): Promise<string> {
  const { offerId, buyerId, feeBps, formKey } = purchase;
  const offer = await trx('offers')
    .where({ id: offerId })
    .forUpdate()
    .first<(Offer & { blocked: boolean }) | undefined>(
      '*',
      trx.raw('conversation_is_blocked(buyer_id, seller_id) as blocked'),
    );
  if (!offer) throw new NotFound();
  if (offer.seller_id === buyerId) throw new Forbidden('This is your own offer: nobody can buy from himself.');
  if (offer.buyer_id !== buyerId) throw new NotFound();
  requireOpen(offer);
  if (offer.blocked) throw new Conflict('This conversation is closed, and its offer with it. Nothing was charged.');
  const begun = await trx('whop_checkout_configs')
    .where({ offer_id: offerId })
    .whereIn('status', ['creating', 'open'])
    .first<{ id: string } | undefined>('id');
  if (begun) return begun.id;
  const listing = await findListing(trx, { gig_id: offer.gig_id });
  if (!listing) throw new Conflict('The gig of this offer is not on sale just now. Nothing was charged.');
  const buyer = { buyer_id: buyerId, guest_buyer_id: null };
  return freezeCheckout(trx, { buyer, listing, purchase: purchaseOf(offer), feeBps, formKey, offer });
}

const purchaseOf = (offer: Offer): PricedPurchase => ({
  package: {
    tier: 'basic',
    title: 'Custom offer',
    description: offer.description,
    price_cents: offer.price_cents,
    delivery_days: offer.days,
    revisions: offer.revisions,
    includes: [],
  },
  quantity: 1,
  extras: [],
  packageCents: offer.price_cents,
  totalCents: offer.price_cents,
  days: offer.days,
  revisions: offer.revisions,
});
