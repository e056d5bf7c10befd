import { hasUnlocked } from '../../models/post-checkout.ts';
import type { PurchaseEffect } from './effect.ts';

/** A paid post opens for its buyer, and closes again when the money went back. */
export const post: PurchaseEffect = {
  apply: async (trx, checkout) => {
    const { post_id, buyer_id, seller_id } = checkout;
    if (!post_id || !buyer_id) return { refused: 'A post is unlocked for an account' };
    await trx('posts').where({ id: post_id }).forUpdate().first('id');
    if (await hasUnlocked(trx, post_id, buyer_id)) return { refused: 'The post was open to you already' };
    await trx('post_unlocks')
      .insert({ post_id, user_id: buyer_id, seller_id, checkout_id: checkout.id })
      .onConflict(['post_id', 'user_id'])
      .merge({ checkout_id: checkout.id, locked_at: null });
    await trx('notifications').insert({
      user_id: seller_id,
      kind: 'post.sold',
      data: JSON.stringify({
        role: 'seller',
        title: checkout.scope.title,
        cents: checkout.total_cents,
        currency: checkout.currency,
      }),
    });
    return { orderId: null };
  },
  undo: async (trx, checkout) => {
    await trx('post_unlocks')
      .where({ checkout_id: checkout.id, locked_at: null })
      .update({ locked_at: trx.raw('app_now()') });
  },
};
