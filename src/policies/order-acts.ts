import { WrongState } from '../errors.ts';
import { aftercareEnds, briefLimits, hasCome, hasPassed, lateFrom } from '../models/order/deadlines.ts';
import type { OrderRow } from '../models/order/order.ts';
import { allows, type OrderTransition } from '../models/order/order-process.ts';
import * as orderPolicy from './order-policy.ts';
import { authorize } from './policy.ts';

export type OrderAct =
  | 'requirements'
  | 'deliveries'
  | 'revisions'
  | 'acceptance'
  | 'reviews'
  | 'reviews/reply'
  | 'messages'
  | 'cancellations'
  | 'unstarted-cancellation'
  | 'late-cancellation'
  | 'suspended-cancellation'
  | 'delay-report'
  | 'extensions'
  | 'settlements'
  | 'disputes'
  | 'statements'
  | 'answers'
  | 'extras'
  | 'tips';

interface Rule {
  may: orderPolicy.OrderPredicate;
  /** Why not now; null when now is the moment. The database asks again, with the order locked. */
  notNow: (order: OrderRow, role: orderPolicy.OrderRole) => string | null;
}

const unless =
  (transition: OrderTransition, reason: string): Rule['notNow'] =>
  (order, role) =>
    allows(transition, order.status, role) ? null : reason;

const within =
  (statuses: readonly OrderRow['status'][], reason: string): Rule['notNow'] =>
  (order) =>
    statuses.includes(order.status) ? null : reason;

const changesCanBeAsked = unless('request_revision', 'Changes can be asked for while a delivery waits for an answer.');
const briefIsAwaited = unless('submit_requirements', 'The brief can be sent or changed until the first delivery.');
const startIsAwaited = unless('cancel_unstarted', 'An order can be cancelled like this while its brief is missing.');
const workIsAwaited = unless('cancel_late', 'An order can be cancelled like this while nothing has been delivered.');
const changesAreAwaited = unless('dispute_late', 'A delay can be reported while changes are being made.');
const problemCanBeReported = unless(
  'open_dispute',
  'A problem can be reported from the start of the work until 14 days after its completion.',
);

const leavingIsPossible = unless('cancel_suspended', 'An order can be cancelled until the work is accepted.');

const isLate = ({ due_at: due }: OrderRow): boolean => due !== null && hasCome(lateFrom(due));

/** Who may do what on an order's page, and when. */
const RULES: Record<OrderAct, Rule> = {
  requirements: {
    may: orderPolicy.submitRequirements,
    notNow: (order, role) =>
      order.status === 'in_progress' && !order.delivered_at ? null : briefIsAwaited(order, role),
  },
  deliveries: {
    may: orderPolicy.deliver,
    notNow: unless('deliver', 'Work can be delivered while it is in progress or changes are asked for.'),
  },
  revisions: {
    may: orderPolicy.requestRevision,
    notNow: (order, role) =>
      changesCanBeAsked(order, role) ??
      (order.revisions_used < order.revisions_allowed ? null : 'All rounds of changes are used.'),
  },
  acceptance: {
    may: orderPolicy.acceptDelivery,
    notNow: unless('accept_delivery', 'A delivery can be accepted while it waits for an answer.'),
  },
  reviews: { may: orderPolicy.review, notNow: reviewNotNow },
  'reviews/reply': { may: orderPolicy.reply, notNow: () => null },
  messages: { may: orderPolicy.sendMessage, notNow: () => null },
  cancellations: {
    may: orderPolicy.askToCancel,
    notNow: unless('request_cancellation', 'You can ask to cancel until the work is accepted.'),
  },
  'unstarted-cancellation': {
    may: orderPolicy.cancelUnstarted,
    notNow: (order, role) =>
      startIsAwaited(order, role) ??
      (hasCome(briefLimits(order.created_at).sellerMayCancel) ? null : 'The buyer still has time to send the brief.'),
  },
  'late-cancellation': {
    may: orderPolicy.cancelLate,
    notNow: (order, role) =>
      workIsAwaited(order, role) ??
      (order.delivered_at ? 'Something has been delivered already.' : null) ??
      (isLate(order) ? null : 'You can cancel 24 hours after the due date.'),
  },
  'suspended-cancellation': {
    may: orderPolicy.cancelSuspended,
    notNow: (order, role) =>
      leavingIsPossible(order, role) ??
      ((role === 'seller' ? order.buyer_suspended : order.seller_suspended)
        ? null
        : 'The other side is not suspended.'),
  },
  'delay-report': {
    may: orderPolicy.reportDelay,
    notNow: (order, role) =>
      changesAreAwaited(order, role) ??
      (isLate(order) ? null : 'You can report the delay 24 hours after the due date.'),
  },
  extensions: {
    may: orderPolicy.propose,
    notNow: within(['in_progress', 'revision_requested'], 'More time can be agreed while the work is under way.'),
  },
  settlements: {
    may: orderPolicy.propose,
    notNow: unless('settle', 'A part refund cannot be agreed while the order stands like this.'),
  },
  disputes: {
    may: orderPolicy.dispute,
    notNow: (order, role) => {
      const ends = aftercareEnds(order);
      if (ends && hasPassed(ends)) return 'A problem can be reported until 14 days after completion.';
      return problemCanBeReported(order, role);
    },
  },
  statements: {
    may: orderPolicy.stateInDispute,
    notNow: within(['disputed'], 'Statements can be added while a dispute is open.'),
  },
  // What the answer is to, and who may give it, is found with the proposal or the dispute.
  answers: { may: orderPolicy.propose, notNow: () => null },
  extras: {
    may: orderPolicy.buyMore,
    notNow: within(['in_progress', 'delivered', 'revision_requested'], 'Extras can be added while the work goes on.'),
  },
  tips: {
    may: orderPolicy.buyMore,
    notNow: within(['delivered', 'revision_requested', 'completed'], 'You can give a tip once something is delivered.'),
  },
};

/** For 14 days after the first completion; the buyer's review also accepts a waiting delivery. */
function reviewNotNow(order: OrderRow, role: orderPolicy.OrderRole): string | null {
  if (role === 'buyer' && order.status === 'delivered') return null;
  const ends = reviewEnds(order, role);
  if (!ends) return 'A review can be written once the work is accepted.';
  return hasPassed(ends) ? 'The 14 days for a review are over.' : null;
}

/** The buyer of an order that was cancelled late may say so. */
const reviewEnds = (order: OrderRow, role: orderPolicy.OrderRole): Date | null =>
  aftercareEnds({ completed_at: order.completed_at ?? (role === 'buyer' ? order.cancelled_late_at : null) });

/** @throws Forbidden with the reason when this is not his to do */
export const authorizeAct = (act: OrderAct, asker: orderPolicy.Asker, order: OrderRow): void =>
  authorize(RULES[act].may(asker, order));

/** @throws WrongState when he may, but not now */
export function requireMoment(act: OrderAct, asker: orderPolicy.Asker, order: OrderRow): void {
  const role = orderPolicy.roleIn(asker.actor, order);
  const reason = role && RULES[act].notNow(order, role);
  if (reason) throw new WrongState(reason, order.id, order.status);
}

/** Whether a page offers the act: he may, and now. */
export function offers(act: OrderAct, asker: orderPolicy.Asker, order: OrderRow): boolean {
  const role = orderPolicy.roleIn(asker.actor, order);
  return role !== null && RULES[act].may(asker, order).allowed && RULES[act].notNow(order, role) === null;
}
