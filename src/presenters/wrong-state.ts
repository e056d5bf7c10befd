import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { WrongState } from '../errors.ts';
import { askerOf } from '../middleware/load-order.ts';
import type { OrderStatus } from '../models/order/order-process.ts';
import { findWorkspace, type Workspace } from '../models/order/workspace.ts';
import { paths } from '../paths.ts';
import { offers } from '../policies/order-acts.ts';
import { roleIn } from '../policies/order-policy.ts';
import { factsOf, stageOf, type Reader } from './order/facts.ts';
import { lastEvent } from './order/history.ts';
import { NAV, presentHead } from './order/page.ts';
import { presentSteps } from './order/steps.ts';

const HEADINGS: Record<OrderStatus, string> = {
  awaiting_requirements: 'This order still waits for the brief',
  in_progress: 'This order is being worked on',
  delivered: 'This order is delivered',
  revision_requested: 'Changes have been asked for',
  completed: 'This order is already accepted',
  cancel_requested: 'A request to cancel waits for an answer',
  cancelled: 'This order is cancelled',
  disputed: 'This order is in dispute',
  refunded: 'This order is refunded',
};

/** The right person at the wrong moment: where the order stands, what can be done instead, and the text that was typed. */
export function presentWrongState(order: Workspace, reader: Reader, message: string, body: unknown) {
  const kept = keptText(body);
  return {
    ...presentHead(order, reader),
    heading: HEADINGS[order.status],
    message,
    last: lastEvent(order, reader),
    steps: presentSteps(order),
    next: stageOf(order, reader).next(factsOf(order, reader)),
    kept,
    send:
      kept && offers('messages', reader.asker, order)
        ? { action: paths.orderAct(order.id, 'messages'), formKey: randomUUID() }
        : null,
  };
}

/** Reads the order afresh: what the request saw is what turned out to be wrong. */
export async function showWrongState(request: Request, response: Response, error: WrongState): Promise<void> {
  const asker = askerOf(request);
  const order = await request.transaction((trx) => findWorkspace(trx, error.orderId));
  const role = order && roleIn(asker.actor, order);
  response.status(409);
  if (!order || !role) {
    const title = 'That is not possible just now';
    return response.page('errors/message', { title, partial: 'errors/_message' }, { title, message: error.message });
  }
  const view = presentWrongState(
    order,
    { role, asker, zone: request.person?.timeZone ?? 'UTC' },
    error.message,
    request.body,
  );
  await response.page(
    'errors/wrong-state',
    { title: view.heading, nav: NAV[role], form: true, partial: 'errors/_wrong-state' },
    view,
  );
}

/** What the person wrote must not be lost with the moment. */
function keptText(body: unknown): string | null {
  const { reason, message, body: text } = (body ?? {}) as Record<string, unknown>;
  const kept = [reason, message, text].find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof kept === 'string' ? kept.trim().slice(0, 5_000) : null;
}
