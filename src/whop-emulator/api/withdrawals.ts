import { Router } from 'express';
import type Whop from '@whop/sdk';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { withdraw } from '../domain/withdrawing.ts';
import { toUnits } from '../money.ts';
import type { Withdrawal } from '../records.ts';
import type { Store } from '../store.ts';
import { companyFor, pathId, permit, recordFor } from './authentication.ts';
import { gone } from './errors.ts';
import { page, pageQuery } from './lists.ts';
import { amount, currency, parseBody, parseQuery } from './parse.ts';
import { hasWithdrawals, versionOf } from './versions.ts';

const creation = z.object({
  company_id: z.string(),
  amount,
  currency,
  payout_method_id: z.string().nullish(),
  idempotency_key: z.string().nullish(),
  platform_covers_fees: z.boolean().nullish(),
  statement_descriptor: z
    .string()
    .regex(/^[A-Za-z0-9 ]{5,22}$/)
    .nullish(),
});

export function buildWithdrawal(store: Store, withdrawal: Withdrawal): Whop.Withdrawal {
  const method = withdrawal.payoutMethodId ? store.payoutMethods.get(withdrawal.payoutMethodId) : undefined;
  return {
    ...buildWithdrawalListItem(withdrawal),
    error_code: withdrawal.errorCode,
    error_message: withdrawal.errorMessage,
    estimated_availability: withdrawal.estimatedAvailability,
    ledger_account: {
      id: store.companies.get(withdrawal.companyId)!.ledgerId,
      company_id: withdrawal.companyId,
    },
    payout_token: method
      ? {
          id: method.id,
          created_at: method.createdAt,
          destination_currency_code: method.currency.toUpperCase(),
          nickname: method.nickname,
          payer_name: null,
        }
      : null,
    trace_code: withdrawal.traceCode,
  };
}

const buildWithdrawalListItem = (withdrawal: Withdrawal): Whop.WithdrawalListResponse => ({
  id: withdrawal.id,
  amount: toUnits(withdrawal.cents),
  created_at: withdrawal.createdAt,
  currency: withdrawal.currency,
  fee_amount: toUnits(withdrawal.feeCents),
  fee_type: 'inclusive',
  markup_fee: 0,
  payout_request_id: null,
  speed: 'standard',
  status: withdrawal.status,
});

export function withdrawals(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();
  const read = permit(emulator, 'payout:withdrawal:read');

  router.post('/withdrawals', permit(emulator, 'payout:withdraw_funds'), (req, res) => {
    if (!hasWithdrawals(versionOf(req))) throw gone();
    const body = parseBody(req, creation);
    const created = withdraw(emulator, companyFor(emulator, res, body.company_id), {
      cents: body.amount,
      payoutMethodId: body.payout_method_id ?? null,
      idempotencyKey: body.idempotency_key ?? null,
    });
    res.status(201).json(buildWithdrawal(store, created));
  });

  router.get('/withdrawals', read, (req, res) => {
    if (!hasWithdrawals(versionOf(req))) throw gone();
    const query = parseQuery(req, z.object({ ...pageQuery, company_id: z.string() }));
    const company = companyFor(emulator, res, query.company_id);
    const found = [...store.withdrawals.values()].filter(({ companyId }) => companyId === company.id);
    res.json(page(found, query, buildWithdrawalListItem, ({ createdAt }) => createdAt));
  });

  router.get('/withdrawals/:id', read, (req, res) => {
    res.json(buildWithdrawal(store, recordFor(emulator, res, store.withdrawals, pathId(req), 'Withdrawal')));
  });

  return router;
}
