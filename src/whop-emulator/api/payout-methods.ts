import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { payoutMethodsOf } from '../domain/withdrawing.ts';
import type { PayoutMethod } from '../records.ts';
import { companyFor, permit } from './authentication.ts';
import { page, pageQuery } from './lists.ts';
import { parseQuery } from './parse.ts';

export const buildPayoutMethod = (method: PayoutMethod): Whop.Payouts.MethodListResponse => ({
  id: method.id,
  object: 'payout_method',
  status: 'active',
  account_reference: method.accountReference,
  created_at: method.createdAt,
  destination_currency: method.currency,
  institution_name: method.institutionName,
  is_default: method.isDefault,
  nickname: method.nickname,
  payer_name: null,
  payout_destination: {
    delivery_type: 'next_day_bank',
    icon_url: null,
    name: 'Bank transfer',
    supports_instant_delivery: false,
    supports_standard_delivery: true,
  },
  quote: null,
});

/** The shape of the older endpoint and of the webhook (contract 6.3). */
export const buildOldPayoutMethod = (method: PayoutMethod): Whop.PayoutMethodCreatedWebhookEvent['data'] => ({
  id: method.id,
  account_reference: method.accountReference,
  company: { id: method.companyId },
  created_at: method.createdAt,
  currency: method.currency,
  destination: { category: 'next_day_bank', country_code: method.countryCode, name: 'Bank transfer' },
  institution_name: method.institutionName,
  is_default: method.isDefault,
  nickname: method.nickname,
});

export function payoutMethods(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payout:destination:read');

  router.get('/payouts/methods', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, account_id: z.string(), status: z.string().optional() }));
    const company = companyFor(emulator, res, query.account_id, 'Account');
    const found = query.status && query.status !== 'active' ? [] : payoutMethodsOf(store, company.id);
    res.json(page(found, query, buildPayoutMethod, ({ createdAt }) => createdAt));
  });

  router.get('/payout_methods', read, (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string() }));
    const company = companyFor(emulator, res, query.company_id);
    res.json(page(payoutMethodsOf(store, company.id), query, buildOldPayoutMethod, ({ createdAt }) => createdAt));
  });

  return router;
}
