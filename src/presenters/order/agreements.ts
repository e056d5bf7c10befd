import { randomUUID } from 'node:crypto';
import type { Proposal, ProposalKind, ProposalNoun } from '../../models/order/proposals.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { formatMoney } from '../../money/format.ts';
import { paths } from '../../paths.ts';
import * as orderPolicy from '../../policies/order-policy.ts';
import { presentFile } from '../file-row.ts';
import { dateTime, plural, relative } from '../dates.ts';
import type { Reader } from './facts.ts';
import { nameOf } from './work.ts';

const NOUNS = {
  cancellation: 'cancellations',
  extension: 'extensions',
  settlement: 'settlements',
} as const satisfies Record<ProposalKind, ProposalNoun>;

/** What waits for the other side's answer, with the buttons of whoever reads. */
export const presentProposals = (order: Workspace, reader: Reader) =>
  order.proposals.filter(({ status }) => status === 'open').map((proposal) => presentProposal(order, proposal, reader));

export function presentProposal(order: Workspace, proposal: Proposal, { role, asker, zone }: Reader) {
  const { id, kind, by_role: by } = proposal;
  const words = wordsOf(order, proposal, role === by ? null : nameOf(order, by));
  const may = (how: 'accept' | 'decline' | 'withdraw') => orderPolicy.answer(by, how)(asker, order).allowed;
  const link = (answer: 'acceptance' | 'decline' | 'withdrawal') => paths.proposal(order.id, NOUNS[kind], id, answer);
  return {
    ...words,
    id,
    kind,
    formKey: randomUUID(),
    text: proposal.reason,
    note: relative(proposal.created_at, zone),
    answerBy: dateTime(proposal.answer_by, zone),
    waits: role === by,
    accept: may('accept') ? link('acceptance') : null,
    decline: may('decline') ? link('decline') : null,
    withdraw: may('withdraw') ? link('withdrawal') : null,
    unanswered:
      kind !== 'cancellation'
        ? 'the proposal ends, and everything stays as it is'
        : by === 'buyer' && order.deliveries.length > 0
          ? 'a dispute is opened'
          : 'the order is cancelled',
  };
}

export type ProposalView = ReturnType<typeof presentProposal>;

/** The sentences of a proposal; `by` is null for one's own. */
function wordsOf(order: Workspace, { kind, days, refund_cents: refund, by_role: side }: Proposal, by: string | null) {
  const buyer = nameOf(order, 'buyer');
  const left = { text: formatMoney(order.left_cents, order.currency), cents: order.left_cents };
  switch (kind) {
    case 'cancellation':
      return {
        heading: by ? `${by} asks to cancel` : 'You asked to cancel',
        button: 'Agree and cancel',
        question: 'Cancel this order?',
        consequence: `No more work is done, and all that is left goes back to the buyer.`,
        amount: left,
      };
    case 'extension': {
      const more = plural(days ?? 0, 'more day', 'more days');
      return {
        heading:
          side === 'seller'
            ? `${by ?? 'You'} ${by ? 'asks' : 'asked'} for ${more}`
            : `${by ?? 'You'} ${by ? 'offers' : 'offered'} ${more}`,
        button: `Agree to ${more}`,
        question: `Agree to ${more}?`,
        consequence: order.due_at
          ? `The work is due ${plural(days ?? 0, 'day')} later than now agreed.`
          : 'The work is due later.',
        amount: null,
      };
    }
    case 'settlement': {
      const part = { text: formatMoney(refund ?? 0, order.currency), cents: refund ?? 0 };
      return {
        heading: `${by ?? 'You'} ${by ? 'proposes' : 'proposed'} a refund of ${part.text}`,
        button: `Agree to a refund of ${part.text}`,
        question: 'Settle with a part refund?',
        consequence: `The work ends here. ${buyer === 'the buyer' ? 'The buyer' : buyer} gets this part back; the rest is the seller’s.`,
        amount: part,
      };
    }
  }
}

/** The open dispute: what was said, and how to add to it or end it. */
export function presentDispute(order: Workspace, { role, asker, zone }: Reader) {
  const open = order.disputes.filter(({ status }) => status === 'open');
  const [dispute] = [...open].sort((a, b) => Number(b.source === 'party') - Number(a.source === 'party'));
  if (order.status !== 'disputed' || !dispute) return null;
  const bank = open.some(({ source }) => source === 'whop');
  const own = dispute.source === 'party' && dispute.opened_by === role;
  const writes = orderPolicy.stateInDispute(asker, order).allowed;
  return {
    id: dispute.id,
    formKey: randomUUID(),
    statements: order.statements.map((statement) => ({
      author:
        statement.author_role === role
          ? 'You'
          : statement.author_role === 'admin'
            ? 'GigFlow'
            : nameOf(order, statement.author_role),
      text: statement.body,
      files: order.files.filter(({ statement_id: id }) => id === statement.id).map(presentFile),
      when: dateTime(statement.created_at, zone),
      at: statement.created_at.toISOString(),
    })),
    statementAction: writes ? paths.dispute(order.id, dispute.id, 'statements') : null,
    withdrawal: own && !bank && !asker.suspended ? paths.dispute(order.id, dispute.id, 'withdrawal') : null,
    bank,
    decision: role === 'admin' && !bank ? `${paths.adminOrder(order.id)}#decide` : null,
  };
}
