import { Router } from 'express';
import type { Emulator } from '../context.ts';
import { pathId, permit, reaches } from './authentication.ts';
import { notFound } from './errors.ts';
import { buildPayoutAccount } from './identity.ts';

export function payoutAccounts(emulator: Emulator): Router {
  const router = Router();
  router.get('/payout_accounts/:id', permit(emulator, 'payout:account:read'), (req, res) => {
    const id = pathId(req);
    const company = [...emulator.store.companies.values()].find(({ identity }) => identity.payoutAccountId === id);
    const account = company && reaches(emulator, res, company.id) ? buildPayoutAccount(company) : null;
    if (!account) throw notFound('Payout account');
    res.json(account);
  });
  return router;
}
