import { acceptOffer, lockUnpaid } from '../../models/offer.ts';
import type { PurchaseEffect } from './effect.ts';
import { order } from './order.ts';

/**
 * An offer that is paid is accepted and becomes an order, with its own scope. One that was withdrawn after its checkout was
 * opened does too: the frozen scope wins, as it does over a gig that has changed.
 */
export const offer: PurchaseEffect = {
  apply: async (trx, checkout) => {
    const { offer_id: id } = checkout;
    if (id && !(await lockUnpaid(trx, id))) return { refused: 'The offer was paid before' };
    const done = await order.apply(trx, checkout);
    if (id && 'orderId' in done) await acceptOffer(trx, id, done.orderId!);
    return done;
  },
};
