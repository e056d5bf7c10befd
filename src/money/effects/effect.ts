import type { Transaction } from '../../database.ts';
import type { CheckoutRow } from '../../models/checkout.ts';

/** What a paid checkout brings about, by purpose. Runs as the system actor `whop`, in the transaction that applies the payment. */
export interface PurchaseEffect {
  /** @returns the order that the money belongs to (null: none), or why this is no longer possible: then the money goes back */
  apply(trx: Transaction, checkout: CheckoutRow): Promise<{ orderId: string | null } | { refused: string }>;
  /** All of the money went back. */
  undo?(trx: Transaction, checkout: CheckoutRow): Promise<void>;
}
