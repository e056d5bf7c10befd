import { crashPoint } from '../crash-point.ts';
import type { Transaction } from '../database.ts';
import { Conflict, WhopFailure } from '../errors.ts';
import { recordAudit } from '../models/audit-event.ts';
import { lockRefund, type RefundRow } from '../models/refund.ts';
import type { Services } from '../services.ts';
import { book } from './ledger.ts';
import { retryRefund } from './refunding.ts';

interface Cover extends RefundRow {
  cover_asked_by: string | null;
  whop_company_id: string;
  seller_id: string;
}

/** Writes down that the platform will pay a refund that waits. With the refund locked. @throws Conflict when it does not wait */
export async function askForCover(trx: Transaction, adminId: string, refundId: string): Promise<void> {
  const refund = await lockRefund(trx, refundId);
  if (refund?.status !== 'waiting_for_balance')
    throw new Conflict('Only a refund that waits for balance can be paid from the platform.');
  if (refund.cover_transfer_id) throw new Conflict('The platform has paid for this refund already. Try it again.');
  await trx('refunds')
    .where({ id: refundId })
    .update({ cover_asked_at: trx.raw('app_now()'), cover_asked_by: adminId });
}

/**
 * Sends the seller what his refund lacks, books it as an adjustment, and asks for the refund again. Looks first whether an
 * earlier question was answered after all, so that nothing is sent twice; the sweeper comes back to what was left open.
 * @throws Conflict with Whop's reason when it says no, WhopFailure when it does not answer
 */
export async function runCover(services: Services, refundId: string): Promise<void> {
  const cover = await asWhop(services, (trx) => openCover(trx, refundId));
  if (!cover) return;
  const { whop_company_id: companyId, amount_cents: amountCents, currency } = cover;
  const reference = `cover:${refundId}`;
  const key = `${reference}:${cover.attempt}`;
  const note = 'Refund paid by the platform';
  const wish = { reference, key, toCompanyId: companyId, amountCents, currency, note };
  crashPoint('cover.about-to-ask');
  const transferId =
    (await services.whop.findTransfer(companyId, reference)) ??
    (await services.whop.transferToSeller(wish).catch((error: unknown) => refused(services, refundId, error)));
  crashPoint('cover.asked');
  await asWhop(services, async (trx) => {
    const recorded = await trx('refunds')
      .where({ id: refundId, cover_transfer_id: null })
      .update({ cover_transfer_id: transferId });
    if (recorded === 0) return;
    await book(trx, {
      cause: 'adjustment',
      causeId: transferId,
      orderId: cover.order_id,
      sellerId: cover.seller_id,
      currency,
      entries: { platform: -amountCents, seller: amountCents },
      note,
    });
    const target = { type: 'refund', id: refundId };
    await recordAudit(trx, { actorId: cover.cover_asked_by, action: 'refund.cover', target });
  });
  await retryRefund(services, refundId, ['waiting_for_balance']);
}

const asWhop = <T>(services: Services, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  services.database.withSystem('whop', work);

const openCover = (trx: Transaction, refundId: string): Promise<Cover | undefined> =>
  trx('refunds as r')
    .join('whop_payments as p', 'p.id', 'r.payment_id')
    .join('seller_accounts as s', 's.whop_company_id', 'p.whop_company_id')
    .where({ 'r.id': refundId, 'r.cover_transfer_id': null })
    .whereNotNull('r.cover_asked_at')
    .first<Cover | undefined>('r.*', 's.whop_company_id', 's.user_id as seller_id');

/** A final no: the next try needs a new key, and the admin the reason. */
async function refused(services: Services, refundId: string, error: unknown): Promise<never> {
  if (!(error instanceof WhopFailure) || error.retryable) throw error;
  await asWhop(services, (trx) =>
    trx('refunds')
      .where({ id: refundId })
      .update({ attempt: trx.raw('attempt + 1'), cover_asked_at: null }),
  );
  throw new Conflict(error.whopMessage ?? 'Whop did not take the transfer.', { cause: error });
}
