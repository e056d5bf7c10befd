import { convergePayment } from '../../money/convergence.ts';
import { tellAdmins } from '../../models/notification.ts';
import type { Handler } from './handler.ts';
import { paymentIdIn } from './payment-id.ts';

/** A complaint at Whop's resolution centre: the admins hear of it; its money comes as a refund (contract 5.4). */
export const resolutionCase: Handler = async ({ services, event }) => {
  const paymentId = paymentIdIn(event.data);
  if (!paymentId) return async () => {};
  const payment = await convergePayment(services, paymentId);
  return async (trx) => {
    await payment(trx);
    const row = await trx('whop_payments').where({ whop_payment_id: paymentId }).first<{ order_id: string | null }>();
    if (row.order_id) await tellAdmins(trx, 'order.resolution_case', row.order_id);
  };
};
