import type { Transaction } from '../database.ts';
import type { CheckoutRow } from '../models/checkout.ts';

/**
 * A direct charge credits the seller at payment; the platform gets its fee. Three entries that sum to zero (a trigger
 * checks it at commit). Whop's processing costs are Whop's business with the seller and are read from Whop, not booked here.
 */
export async function recordSale(
  trx: Transaction,
  sale: { paymentId: string; orderId: string; checkout: CheckoutRow },
): Promise<void> {
  const { checkout } = sale;
  const common = {
    cause: 'sale',
    cause_id: sale.paymentId,
    order_id: sale.orderId,
    seller_id: checkout.seller_id,
    currency: checkout.currency,
  };
  await trx('ledger_entries').insert(
    [
      { ...common, account: 'buyer', amount_cents: -checkout.total_cents },
      { ...common, account: 'seller', amount_cents: checkout.seller_cents },
      { ...common, account: 'platform', amount_cents: checkout.fee_cents },
    ].filter((entry) => entry.amount_cents !== 0),
  );
}
