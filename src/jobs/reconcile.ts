import { clock } from '../clock.ts';
import type { Transaction } from '../database.ts';
import { syncKyc } from '../models/seller-account.ts';
import { convergeDispute } from '../money/converge-dispute.ts';
import { convergeCheckout, convergePayment } from '../money/convergence.ts';
import { runCover } from '../money/covering.ts';
import { openAtWhop } from '../money/open-checkout.ts';
import { runRefund } from '../money/refunding.ts';
import { runFeeReturn } from '../money/returning-fees.ts';
import { convergeWithdrawal, runWithdrawal } from '../money/withdrawing.ts';
import type { CheckoutRow } from '../models/checkout.ts';
import type { Services } from '../services.ts';
import { processWebhook } from './process-webhook.ts';

const BATCH = 200;

type Act = (services: Services, id: string) => Promise<unknown>;

/**
 * What a webhook may have failed to tell, or a killed process to finish: which rows wait, and how to ask Whop about one.
 * Every act is the one that the webhook or the job itself runs, so a lost letter heals within one run (product.md section 6).
 */
const SWEEPS: Record<string, { waiting: (trx: Transaction) => Promise<string[]>; act: Act }> = {
  checkouts: {
    waiting: (trx) =>
      trx('whop_checkout_configs')
        .where({ status: 'open' })
        .whereRaw(`created_at < app_now() - interval '2 minutes'`)
        .whereRaw(
          `(checked_at is null or checked_at < app_now() - least(interval '1 hour', (app_now() - created_at) / 2))`,
        )
        .orderBy('created_at')
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: checkCheckout,
  },
  unopened: {
    waiting: (trx) =>
      trx('whop_checkout_configs')
        .where({ status: 'creating' })
        .whereRaw(
          `created_at < app_now() - interval '5 minutes' and updated_at < app_now() - least(interval '1 hour', (app_now() - created_at) / 2)`,
        )
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: openOrGiveUp,
  },
  payments: {
    waiting: (trx) =>
      trx('whop_payments')
        .whereRaw(`status = 'pending' and updated_at < app_now() - interval '10 minutes'`)
        .limit(BATCH)
        .pluck<string[]>('whop_payment_id'),
    act: applied((services, id) => convergePayment(services, id)),
  },
  refunds: {
    waiting: (trx) =>
      trx('refunds')
        .whereRaw(
          `(leased_until is null or leased_until < app_now()) and (
             status = 'requested' and updated_at < app_now() - interval '1 minute'
             or status = 'waiting_for_balance' and next_attempt_at < app_now())`,
        )
        .orderBy('created_at')
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: runRefund,
  },
  covers: {
    waiting: (trx) =>
      trx('refunds')
        .whereNull('cover_transfer_id')
        .whereRaw(`cover_asked_at < app_now() - interval '1 minute'`)
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: runCover,
  },
  'pending refunds': {
    waiting: (trx) =>
      trx('refunds as r')
        .join('whop_payments as p', 'p.id', 'r.payment_id')
        .whereRaw(`r.status = 'pending' and p.read_at < app_now() - interval '2 minutes'`)
        .limit(BATCH)
        .distinct()
        .pluck<string[]>('p.whop_payment_id'),
    act: applied((services, id) => convergePayment(services, id)),
  },
  'fee returns': {
    waiting: (trx) =>
      trx('fee_returns')
        .whereRaw(
          `status = 'requested' and updated_at < app_now() - interval '1 minute' and (leased_until is null or leased_until < app_now())
           and (next_attempt_at is null or next_attempt_at < app_now())`,
        )
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: runFeeReturn,
  },
  disputes: {
    waiting: (trx) =>
      trx('disputes')
        .where({ source: 'whop' })
        // What a case costs may be told, or given back, after the bank has decided.
        .whereRaw(
          `(status = 'open' and (read_at is null or read_at < app_now() - interval '10 minutes')
            or status <> 'open' and closed_at > app_now() - interval '14 days' and read_at < app_now() - interval '1 day')`,
        )
        .limit(BATCH)
        .pluck<string[]>('whop_dispute_id'),
    act: applied((services, id) => convergeDispute(services, id)),
  },
  'sent withdrawals': {
    waiting: (trx) =>
      trx('withdrawals')
        .whereNotNull('whop_withdrawal_id')
        .whereNotIn('status', ['completed', 'failed', 'canceled', 'denied', 'reversed'])
        .whereRaw(`(read_at is null or read_at < app_now() - interval '10 minutes')`)
        .limit(BATCH)
        .pluck<string[]>('whop_withdrawal_id'),
    act: applied((services, id) => convergeWithdrawal(services, id)),
  },
  withdrawals: {
    waiting: (trx) =>
      trx('withdrawals')
        .where({ status: 'requested', whop_withdrawal_id: null })
        .whereRaw(`updated_at < app_now() - interval '1 minute' and (leased_until is null or leased_until < app_now())`)
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: runWithdrawal,
  },
  'identity checks': {
    waiting: (trx) =>
      trx('seller_accounts')
        .whereNotNull('whop_company_id')
        .whereRaw(
          `(kyc_checked_at is null
            or kyc_checked_at < app_now() - case when kyc_status in ('pending', 'action_required') then interval '10 minutes' else interval '1 day' end)`,
        )
        .orderByRaw('kyc_checked_at nulls first')
        .limit(BATCH)
        .pluck<string[]>('user_id'),
    act: syncKyc,
  },
  events: {
    waiting: (trx) =>
      trx('webhook_events')
        .where({ status: 'pending', attempts: 0 })
        .whereRaw(`received_at < app_now() - interval '10 minutes'`)
        .orderBy('received_at')
        .limit(BATCH)
        .pluck<string[]>('id'),
    act: (services, id) => processWebhook(services, id, false),
  },
  sellers: {
    waiting: (trx) =>
      trx('seller_accounts as s')
        .whereNotNull('s.whop_company_id')
        .whereRaw(
          `(s.swept_at is null or s.swept_at < app_now() - interval '1 hour')
           and exists (select 1 from whop_payments p where p.whop_company_id = s.whop_company_id)`,
        )
        .orderByRaw('s.swept_at nulls first')
        .limit(20)
        .pluck<string[]>('s.user_id'),
    act: sweepSeller,
  },
};

