import { clock } from '../../clock.ts';
import type { OrderStatus } from './order-process.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** After this time without a brief the seller may cancel; after BRIEF_ENDS the clock does. */
const BRIEF_WAITS = 7 * DAY;
const BRIEF_ENDS = 14 * DAY;
/** A late order can be cancelled, or the delay reported, this long after it was due. */
const LATE_GRACE = 24 * HOUR;
const ANSWER_WITHIN = 72 * HOUR;
/** For reviews, and for reporting a problem, counted from the first completion. */
const AFTERCARE = 14 * DAY;

export interface Dates {
  status: OrderStatus;
  created_at: Date;
  delivery_days: number;
  due_at: Date | null;
  delivered_at: Date | null;
  auto_complete_at: Date | null;
  completed_at: Date | null;
}

export interface Asked {
  answer_by: Date;
  created_at: Date;
}

export interface Deadline {
  at: Date;
  /** The whole time that was given, in milliseconds; an estimate where the clock has stood still in between. */
  total: number;
}

const after = (date: Date, span: number): Date => new Date(date.getTime() + span);

/** The deadline that runs now, if any. `asked` is the open request to cancel. */
export function runningDeadline(order: Dates, asked: Asked | null = null): Deadline | null {
  switch (order.status) {
    case 'awaiting_requirements':
      return { at: after(order.created_at, BRIEF_WAITS), total: BRIEF_WAITS };
    case 'in_progress':
    case 'revision_requested':
      return order.due_at && { at: order.due_at, total: order.delivery_days * DAY };
    case 'delivered': {
      const { auto_complete_at: at, delivered_at: since } = order;
      return at && { at, total: since ? at.getTime() - since.getTime() : ANSWER_WITHIN };
    }
    case 'cancel_requested':
      return asked && { at: asked.answer_by, total: asked.answer_by.getTime() - asked.created_at.getTime() };
    default:
      return null;
  }
}

/** How much of a deadline's time is gone, in whole per cent. */
export function percentGone({ at, total }: Deadline): number {
  const left = at.getTime() - clock.now().getTime();
  return Math.round(100 * Math.min(1, Math.max(0, 1 - left / total)));
}

export const hasPassed = (date: Date): boolean => date.getTime() < clock.now().getTime();

/** The moment itself counts, as in the database's guards. */
export const hasCome = (date: Date): boolean => date.getTime() <= clock.now().getTime();

/** From when on the buyer may cancel, or report the delay. */
export const lateFrom = (dueAt: Date): Date => after(dueAt, LATE_GRACE);

/** When an order without brief can be cancelled by the seller, and when it ends by itself. */
export const briefLimits = (createdAt: Date): { sellerMayCancel: Date; ends: Date } => ({
  sellerMayCancel: after(createdAt, BRIEF_WAITS),
  ends: after(createdAt, BRIEF_ENDS),
});

/** The last moment for a review, or for reporting a problem; null before the first completion. */
export const aftercareEnds = (order: Pick<Dates, 'completed_at'>): Date | null =>
  order.completed_at && after(order.completed_at, AFTERCARE);
