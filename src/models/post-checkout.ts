import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Conflict, Forbidden, NotFound } from '../errors.ts';
import { splitFee } from '../money/fee.ts';
import { CHECKOUT_HELD_FOR_MINUTES, type CheckoutScope } from './checkout.ts';
import type { Post } from './post.ts';

interface PostOnSale extends Post {
  username: string;
  display_name: string;
  kyc_status: string;
  whop_company_id: string | null;
  suspended_at: Date | null;
}

interface PostPurchase {
  postId: string;
  buyerId: string;
  feeBps: number;
  currency: string;
  formKey: string;
}

/**
 * Freezes the purchase of a paid post, as the system actor. It takes no place in the seller's queue (product.md section 4).
 * @returns the checkout's id; the first one's when this form was sent before
 * @throws NotFound, Forbidden for the author, Conflict when it is open already or cannot be sold just now
 */
export async function freezePost(trx: Transaction, purchase: PostPurchase): Promise<string> {
  const { postId, buyerId, feeBps, currency, formKey } = purchase;
  const repeated = await trx('whop_checkout_configs')
    .where({ buyer_id: buyerId, form_key: formKey })
    .first<{ id: string } | undefined>('id');
  if (repeated) return repeated.id;
  const post = await findOnSale(trx, postId);
  if (!post) throw new NotFound();
  if (post.seller_id === buyerId) throw new Forbidden('This is your own post: nobody can buy from himself.');
  if (await hasUnlocked(trx, postId, buyerId))
    throw new Conflict('You have bought this post already. It is open to you.');
  if (post.suspended_at || post.kyc_status !== 'verified' || !post.whop_company_id)
    throw new Conflict(`${post.display_name} cannot take payments just now. Nothing was charged.`);
  const { feeCents, sellerCents } = splitFee(post.price_cents, feeBps);
  const id = randomUUID();
  await trx('whop_checkout_configs').insert({
    id,
    purpose: 'post',
    buyer_id: buyerId,
    seller_id: post.seller_id,
    post_id: postId,
    scope: JSON.stringify(scopeOf(post)),
    currency,
    total_cents: post.price_cents,
    fee_bps: feeBps,
    fee_cents: feeCents,
    seller_cents: sellerCents,
    whop_company_id: post.whop_company_id,
    form_key: formKey,
    expires_at: trx.raw('app_now() + make_interval(mins => ?)', [CHECKOUT_HELD_FOR_MINUTES]),
  });
  return id;
}

/** Whether somebody paid for a post and the money stayed. */
export async function hasUnlocked(trx: Transaction, postId: string, userId: string): Promise<boolean> {
  const unlock = await trx('post_unlocks')
    .where({ post_id: postId, user_id: userId, locked_at: null })
    .first('post_id');
  return unlock !== undefined;
}

const findOnSale = (trx: Transaction, id: string): Promise<PostOnSale | undefined> =>
  trx('posts as p')
    .join('users as u', 'u.id', 'p.seller_id')
    .join('profiles as s', 's.user_id', 'p.seller_id')
    .join('seller_accounts as a', 'a.user_id', 'p.seller_id')
    .where('p.id', id)
    .whereNotNull('p.published_at')
    .first<PostOnSale | undefined>(
      'p.*',
      's.username',
      's.display_name',
      'a.kyc_status',
      'a.whop_company_id',
      'u.suspended_at',
    );

const scopeOf = (post: PostOnSale): CheckoutScope => ({
  title: post.title,
  slug: '',
  sellerName: post.display_name,
  sellerUsername: post.username,
  package: { tier: 'basic', title: 'Paid post', description: post.teaser, includes: [], unitCents: post.price_cents },
  quantity: 1,
  extras: [],
  offeredExtras: [],
  questions: [],
  days: 0,
  revisions: 0,
});
