import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../database.ts';
import { NotFound } from '../../errors.ts';
import { splitFee } from '../../money/fee.ts';
import { CHECKOUT_HELD_FOR_MINUTES, type CheckoutRow, type CheckoutScope } from '../checkout.ts';

export interface LaterPurchase {
  orderId: string;
  purpose: 'extra' | 'tip';
  totalCents: number;
  /** Empty for a tip. */
  extras: CheckoutScope['extras'];
  feeBps: number;
  formKey: string;
}

/**
 * Freezes a purchase for an order that stands, as the system actor: what was agreed then is copied, what is bought now is new.
 * It takes no place in the seller's queue.
 * @returns the checkout's id; the first one's when this form was sent before
 */
export async function freezeLater(trx: Transaction, purchase: LaterPurchase): Promise<string> {
  const { orderId, purpose, totalCents, extras, feeBps, formKey } = purchase;
  const first = await trx<CheckoutRow>('whop_checkout_configs as c')
    .join('orders as o', 'o.checkout_id', 'c.id')
    .where('o.id', orderId)
    .first<(CheckoutRow & { owner_guest: string | null; owner: string | null }) | undefined>(
      'c.*',
      'o.buyer_id as owner',
      'o.guest_buyer_id as owner_guest',
    );
  if (!first) throw new NotFound();
  // Who claimed a guest's order since is its buyer.
  const buyer = { buyer_id: first.owner, guest_buyer_id: first.owner_guest };
  const repeated = await trx('whop_checkout_configs')
    .where({ ...buyer, form_key: formKey })
    .first<{ id: string } | undefined>('id');
  if (repeated) return repeated.id;
  const { feeCents, sellerCents } = splitFee(totalCents, feeBps);
  const id = randomUUID();
  await trx('whop_checkout_configs').insert({
    id,
    purpose,
    ...buyer,
    seller_id: first.seller_id,
    gig_id: first.gig_id,
    target_order_id: orderId,
    gig_revision_number: first.gig_revision_number,
    scope: JSON.stringify({ ...first.scope, extras, questions: [] } satisfies CheckoutScope),
    currency: first.currency,
    total_cents: totalCents,
    fee_bps: feeBps,
    fee_cents: feeCents,
    seller_cents: sellerCents,
    whop_company_id: first.whop_company_id,
    form_key: formKey,
    expires_at: trx.raw('app_now() + make_interval(mins => ?)', [CHECKOUT_HELD_FOR_MINUTES]),
  });
  return id;
}
