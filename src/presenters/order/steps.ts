import type { OrderStatus } from '../../models/order/order-process.ts';
import type { Workspace } from '../../models/order/workspace.ts';

const ENDED: Partial<Record<OrderStatus, string>> = { cancelled: 'Cancelled', refunded: 'Refunded' };
const STEP: Partial<Record<OrderStatus, string>> = {
  awaiting_requirements: 'Brief',
  in_progress: 'Work',
  revision_requested: 'Work',
  delivered: 'Delivered',
};

/** The way of an order in words (views/shared/_steps). An order that ended early shows only what it reached. */
export function presentSteps(order: Workspace): { names: string[]; current: number } {
  const way = ['Paid', ...(order.requirements.length ? ['Brief'] : []), 'Work', 'Delivered', 'Done'];
  const ended = ENDED[order.status];
  if (ended) {
    const reached = way.filter(
      (name) =>
        name === 'Paid' || (name === 'Delivered' && order.delivered_at) || (name === 'Done' && order.completed_at),
    );
    return { names: [...reached, ended], current: reached.length };
  }
  const name = STEP[order.resume_status ?? order.status];
  return { names: way, current: name ? way.indexOf(name) : way.length };
}
