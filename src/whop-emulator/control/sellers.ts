import { Router } from 'express';
import { z } from 'zod';
import { buildLedgerAccount } from '../api/ledger-accounts.ts';
import { buildPayoutMethod } from '../api/payout-methods.ts';
import { buildWithdrawal } from '../api/withdrawals.ts';
import type { Emulator } from '../context.ts';
import { decideIdentity } from '../domain/identity.ts';
import { settleFunds } from '../domain/settling.ts';
import { addPayoutMethod, advanceWithdrawal } from '../domain/withdrawing.ts';
import { controlBody, found } from './body.ts';

const kyc = z.strictObject({
  status: z.enum(['approved', 'rejected', 'needs_action', 'pending', 'disabled', 'not_started']),
  reason: z.string().optional(),
});

const WITHDRAWAL_STATUSES = [
  'requested',
  'awaiting_payment',
  'in_transit',
  'completed',
  'failed',
  'canceled',
  'denied',
] as const;

const withdrawal = z.strictObject({ status: z.enum(WITHDRAWAL_STATUSES), errorMessage: z.string().optional() });

const payoutMethod = z.strictObject({
  nickname: z.string().default('Main bank account'),
  institutionName: z.string().default('Example Bank'),
});

/** What Whop decides about sellers, and what time does to their money. */
export function sellersControl(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/companies/:id/kyc', (req, res) => {
    const company = found(store.companies, req);
    decideIdentity(emulator, company, controlBody(req, kyc));
    res.json(buildLedgerAccount(store, company));
  });

  router.post('/companies/:id/settle', (req, res) => {
    const company = found(store.companies, req);
    settleFunds(emulator, company);
    res.json(buildLedgerAccount(store, company));
  });

  router.post('/companies/:id/payout-methods', (req, res) => {
    const company = found(store.companies, req);
    res.json(buildPayoutMethod(addPayoutMethod(emulator, company, controlBody(req, payoutMethod))));
  });

  router.post('/withdrawals/:id', (req, res) => {
    const subject = found(store.withdrawals, req);
    const { status, errorMessage } = controlBody(req, withdrawal);
    advanceWithdrawal(emulator, subject, status, errorMessage);
    res.json(buildWithdrawal(store, subject));
  });

  return router;
}
