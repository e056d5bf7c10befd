import { clock } from '../clock.ts';
import { NotFound, WhopFailure } from '../errors.ts';
import { keyedOnce, type Connection } from './connection.ts';
import { centsFromWhop, centsToWhop } from './money.ts';

export interface Balance {
  availableCents: number;
  pendingCents: number;
  reserveCents: number;
}

export interface PayoutMethod {
  id: string;
  name: string;
  isDefault: boolean;
}

/** A withdrawal in GigFlow's words. `status` is Whop's own word (contract 6.2). */
export interface WhopWithdrawal {
  id: string;
  companyId: string | null;
  amountCents: number;
  currency: string;
  status: string;
  payoutMethodId: string | null;
  error: string | null;
  askedAt: Date;
}

export interface NewWithdrawal {
  companyId: string;
  amountCents: number;
  currency: string;
  payoutMethodId: string;
  key: string;
}

export interface Payouts {
  /** What a seller has at Whop in this currency; zeros when he never had money there. */
  readBalance(companyId: string, currency: string): Promise<Balance>;
  /** Where a seller's money can go. */
  payoutMethodsOf(companyId: string): Promise<PayoutMethod[]>;
  /** Sends a seller's money to his bank; never repeated by itself. @returns the withdrawal's id */
  withdraw(withdrawal: NewWithdrawal): Promise<string>;
  /** Null when Whop does not know it (yet). */
  readWithdrawal(withdrawalId: string): Promise<WhopWithdrawal | null>;
  /** A seller's withdrawals, newest first. */
  withdrawalsOf(companyId: string): Promise<{ id: string; amountCents: number }[]>;
}

/** The successor's words at newer pins (contract 0.4). */
const NEWER_WORDS: Record<string, string> = { in_review: 'awaiting_payment', processing: 'in_transit' };

export function payouts({ sdk, ask }: Connection): Payouts {
  return {
    readBalance: async (companyId, currency) => {
      const { balances } = await ask('ledgerAccounts.retrieve', () => sdk.ledgerAccounts.retrieve(companyId));
      const mine = balances.find((balance) => balance.currency.toLowerCase() === currency);
      return {
        availableCents: centsFromWhop(mine?.balance) ?? 0,
        pendingCents: centsFromWhop(mine?.pending_balance) ?? 0,
        reserveCents: centsFromWhop(mine?.reserve_balance) ?? 0,
      };
    },

    payoutMethodsOf: async (companyId) => {
      const page = await ask('payouts.methods.list', () => sdk.payouts.methods.list({ account_id: companyId }));
      return page.data
        .filter(({ status }) => status !== 'broken')
        .map((method) => ({
          id: method.id,
          name: [method.nickname ?? method.institution_name ?? 'Bank account', method.account_reference]
            .filter(Boolean)
            .join(' '),
          isDefault: method.is_default ?? false,
        }));
    },

    withdraw: async ({ companyId, amountCents, currency, payoutMethodId, key }) => {
      const amount = centsToWhop(amountCents);
      try {
        const created = await ask('withdrawals.create', () =>
          sdk.withdrawals.create(
            {
              company_id: companyId,
              amount,
              currency: currency as 'usd',
              payout_method_id: payoutMethodId,
              idempotency_key: key,
            },
            keyedOnce(key),
          ),
        );
        return created.id;
      } catch (error) {
        if (!(error instanceof WhopFailure) || error.status !== 410) throw error;
        const body = { account_id: companyId, amount, payout_method_id: payoutMethodId, currency };
        const created = await ask('payouts.create', () =>
          sdk.payouts.create(body as unknown as Parameters<typeof sdk.payouts.create>[0], keyedOnce(key)),
        );
        return created.id;
      }
    },

    readWithdrawal: async (withdrawalId) => {
      const askedAt = clock.now();
      try {
        const answer = await ask('withdrawals.retrieve', () => sdk.withdrawals.retrieve(withdrawalId));
        return {
          id: answer.id,
          companyId: answer.ledger_account?.company_id ?? null,
          amountCents: centsFromWhop(answer.amount) ?? 0,
          currency: answer.currency.toLowerCase(),
          status: NEWER_WORDS[answer.status] ?? answer.status,
          payoutMethodId: answer.payout_token?.id ?? null,
          error: answer.error_message ?? null,
          askedAt,
        };
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },

    withdrawalsOf: async (companyId) => {
      const page = await ask('withdrawals.list', () => sdk.withdrawals.list({ company_id: companyId, first: 50 }));
      return page.data.map(({ id, amount }) => ({ id, amountCents: centsFromWhop(amount) ?? 0 }));
    },
  };
}
