import type { Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import type { FeePolicy } from '../refund.ts';
import { endOrder } from './endings.ts';
import type { OrderRow } from './order.ts';
import { applyTransition, orWrongState } from './transition.ts';

export type ProposalKind = 'cancellation' | 'extension' | 'settlement';
/** As they stand in addresses. */
export type ProposalNoun = 'cancellations' | 'extensions' | 'settlements';
export type ProposalAnswer = 'accept' | 'decline' | 'withdraw';

export interface Proposal {
  id: string;
  kind: ProposalKind;
  by_role: 'buyer' | 'seller';
  status: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed' | 'void';
  days: number | null;
  refund_cents: number | null;
  reason: string;
  answer_by: Date;
  created_at: Date;
  answered_at: Date | null;
}

export const PROPOSAL_COLUMNS =
  'id, kind, by_role, status, days, refund_cents, reason, answer_by, created_at, answered_at';

/** A proposal of an order that the asker sees. */
export const findProposal = (
  trx: Transaction,
  orderId: string,
  kind: ProposalKind,
  id: string,
): Promise<Proposal | undefined> =>
  trx('proposals').where({ id, order_id: orderId, kind }).first<Proposal | undefined>(trx.raw(PROPOSAL_COLUMNS));

/** Cents of an order that can still go back; null for who does not see the order. */
export async function refundableCents(trx: Transaction, orderId: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: { left: number | null }[] }>('select refundable_cents(?) as left', [orderId]);
  return rows[0]?.left ?? 0;
}

const propose = (
  trx: Transaction,
  order: OrderRow,
  proposal: { kind: ProposalKind; days?: number; refundCents?: number; reason: string },
): Promise<unknown> =>
  orWrongState(
    order.id,
    trx.raw('select propose(?, ?, ?::integer, ?::integer, ?)', [
      order.id,
      proposal.kind,
      proposal.days ?? null,
      proposal.refundCents ?? null,
      proposal.reason,
    ]),
  );

/** @throws WrongState when one is open already or the work has stopped */
export const proposeExtension = (trx: Transaction, order: OrderRow, extension: { days: number; reason: string }) =>
  propose(trx, order, { kind: 'extension', ...extension });

/** @param refund cents, from one to one less than is left */
export const proposeSettlement = (trx: Transaction, order: OrderRow, { refund, reason }: SettlementOffer) =>
  propose(trx, order, { kind: 'settlement', refundCents: refund, reason });

interface SettlementOffer {
  refund: number;
  reason: string;
}

const CANCELLATION = {
  accept: 'accept_cancellation',
  decline: 'decline_cancellation',
  withdraw: 'withdraw_cancellation',
} as const;

/**
 * Answers an open proposal. An accepted cancellation sends everything back, an accepted settlement the part that was agreed;
 * both in this transaction.
 * @throws WrongState when it is no longer open; Forbidden when the answer is not this person's
 */
export async function answerProposal(
  trx: Transaction,
  order: OrderRow,
  proposal: Proposal,
  answer: ProposalAnswer,
  feePolicy: FeePolicy,
): Promise<void> {
  if (proposal.status !== 'open') throw new WrongState('This request is no longer open.', order.id, order.status);
  const step = { expected: order.status, proposal: proposal.id };
  if (proposal.kind === 'cancellation') {
    if (order.status !== 'cancel_requested') throw new WrongState('This request is no longer open.', order.id);
    if (answer === 'accept') await endOrder(trx, order, 'accept_cancellation', step, { feePolicy });
    else await applyTransition(trx, order, CANCELLATION[answer], step);
  } else if (proposal.kind === 'settlement' && answer === 'accept') {
    await settle(trx, order, proposal, feePolicy);
  } else {
    await orWrongState(order.id, trx.raw('select answer_proposal(?, ?, ?)', [order.id, proposal.id, answer]));
  }
}

async function settle(trx: Transaction, order: OrderRow, proposal: Proposal, feePolicy: FeePolicy): Promise<void> {
  const amountCents = proposal.refund_cents!;
  await endOrder(trx, order, 'settle', { expected: order.status, proposal: proposal.id }, { amountCents, feePolicy });
}
