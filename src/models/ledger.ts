import type { Transaction } from '../database.ts';

/** A seller's money, all of it counted from the books and the rows that wait; nothing is stored beside them. Cents. */
export interface SellerBalance {
  /** What sales left him: after fees, refunds, lost disputes and Whop's own costs. */
  earned: number;
  /** What the bank has for him already. */
  paidOut: number;
  /** Withdrawals on their way. */
  onTheWay: number;
  /** Refunds and bank cases that may still take from it. */
  atRisk: number;
  /** earned - paidOut - onTheWay. */
  balance: number;
}

/** Row level security shows a seller his own entries. */
export async function sellerBalance(trx: Transaction, sellerId: string, currency: string): Promise<SellerBalance> {
  const { rows } = await trx.raw<{ rows: Omit<SellerBalance, 'balance'>[] }>(
    `select
       coalesce((select sum(amount_cents) from ledger_entries where seller_id = :seller and currency = :currency and account = 'seller' and cause not in ('payout', 'payout_return')), 0) as earned,
       coalesce((select sum(amount_cents) from ledger_entries where seller_id = :seller and currency = :currency and account = 'payout'), 0) as "paidOut",
       coalesce((select sum(amount_cents) from withdrawals where seller_id = :seller and currency = :currency and status not in ('completed', 'failed', 'canceled', 'denied', 'reversed')), 0) as "onTheWay",
       coalesce((select sum(r.amount_cents) from refunds r join orders o on o.id = r.order_id where o.seller_id = :seller and r.currency = :currency and r.status in ('requested', 'pending', 'waiting_for_balance')), 0)
       + coalesce((select sum(d.amount_cents) from disputes d join orders o on o.id = d.order_id where o.seller_id = :seller and d.source = 'whop' and d.status = 'open'), 0) as "atRisk"`,
    { seller: sellerId, currency },
  );
  const sums = rows[0]!;
  return { ...sums, balance: sums.earned - sums.paidOut - sums.onTheWay };
}
