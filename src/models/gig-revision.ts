import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Conflict } from '../errors.ts';
import { recordAudit } from './audit-event.ts';
import { readWorkingCopy, type GigRow } from './gig.ts';
import type { GigDocument } from './gig-document.ts';
import { publishListing } from './gig-listing.ts';
import { findSeller } from './seller-account.ts';

export interface Revision {
  id: string;
  gig_id: string;
  number: number;
  doc: GigDocument;
  status: 'review' | 'approved' | 'rejected';
  reason: string | null;
  reviewer_id: string | null;
  submitted_at: Date;
  decided_at: Date | null;
}

/** The gig as its seller wrote it, in the shape that is frozen and sold. */
export async function readDocument(trx: Transaction, gigId: string): Promise<GigDocument> {
  const gig = (await readWorkingCopy(trx, gigId))!;
  const { title, description, tags, category, packages, extras, faq, questions, images } = gig;
  return { title, description, tags, category, packages, extras, faq, questions, images };
}

/**
 * Freezes the working copy and asks for its review, as the system actor: a change that already waits is replaced by this
 * one, which its seller may not do to a revision himself. Sending the same again changes nothing.
 * @param gig locked, and the asker's own
 * @returns the number of the revision that waits now
 */
export async function submitGig(trx: Transaction, gig: GigRow): Promise<number> {
  const doc = JSON.stringify(await readDocument(trx, gig.id));
  const last = await trx('gig_revisions')
    .where({ gig_id: gig.id })
    .orderBy('number', 'desc')
    .first<{ number: number; status: Revision['status']; same: boolean } | undefined>(
      'number',
      'status',
      trx.raw('doc = ?::jsonb as same', [doc]),
    );
  if (last?.same && last.status === 'review') return last.number;
  if (last?.same && last.status === 'approved') {
    throw new Conflict('Nothing has changed since the version that was approved. Edit the gig first.');
  }
  const number = (last?.number ?? 0) + 1;
  await decide(trx, gig.id, { status: 'rejected', reason: `Replaced by change ${number}.`, reviewer_id: null });
  await trx('gig_revisions').insert({ id: randomUUID(), gig_id: gig.id, number, doc });
  if (gig.status === 'draft' || gig.status === 'rejected') {
    await trx('gigs').where({ id: gig.id }).update({ status: 'review' });
  }
  return number;
}

export interface Review {
  /** Locked. */
  gig: GigRow;
  /** The revision that the admin saw. */
  number: number;
  reviewerId: string;
}

/**
 * Approves the revision that waits and puts it on sale, as the system actor (only that one writes listings). A paused gig
 * stays paused; resuming shows what was approved last.
 * @throws Conflict when another revision waits, or the seller has not passed the identity check (trigger)
 */
export async function approveGig(
  trx: Transaction,
  { gig, number, reviewerId }: Review,
  currency: string,
): Promise<void> {
  await requireWaiting(trx, gig.id, number);
  await decide(trx, gig.id, { status: 'approved', reason: null, reviewer_id: reviewerId });
  if (gig.status === 'review') await trx('gigs').where({ id: gig.id }).update({ status: 'published' });
  if (gig.status !== 'paused') await publishListing(trx, gig.id, currency);
  await recordAudit(trx, auditOf('gig.approved', gig, reviewerId, { revision: number }));
}

/** Rejects the revision that waits, with a reason that its seller reads. What is on sale stays on sale. */
export async function rejectGig(trx: Transaction, { gig, number, reviewerId }: Review, reason: string): Promise<void> {
  await requireWaiting(trx, gig.id, number);
  await decide(trx, gig.id, { status: 'rejected', reason, reviewer_id: reviewerId });
  if (gig.status === 'review') await trx('gigs').where({ id: gig.id }).update({ status: 'rejected' });
  await recordAudit(trx, auditOf('gig.rejected', gig, reviewerId, { revision: number, reason }));
}

/** Takes a gig off sale, as its seller; its listing goes by trigger. */
export async function pauseGig(trx: Transaction, gig: GigRow): Promise<void> {
  if (gig.status !== 'published')
    throw new Conflict(`Only a gig on sale can be paused. This one is ${STANDS[gig.status]}.`);
  await trx('gigs').where({ id: gig.id }).update({ status: 'paused' });
}

/** Puts a paused gig back on sale as it was approved last, as the system actor. */
export async function resumeGig(trx: Transaction, gig: GigRow, currency: string): Promise<void> {
  if (gig.status !== 'paused')
    throw new Conflict(`Only a paused gig can be put back on sale. This one is ${STANDS[gig.status]}.`);
  const account = await findSeller(trx, gig.seller_id);
  if (account?.kyc_status !== 'verified') {
    throw new Conflict('Your identity is not checked at the moment. This gig can go back on sale once it is.');
  }
  await trx('gigs').where({ id: gig.id }).update({ status: 'published' });
  await publishListing(trx, gig.id, currency);
}

const STANDS: Record<GigRow['status'], string> = {
  draft: 'a draft: submit it for review first',
  review: 'in review',
  published: 'on sale already',
  paused: 'paused already',
  rejected: 'rejected: change it and submit it again',
};

async function requireWaiting(trx: Transaction, gigId: string, number: number): Promise<void> {
  const waiting = await trx<Revision>('gig_revisions').where({ gig_id: gigId, status: 'review' }).first('number');
  if (waiting?.number === number) return;
  throw new Conflict(
    waiting
      ? `Change ${waiting.number} waits now, not the one you saw. Look at it before you decide.`
      : 'This was decided already. Nothing of this gig waits for review.',
  );
}

const decide = (
  trx: Transaction,
  gigId: string,
  decision: Pick<Revision, 'status' | 'reason' | 'reviewer_id'>,
): Promise<number> =>
  trx('gig_revisions')
    .where({ gig_id: gigId, status: 'review' })
    .update({ ...decision, decided_at: trx.raw('app_now()') });

const auditOf = (action: string, gig: GigRow, actorId: string, details: Record<string, unknown>) => ({
  action,
  actorId,
  subjectId: gig.seller_id,
  target: { type: 'gig', id: gig.id },
  details,
});
