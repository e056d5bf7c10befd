import { Router } from 'express';
import type Whop from '@whop/sdk';
import type { Emulator } from '../context.ts';
import { balance } from '../domain/ledger.ts';
import { toUnits } from '../money.ts';
import type { Company } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit } from './authentication.ts';
import { notFound } from './errors.ts';
import { buildPayoutAccount } from './identity.ts';

export function buildLedgerAccount(store: Store, company: Company): Whop.LedgerAccountRetrieveResponse {
  const money = balance(store, company.id);
  return {
    id: company.ledgerId,
    ledger_type: 'primary',
    owner: { typename: 'Company', id: company.id, route: company.route, title: company.title },
    // Empty for an account that never had money (contract 3.1, measured).
    balances: money
      ? [
          {
            currency: 'usd',
            balance: toUnits(money.available),
            pending_balance: toUnits(money.pending),
            reserve_balance: 0,
          },
        ]
      : [],
    payments_approval_status: company.identity.status === 'not_started' ? 'pending' : 'approved',
    payout_account_details: buildPayoutAccount(company),
    transfer_fee: null,
    treasury_balance: null,
  };
}

/** The company that a `biz_`, `ldgr_` or owner's `user_` id means. */
export function companyOfLedger(store: Store, id: string): Company | undefined {
  return (
    store.companies.get(id) ??
    [...store.companies.values()].find(({ ledgerId, ownerId }) => ledgerId === id || ownerId === id)
  );
}

export function ledgerAccounts(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  router.get('/ledger_accounts/:id', permit(emulator, 'company:balance:read', 'payout:account:read'), (req, res) => {
    const company = companyOfLedger(store, pathId(req));
    if (!company) throw notFound('Ledger account');
    res.json(buildLedgerAccount(store, companyFor(emulator, res, company.id, 'Ledger account')));
  });
  return router;
}
