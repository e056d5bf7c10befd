import express, { type Request, type RequestHandler, Router } from 'express';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import { accessTokens } from './access-tokens.ts';
import { accountLinks } from './account-links.ts';
import { accounts } from './accounts.ts';
import { authenticate } from './authentication.ts';
import { checkoutConfigurations } from './checkout-configurations.ts';
import { companies } from './companies.ts';
import { disputeAlerts } from './dispute-alerts.ts';
import { disputes } from './disputes.ts';
import { apiErrors, unknownRoute } from './errors.ts';
import { idempotency } from './idempotency.ts';
import { dmChannels } from './dm-channels.ts';
import { ledgerAccounts } from './ledger-accounts.ts';
import { messages } from './messages.ts';
import { misbehave } from './misbehave.ts';
import { payments } from './payments.ts';
import { payoutAccounts } from './payout-accounts.ts';
import { payoutMethods } from './payout-methods.ts';
import { payouts } from './payouts.ts';
import { rateLimit } from './rate-limit.ts';
import { refunds } from './refunds.ts';
import { resolutionCenterCases } from './resolution-center-cases.ts';
import { supportChannels } from './support-channels.ts';
import { transfers } from './transfers.ts';
import { users } from './users.ts';
import { verifications } from './verifications.ts';
import { checkVersion } from './versions.ts';
import { webhooks } from './webhooks.ts';
import { withdrawals } from './withdrawals.ts';

/** Whop's REST API: everything under `/api/v1` (contract appendix B). */
export function api(emulator: Emulator): Router {
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.use(misbehave(emulator.store));
  router.use(authenticate(emulator));
  router.use(checkVersion);
  router.use(rateLimit(() => emulator.limits.perMinute));
  router.use(idempotency(emulator.store));
  for (const resource of [
    companies,
    accounts,
    accountLinks,
    ledgerAccounts,
    payoutAccounts,
    verifications,
    checkoutConfigurations,
    payments,
    refunds,
    disputes,
    disputeAlerts,
    resolutionCenterCases,
    payoutMethods,
    withdrawals,
    payouts,
    transfers,
    accessTokens,
    users,
    dmChannels,
    supportChannels,
    messages,
    webhooks,
  ]) {
    router.use(resource(emulator));
  }
  router.use(unknownRoute);
  router.use(apiErrors);
  return router;
}

/** Names every call as Whop does (contract 0.5), and keeps what was asked and answered for `GET /control/calls`. */
export const recordCalls =
  ({ store }: Emulator): RequestHandler =>
  (req: Request, res, next) => {
    const requestId = newId('req');
    res.set('x-request-id', requestId);
    const call = {
      requestId,
      at: new Date().toISOString(),
      method: req.method,
      path: req.originalUrl,
      status: null as number | null,
      idempotencyKey: req.get('idempotency-key') ?? null,
      replayed: false,
      body: null as unknown,
    };
    store.recordCall(call);
    res.on('finish', () => {
      call.status = res.statusCode;
      call.replayed = Boolean(res.locals.replayed);
      call.body = req.originalUrl.startsWith('/oauth/') ? null : (req.body ?? null);
    });
    next();
  };
