import { convergePayment } from '../../money/convergence.ts';
import type { Handler } from './handler.ts';
import { paymentIdIn } from './payment-id.ts';

/** A refund stands on its payment, and the payment counts (contract 5.1). */
export const refund: Handler = async ({ services, event }) => {
  const paymentId = paymentIdIn(event.data);
  return paymentId ? convergePayment(services, paymentId) : async () => {};
};
