import type { PurchaseEffect } from './effect.ts';

/** A paid post opens for its buyer, and closes again when the money went back. */
export const post: PurchaseEffect = {
  apply: async (trx, checkout) => {
    if (!checkout.post_id || !checkout.buyer_id) return { refused: 'A post is unlocked for an account' };
    await trx('post_unlocks')
      .insert({ post_id: checkout.post_id, user_id: checkout.buyer_id, checkout_id: checkout.id })
      .onConflict(['post_id', 'user_id'])
      .merge({ checkout_id: checkout.id, locked_at: null });
    return { orderId: null };
  },
  undo: async (trx, checkout) => {
    await trx('post_unlocks')
      .where({ checkout_id: checkout.id, locked_at: null })
      .update({ locked_at: trx.raw('app_now()') });
  },
};
