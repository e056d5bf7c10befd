import { aftercareEnds, briefLimits, hasPassed, lateFrom, runningDeadline } from '../../models/order/deadlines.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import type { Asker, OrderRole } from '../../policies/order-policy.ts';
import { formatMoney } from '../../money/format.ts';
import { dateTime, dayName, longDate, plural } from '../dates.ts';
import { firstName } from '../names.ts';
import { STAGES, type Facts, type Stage } from './stages.ts';

/** Who reads, and in which time zone. */
export interface Reader {
  role: OrderRole;
  asker: Asker;
  zone: string;
}

/** The reader's stage of an order: its sentences as data. */
export const stageOf = (order: Workspace, reader: Reader): Stage => STAGES[order.status][reader.role];

/** What the sentences speak of. */
export function factsOf(order: Workspace, { role, zone }: Reader): Facts {
  const { cancellation, dispute } = order;
  const limits = briefLimits(order.created_at);
  const aftercare = aftercareEnds(order);
  const at = (date: Date | null) => (date ? dateTime(date, zone) : '');
  return {
    reader: role,
    seller: firstName(order.seller_name),
    buyer: order.buyer_name ? firstName(order.buyer_name) : 'the buyer',
    days: plural(order.delivery_days, 'day'),
    sellerMayCancel: at(limits.sellerMayCancel),
    briefEnds: at(limits.ends),
    due: at(order.due_at),
    dueDay: order.due_at ? dayName(order.due_at, zone) : '',
    late: order.due_at !== null && hasPassed(order.due_at),
    lateFrom: at(order.due_at && lateFrom(order.due_at)),
    acceptsItself: `on ${at(order.auto_complete_at)}`,
    rounds: order.revisions_allowed,
    roundsLeft: order.revisions_allowed - order.revisions_used,
    askedBy: cancellation?.by_role ?? null,
    answerBy: at(runningDeadline(order, cancellation)?.at ?? null),
    unanswered:
      cancellation?.by_role === 'buyer' && order.deliveries.length > 0
        ? 'a dispute is opened'
        : 'the order is cancelled',
    disputedBy: dispute && (dispute.source === 'whop' ? 'whop' : dispute.opened_by),
    refunded: order.refunded_cents ? formatMoney(order.refunded_cents, order.currency) : '',
    aftercare: aftercare && !hasPassed(aftercare) ? longDate(aftercare, zone) : null,
    reviewed: order.reviews.some(({ author_role }) => author_role === role),
    reviewsPublic: order.reviews.some(({ published_at }) => published_at !== null),
  };
}
