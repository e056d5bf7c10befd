import { Router } from 'express';
import { z } from 'zod';
import type { Emulator } from '../context.ts';
import { withdraw } from '../domain/withdrawing.ts';
import { toUnits } from '../money.ts';
import type { Withdrawal } from '../records.ts';
import { companyFor, permit } from './authentication.ts';
import { page, pageQuery } from './lists.ts';
import { amount, currency, parseBody, parseQuery } from './parse.ts';

/** The words of the successor of `/withdrawals` (contract 0.4, 2026-08-21). */
const STATUS: Record<Withdrawal['status'], string> = {
  requested: 'requested',
  awaiting_payment: 'in_review',
  in_transit: 'processing',
  completed: 'completed',
  failed: 'failed',
  canceled: 'canceled',
  denied: 'denied',
};

const creation = z.object({
  account_id: z.string(),
  // A decimal string at newer pins, a number before.
  amount: z
    .union([z.number(), z.string().regex(/^\d+(\.\d{1,2})?$/)])
    .transform(Number)
    .pipe(amount),
  currency: currency.default('usd'),
  payout_method_id: z.string(),
});

const buildPayout = (payout: Withdrawal): Record<string, unknown> => ({
  id: payout.id,
  object: 'payout',
  account_id: payout.companyId,
  amount: toUnits(payout.cents).toFixed(2),
  currency: payout.currency,
  fee_amount: toUnits(payout.feeCents).toFixed(2),
  status: STATUS[payout.status],
  payout_method_id: payout.payoutMethodId,
  created_at: payout.createdAt,
});

export function payouts(emulator: Emulator): Router {
  const { store } = emulator;
  const router = Router();

  router.post('/payouts', permit(emulator, 'payout:withdraw_funds'), (req, res) => {
    const body = parseBody(req, creation);
    const company = companyFor(emulator, res, body.account_id, 'Account');
    const asked = { cents: body.amount, payoutMethodId: body.payout_method_id, idempotencyKey: null };
    res.status(201).json(buildPayout(withdraw(emulator, company, asked)));
  });

  router.get('/payouts', permit(emulator, 'payout:withdrawal:read'), (req, res) => {
    const query = parseQuery(req, z.object({ ...pageQuery, account_id: z.string() }));
    const company = companyFor(emulator, res, query.account_id, 'Account');
    const found = [...store.withdrawals.values()].filter(({ companyId }) => companyId === company.id);
    res.json(page(found, query, buildPayout, ({ createdAt }) => createdAt));
  });

  return router;
}
