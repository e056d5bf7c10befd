import type { Transaction } from '../../src/database.ts';
import { storyId, whopId } from './ids.ts';
import { currency, type Purchase } from './purchases.ts';
import { personId } from './stage.ts';

/** All the money of an order went back, and the platform's fee to the seller: what the refund job leaves behind. */
export async function refundInFull(
  trx: Transaction,
  purchase: Purchase,
  cause: 'cancellation' | 'resolution',
): Promise<void> {
  const { key, orderId, totalCents, feeCents } = purchase;
  const refundId = storyId('refund', key);
  const seller_id = personId(purchase.gig.seller);
  await trx('refunds').insert({
    id: refundId,
    order_id: orderId,
    payment_id: purchase.paymentId,
    whop_refund_id: whopId('rf', key),
    amount_cents: totalCents,
    currency,
    cause,
    fee_policy: 'return',
    status: 'succeeded',
  });
  await trx('fee_returns').insert({
    id: storyId('fee return', key),
    refund_id: refundId,
    seller_id,
    amount_cents: feeCents,
    currency,
    status: 'succeeded',
    whop_transfer_id: whopId('ctt', key),
  });
  await trx('whop_payments')
    .where({ id: purchase.paymentId })
    .update({ refunded_cents: totalCents, substatus: 'refunded' });
  await trx('orders').where({ id: orderId }).update({ refunded_cents: totalCents });
  const entry = { order_id: orderId, currency };
  await trx('ledger_entries').insert([
    { ...entry, cause: 'refund', cause_id: whopId('rf', key), account: 'buyer', amount_cents: totalCents },
    { ...entry, cause: 'refund', cause_id: whopId('rf', key), account: 'seller', seller_id, amount_cents: -totalCents },
    {
      ...entry,
      cause: 'fee_return',
      cause_id: whopId('ctt', key),
      account: 'seller',
      seller_id,
      amount_cents: feeCents,
    },
    { ...entry, cause: 'fee_return', cause_id: whopId('ctt', key), account: 'platform', amount_cents: -feeCents },
  ]);
}
