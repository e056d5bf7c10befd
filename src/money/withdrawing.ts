import { randomUUID } from 'node:crypto';
import { clock } from '../clock.ts';
import { crashPoint } from '../crash-point.ts';
import type { Transaction } from '../database.ts';
import { Unavailable, WhopFailure } from '../errors.ts';
import { tellOfFailedWithdrawal } from '../models/money-news.ts';
import { isOvertaken } from '../models/payment.ts';
import { CAME_BACK, type WithdrawalRow } from '../models/withdrawal.ts';
import type { Services } from '../services.ts';
import type { WhopWithdrawal } from '../whop/payouts.ts';
import { book } from './ledger.ts';

interface Claimed extends WithdrawalRow {
  whop_company_id: string;
}

/**
 * Asks Whop for a withdrawal that was written down. Looks first whether an earlier question was answered after all; asks once.
 * @throws Unavailable or WhopFailure when the outcome is open; the sweeper tries again
 */
export async function runWithdrawal(services: Services, id: string): Promise<void> {
  const row = await claim(services, id);
  if (!row) return;
  const { whop } = services;
  try {
    const standing = await whop.withdrawalsOf(row.whop_company_id);
    const earlier = row.asked_at ? standing.find((made) => isAnswerTo(row, made)) : undefined;
    if (!row.asked_at) {
      await write(services, id, { asked_at: clock.now(), known_withdrawals: standing.map((made) => made.id) });
    }
    crashPoint('withdrawal.about-to-ask');
    const whopId =
      earlier?.id ??
      (await whop.withdraw({
        companyId: row.whop_company_id,
        amountCents: row.amount_cents,
        currency: row.currency,
        payoutMethodId: row.payout_method_id!,
        key: `withdrawal:${id}:${row.attempt}`,
      }));
    crashPoint('withdrawal.asked');
    const effect = await convergeWithdrawal(services, whopId);
    await services.database.withSystem('whop', async (trx) => {
      await trx('withdrawals').where({ id, whop_withdrawal_id: null }).update({ whop_withdrawal_id: whopId });
      await effect(trx);
    });
    crashPoint('withdrawal.recorded');
  } catch (error) {
    if (!(error instanceof WhopFailure) || error.retryable) throw error;
    services.logger.warn({ withdrawal: id, code: error.code, request: error.requestId }, 'Whop refuses a withdrawal');
    await fail(services, row, error.whopMessage ?? 'Whop did not take the withdrawal');
  } finally {
    await write(services, id, { leased_until: null });
  }
}

/**
 * Makes a withdrawal so here as Whop knows it now; those made in Whop's own pages get a row as well.
 * @returns the effect, to be run in a transaction as the system actor `whop`
 */
export async function convergeWithdrawal(
  services: Services,
  whopId: string,
): Promise<(trx: Transaction) => Promise<void>> {
  const reading = await services.whop.readWithdrawal(whopId);
  if (!reading) throw new Unavailable(`Whop does not know withdrawal ${whopId} yet`);
  return (trx) => applyWithdrawal(trx, reading);
}

async function applyWithdrawal(trx: Transaction, reading: WhopWithdrawal): Promise<void> {
  const seller = await trx('seller_accounts')
    .where({ whop_company_id: reading.companyId })
    .forUpdate()
    .first<{ user_id: string } | undefined>('user_id');
  if (!seller) return;
  const row = await rowOf(trx, seller.user_id, reading);
  if (isOvertaken(row.read_at, reading.askedAt)) return;
  await trx('withdrawals')
    .where({ id: row.id })
    .update({ status: reading.status, error: reading.error, read_at: reading.askedAt });
  await bookPayout(trx, seller.user_id, reading);
  const { amountCents, currency, error: reason } = reading;
  if (CAME_BACK.includes(reading.status) && !CAME_BACK.includes(row.status))
    await tellOfFailedWithdrawal(trx, { sellerId: seller.user_id, amountCents, currency, reason });
}

async function rowOf(trx: Transaction, sellerId: string, reading: WhopWithdrawal): Promise<WithdrawalRow> {
  const rows = () => trx<WithdrawalRow>('withdrawals');
  const linked = await rows().where({ whop_withdrawal_id: reading.id }).first();
  if (linked) return linked;
  const waiting = await rows().where({ seller_id: sellerId, whop_withdrawal_id: null, status: 'requested' });
  const asked = waiting.find((row) => row.asked_at && isAnswerTo(row, reading));
  if (asked) {
    await rows().where({ id: asked.id }).update({ whop_withdrawal_id: reading.id });
    return asked;
  }
  const id = randomUUID();
  await trx('withdrawals').insert({
    id,
    seller_id: sellerId,
    whop_withdrawal_id: reading.id,
    amount_cents: reading.amountCents,
    currency: reading.currency,
    payout_method_id: reading.payoutMethodId,
    status: reading.status,
  });
  return rows().where({ id }).first() as Promise<WithdrawalRow>;
}

/** Made since we asked, and of the amount we asked for. */
const isAnswerTo = (row: WithdrawalRow, made: { id: string; amountCents: number }): boolean =>
  row.amount_cents === made.amountCents && !row.known_withdrawals.includes(made.id);

/** Money counts as paid out when the bank has it; until then it is on its way. */
async function bookPayout(trx: Transaction, sellerId: string, reading: WhopWithdrawal): Promise<void> {
  const { amountCents, currency, id, status } = reading;
  const common = { causeId: id, orderId: null, sellerId, currency };
  if (status === 'completed') {
    await book(trx, { ...common, cause: 'payout', entries: { seller: -amountCents, payout: amountCents } });
  } else if (CAME_BACK.includes(status)) {
    const paid = await trx('ledger_entries').where({ cause: 'payout', cause_id: id }).first('id');
    if (paid)
      await book(trx, { ...common, cause: 'payout_return', entries: { seller: amountCents, payout: -amountCents } });
  }
}

function claim(services: Services, id: string): Promise<Claimed | null> {
  return services.database.withSystem('whop', async (trx) => {
    const locked = await trx('withdrawals')
      .where({ id, whop_withdrawal_id: null, status: 'requested' })
      .forUpdate()
      .first<{ leased: boolean } | undefined>(trx.raw('coalesce(leased_until > app_now(), false) as leased'));
    if (!locked || locked.leased) return null;
    await trx('withdrawals')
      .where({ id })
      .update({ leased_until: trx.raw(`app_now() + interval '2 minutes'`) });
    return trx('withdrawals as w')
      .join('seller_accounts as s', 's.user_id', 'w.seller_id')
      .where('w.id', id)
      .first<Claimed>('w.*', 's.whop_company_id');
  });
}

const fail = (services: Services, row: Claimed, reason: string): Promise<void> =>
  services.database.withSystem('whop', async (trx) => {
    await trx('withdrawals').where({ id: row.id }).update({ status: 'failed', error: reason });
    const { seller_id: sellerId, amount_cents: amountCents, currency } = row;
    await tellOfFailedWithdrawal(trx, { sellerId, amountCents, currency, reason });
  });

const write = (services: Services, id: string, change: object): Promise<number> =>
  services.database.withSystem('whop', (trx) => trx('withdrawals').where({ id }).update(change));
