import { WrongState } from '../errors.ts';
import { aftercareEnds, hasPassed } from '../models/order/deadlines.ts';
import type { OrderRow } from '../models/order/order.ts';
import { allows, type OrderTransition } from '../models/order/order-process.ts';
import * as orderPolicy from './order-policy.ts';
import { authorize } from './policy.ts';

export type OrderAct = 'requirements' | 'deliveries' | 'revisions' | 'acceptance' | 'reviews' | 'messages';

interface Rule {
  may: orderPolicy.OrderPredicate;
  /** Why not now; null when now is the moment. The database asks again, with the order locked. */
  notNow: (order: OrderRow, role: orderPolicy.OrderRole) => string | null;
}

const unless =
  (transition: OrderTransition, reason: string): Rule['notNow'] =>
  (order, role) =>
    allows(transition, order.status, role) ? null : reason;

const changesCanBeAsked = unless('request_revision', 'Changes can be asked for while a delivery waits for an answer.');
const briefIsAwaited = unless('submit_requirements', 'The brief can be sent or changed until the first delivery.');

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
  messages: { may: orderPolicy.sendMessage, notNow: () => null },
};

/** For 14 days after the first completion; the buyer's review also accepts a waiting delivery. */
function reviewNotNow(order: OrderRow, role: orderPolicy.OrderRole): string | null {
  if (role === 'buyer' && order.status === 'delivered') return null;
  const ends = aftercareEnds(order);
  if (!ends) return 'A review can be written once the work is accepted.';
  return hasPassed(ends) ? 'The 14 days for a review are over.' : null;
}

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
