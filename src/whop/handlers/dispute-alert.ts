import { convergePayment } from '../../money/convergence.ts';
import { recordDisputeFees } from '../../money/ledger.ts';
import { lockPayment } from '../../models/payment.ts';
import { storeAlert } from '../../models/dispute-alert.ts';
import type { Handler } from './handler.ts';
import { alertFrom } from '../alert.ts';

/** A bank's early warning pauses nothing: it is kept, and told to the seller and the admins (contract 5.3). */
export const disputeAlert: Handler = async ({ services, event }) => {
  const { id, kind, paymentId, amountCents } = alertFrom(event.data);
  const payment = paymentId ? await convergePayment(services, paymentId) : null;
  const feeCents = paymentId ? await services.whop.disputeFeesOf(paymentId) : 0;
  return async (trx) => {
    await payment?.(trx);
    if (paymentId) {
      const row = await trx('whop_payments').where({ whop_payment_id: paymentId }).first<{ id: string }>('id');
      await recordDisputeFees(trx, await lockPayment(trx, row.id), feeCents, { onlyMore: true });
    }
    await storeAlert(trx, { whopAlertId: id, whopPaymentId: paymentId, kind, amountCents });
  };
};
