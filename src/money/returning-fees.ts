import { clock } from '../clock.ts';
import { crashPoint } from '../crash-point.ts';
import { Unavailable, WhopFailure } from '../errors.ts';
import type { Services } from '../services.ts';
import { book } from './ledger.ts';

const AN_HOUR = 3_600_000;

interface FeeReturn {
  id: string;
  seller_id: string;
  amount_cents: number;
  currency: string;
  status: 'requested' | 'pending' | 'succeeded' | 'failed';
  attempt: number;
  asked_at: Date | null;
  order_id: string | null;
  whop_company_id: string;
}

/**
 * Sends the platform's share of a refund to the seller, because Whop keeps the application fee (contract 5.1). Looks for the
 * transfer first when it was asked for before; asks once.
 * @throws Unavailable or WhopFailure when the outcome is open or the platform's balance is short; it is tried again
 */
export async function runFeeReturn(services: Services, id: string): Promise<void> {
  const row = await claim(services, id);
  if (!row) return;
  const { whop } = services;
  try {
    const earlier = row.asked_at ? await whop.findTransfer(row.whop_company_id, id) : null;
    if (!earlier) {
      await write(services, id, { asked_at: row.asked_at ?? clock.now() });
      crashPoint('fee-return.about-to-ask');
    }
    const transferId =
      earlier ??
      (await whop.transferToSeller({
        reference: id,
        key: `fee-return:${id}:${row.attempt}`,
        toCompanyId: row.whop_company_id,
        amountCents: row.amount_cents,
        currency: row.currency,
        note: 'Platform fee of a refund',
      }));
    crashPoint('fee-return.asked');
    await record(services, row, transferId);
  } catch (error) {
    if (error instanceof WhopFailure && !error.retryable) {
      const waits = error.code === 'not_enough_balance';
      await write(services, id, {
        status: waits ? 'requested' : 'failed',
        error: error.whopMessage ?? error.message,
        attempt: row.attempt + 1,
        asked_at: null,
        next_attempt_at: waits ? new Date(clock.now().getTime() + AN_HOUR) : null,
      });
      return;
    }
    throw error;
  } finally {
    await write(services, id, { leased_until: null });
  }
}

function claim(services: Services, id: string): Promise<FeeReturn | null> {
  return services.database.withSystem('whop', async (trx) => {
    const locked = await trx('fee_returns')
      .where({ id, status: 'requested' })
      .forUpdate()
      .first<{ leased: boolean } | undefined>(trx.raw('coalesce(leased_until > app_now(), false) as leased'));
    if (!locked) return null;
    if (locked.leased) throw new Unavailable('This fee is being returned just now');
    await trx('fee_returns')
      .where({ id })
      .update({ leased_until: trx.raw(`app_now() + interval '2 minutes'`) });
    return trx('fee_returns as f')
      .join('refunds as r', 'r.id', 'f.refund_id')
      .join('seller_accounts as s', 's.user_id', 'f.seller_id')
      .where('f.id', id)
      .first<FeeReturn>('f.*', 'r.order_id', 's.whop_company_id');
  });
}

const write = (services: Services, id: string, change: object): Promise<number> =>
  services.database.withSystem('whop', (trx) => trx('fee_returns').where({ id }).update(change));

const record = (services: Services, row: FeeReturn, transferId: string): Promise<void> =>
  services.database.withSystem('whop', async (trx) => {
    const changed = await trx('fee_returns')
      .where({ id: row.id, status: 'requested' })
      .update({ status: 'succeeded', whop_transfer_id: transferId, error: null });
    if (changed === 0) return;
    await book(trx, {
      cause: 'fee_return',
      causeId: transferId,
      orderId: row.order_id,
      sellerId: row.seller_id,
      currency: row.currency,
      entries: { seller: row.amount_cents, platform: -row.amount_cents },
    });
  });
