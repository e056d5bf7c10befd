import { percentGone, runningDeadline } from '../../models/order/deadlines.ts';
import type { OrderStatus } from '../../models/order/order-process.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { plural, timeLeft } from '../dates.ts';
import { factsOf, stageOf, type Reader } from './facts.ts';
import type { Facts } from './stages.ts';

/** What happens when the clock of a state has run out, said under the time that is left. */
const THEN: Partial<Record<OrderStatus, (facts: Facts, order: Workspace) => string>> = {
  awaiting_requirements: ({ reader, seller }) => `then ${reader === 'seller' ? 'you' : seller} may cancel`,
  in_progress: (_facts, order) => `left of ${plural(order.delivery_days, 'day')}`,
  revision_requested: () => 'left for the changes',
  delivered: () => 'then it counts as accepted',
  cancel_requested: (facts) => `then ${facts.unanswered}`,
};

/** Whose turn it is, what that means, and how long is left (views/shared/_turn-strip). */
export function presentTurn(order: Workspace, reader: Reader) {
  const stage = stageOf(order, reader);
  const facts = factsOf(order, reader);
  const deadline = runningDeadline(order, order.cancellation);
  const left = deadline && timeLeft(deadline.at);
  return {
    mine: stage.mine(facts),
    heading: stage.heading(facts),
    text: stage.text(facts),
    ...(deadline &&
      left && { clock: left, clockNote: THEN[order.status]?.(facts, order), gone: percentGone(deadline) }),
    ...(facts.late &&
      order.due_at &&
      isWork(order.status) && { clock: 'Late', clockNote: `since ${facts.due}`, gone: 100 }),
  };
}

const isWork = (status: OrderStatus): boolean => status === 'in_progress' || status === 'revision_requested';
