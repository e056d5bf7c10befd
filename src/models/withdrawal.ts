import { randomUUID } from 'node:crypto';
import { Conflict } from '../errors.ts';
import type { Transaction } from '../database.ts';

export interface WithdrawalRow {
  id: string;
  seller_id: string;
  whop_withdrawal_id: string | null;
  amount_cents: number;
  currency: string;
  payout_method_id: string | null;
  /** Whop's word; `requested` without an id of Whop's means that Whop has not answered yet. */
  status: string;
  error: string | null;
  attempt: number;
  asked_at: Date | null;
  known_withdrawals: string[];
  read_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export const ENDED = ['completed', 'failed', 'canceled', 'denied', 'reversed'];
/** The money stays with, or comes back to, the seller's balance. */
export const CAME_BACK = ['failed', 'canceled', 'denied', 'reversed'];

/**
 * Writes down that a seller wants his money, as the system actor, before Whop hears of it. One at a time: the seller's row is
 * locked, and a second press finds the first.
 * @throws Conflict when he may not withdraw just now
 * @returns the withdrawal's id; the first one's when this form was sent before
 */
export async function storeWithdrawal(
  trx: Transaction,
  wish: { sellerId: string; amountCents: number; currency: string; payoutMethodId: string; formKey: string },
): Promise<string> {
  const account = await trx('seller_accounts')
    .where({ user_id: wish.sellerId })
    .forUpdate()
    .first<{ kyc_status: string; owes: boolean }>('kyc_status', trx.raw('seller_owes(user_id) as owes'));
  const repeated = await trx('withdrawals')
    .where({ seller_id: wish.sellerId, form_key: wish.formKey })
    .first<{ id: string } | undefined>('id');
  if (repeated) return repeated.id;
  if (account.kyc_status !== 'verified') throw new Conflict('Withdrawals open once your identity is checked.');
  if (account.owes) throw new Conflict('A refund waits for your balance. Withdrawals open again when it is through.');
  const unanswered = await trx('withdrawals')
    .where({ seller_id: wish.sellerId, whop_withdrawal_id: null, status: 'requested' })
    .first('id');
  if (unanswered) throw new Conflict('Your last withdrawal is still on its way to Whop. Try again in a few minutes.');
  const id = randomUUID();
  await trx('withdrawals').insert({
    id,
    seller_id: wish.sellerId,
    amount_cents: wish.amountCents,
    currency: wish.currency,
    payout_method_id: wish.payoutMethodId,
    form_key: wish.formKey,
  });
  return id;
}

/** A seller's withdrawals, newest first; row level security shows him his own. */
export const withdrawalsOf = (trx: Transaction, sellerId: string): Promise<WithdrawalRow[]> =>
  trx<WithdrawalRow>('withdrawals').where({ seller_id: sellerId }).orderBy('created_at', 'desc').limit(50);
