import type { Request, Response } from 'express';
import { Conflict, NotFound } from '../../errors.ts';
import { recordAudit } from '../../models/audit-event.ts';
import { findBankDispute, type BankDispute } from '../../models/money-desk.ts';
import { convergeDispute } from '../../money/converge-dispute.ts';
import { evidenceOf } from '../../money/evidence.ts';
import { paths } from '../../paths.ts';
import { disputeFacts, moneyBadge } from '../../presenters/admin/money.ts';
import { dateTime } from '../../presenters/dates.ts';

/** A bank's dispute, with the order's record that speaks for the seller. */
export async function show(request: Request, response: Response): Promise<void> {
  const dispute = await find(request);
  const zone = request.person!.timeZone;
  const record = dispute.order_id
    ? (await request.transaction((trx) => evidenceOf(trx, dispute.order_id!))).record
    : null;
  await response.page(
    'admin/money/dispute',
    { title: 'Bank dispute', nav: 'admin-money', q: null },
    {
      id: dispute.id,
      heading: dispute.title ?? `Payment ${dispute.whop_payment_id}`,
      badge: moneyBadge(dispute.status),
      facts: disputeFacts(dispute, zone),
      sentAt: dispute.evidence_sent_at && dateTime(dispute.evidence_sent_at, zone),
      evidence: dispute.evidence ?? record,
      maySend: dispute.status === 'open' && !dispute.evidence_sent_at && record !== null,
    },
  );
}

/** The record goes to the bank, once. */
export async function sendEvidence(request: Request, response: Response): Promise<void> {
  const { database, whop } = request.services;
  const dispute = await find(request);
  if (dispute.status !== 'open' || dispute.evidence_sent_at || !dispute.order_id)
    throw new Conflict('This dispute takes no evidence any more.');
  const evidence = await request.transaction((trx) => evidenceOf(trx, dispute.order_id!));
  await whop.sendEvidence(dispute.whop_dispute_id, evidence);
  const effect = await convergeDispute(request.services, dispute.whop_dispute_id);
  await database.withSystem('whop', async (trx) => {
    await trx('disputes')
      .where({ id: dispute.id })
      .update({
        evidence: evidence.record,
        evidence_sent_at: trx.raw('app_now()'),
        evidence_sent_by: request.person!.id,
      });
    await effect(trx);
    await recordAudit(trx, {
      actorId: request.person!.id,
      action: 'dispute.evidence',
      target: { type: 'dispute', id: dispute.id },
    });
  });
  await response.seeOther(paths.adminBankDispute(dispute.id), { kind: 'good', text: 'The bank has the record.' });
}

async function find(request: Request): Promise<BankDispute> {
  const dispute = await request.transaction((trx) => findBankDispute(trx, String(request.params.id)));
  if (!dispute) throw new NotFound();
  return dispute;
}