/** Asks Whop about everything that waits. @returns how many rows were checked, and how many could not be */
export async function reconcile(services: Services): Promise<{ checked: number; failed: number }> {
  const counts = { checked: 0, failed: 0 };
  await services.database.withSystem('jobs', freeJobsOfTheDead);
  for (const [what, { waiting, act }] of Object.entries(SWEEPS)) {
    const ids = await services.database.withSystem('jobs', waiting);
    for (const id of ids) {
      counts.checked += 1;
      await act(services, id).catch((error: unknown) => {
        counts.failed += 1;
        services.logger.warn({ err: error, id }, `${what}: one could not be checked`);
      });
    }
  }
  return counts;
}

/** A worker that was killed leaves its jobs locked, for hours by the queue's own rule. All jobs are idempotent and take minutes at most. */
const freeJobsOfTheDead = (trx: Transaction): Promise<unknown> =>
  trx.raw(
    `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_at < app_now() - interval '10 minutes'))`,
  );

/** Reads at Whop, then acts in a transaction of its own. */
function applied(converge: (services: Services, id: string) => Promise<(trx: Transaction) => Promise<void>>): Act {
  return async (services, id) => {
    const effect = await converge(services, id);
    await services.database.withSystem('whop', effect);
  };
}

/** A day after it was made an unpaid checkout is over; a payment that still comes is kept for the admin. */
async function checkCheckout(services: Services, id: string): Promise<void> {
  await convergeCheckout(services, id);
  await services.database.withSystem('checkout', (trx) =>
    trx('whop_checkout_configs')
      .where({ id, status: 'open' })
      .whereRaw(`created_at < app_now() - interval '24 hours'`)
      .update({ status: 'expired' }),
  );
}

/** The process died between writing the purchase down and hearing from Whop. */
async function openOrGiveUp(services: Services, id: string): Promise<void> {
  const checkout = await services.database.withSystem('checkout', (trx) =>
    trx<CheckoutRow>('whop_checkout_configs').where({ id, status: 'creating' }).first(),
  );
  if (!checkout) return;
  const abandoned = clock.now().getTime() - checkout.created_at.getTime() > 86_400_000;
  if (!abandoned) return openAtWhop(services, checkout);
  await services.database.withSystem('checkout', (trx) =>
    trx('whop_checkout_configs').where({ id, status: 'creating' }).update({ status: 'failed' }),
  );
}

/** Once an hour per seller: payments that changed and disputes that are new, whatever was lost on the way (contract 4.6). */
async function sweepSeller(services: Services, sellerId: string): Promise<void> {
  const seller = await services.database.withSystem('jobs', (trx) =>
    trx('seller_accounts').where({ user_id: sellerId }).first<{ whop_company_id: string; swept_at: Date | null }>(),
  );
  const startedAt = clock.now();
  const since = new Date((seller.swept_at ?? startedAt).getTime() - 7_200_000);
  const { whop, database } = services;
  for (const id of await whop.changedPaymentIds(seller.whop_company_id, since)) {
    await database.withSystem('whop', await convergePayment(services, id));
  }
  const known = await database.withSystem('jobs', (trx) =>
    trx('disputes').whereNotNull('whop_dispute_id').pluck<string[]>('whop_dispute_id'),
  );
  for (const id of await whop.disputeIdsOf(seller.whop_company_id)) {
    if (!known.includes(id)) await database.withSystem('whop', await convergeDispute(services, id));
  }
  await database.withSystem('jobs', (trx) =>
    trx('seller_accounts').where({ user_id: sellerId }).update({ swept_at: startedAt }),
  );
}
