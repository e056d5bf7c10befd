import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import type { AccountLink } from '../records.ts';
import { callerOf, companyFor, permit } from './authentication.ts';
import { badRequest } from './errors.ts';
import { parseBody } from './parse.ts';

const LIFETIME_MS = 60 * 60 * 1000;

const creation = z.object({
  company_id: z.string(),
  use_case: z.enum(['account_onboarding', 'payouts_portal']),
  return_url: z.url(),
  refresh_url: z.url(),
});

export function accountLinks(emulator: Emulator): Router {
  const router = Router();
  // Without the export permission account links fail (contract 0.8, measured).
  router.post('/account_links', permit(emulator, 'payout:transfer:export'), (req, res) => {
    const body = parseBody(req, creation);
    const company = companyFor(emulator, res, body.company_id);
    if (company.parentId !== callerOf(res).companyId) {
      throw badRequest('The company must be a connected account of yours', { param: 'company_id' });
    }
    const link: AccountLink = {
      id: newId('al'),
      companyId: company.id,
      useCase: body.use_case,
      returnUrl: body.return_url,
      refreshUrl: body.refresh_url,
      expiresAt: new Date(Date.now() + LIFETIME_MS).toISOString(),
    };
    emulator.store.accountLinks.set(link.id, link);
    const answer: Whop.AccountLinkCreateResponse = {
      url: `${emulator.origin()}/account-links/${link.id}`,
      expires_at: link.expiresAt,
    };
    res.status(201).json(answer);
  });
  return router;
}
