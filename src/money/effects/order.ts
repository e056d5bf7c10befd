import { createOrder } from '../../models/order/create-order.ts';
import type { PurchaseEffect } from './effect.ts';

/** A purchase becomes an order. */
export const order: PurchaseEffect = {
  apply: async (trx, checkout) => ({ orderId: (await createOrder(trx, checkout)).id }),
};
