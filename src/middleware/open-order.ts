import type { Request } from 'express';
import type { Transaction } from '../database.ts';
import { loadWorkspace } from './load-order.ts';
import { markRead } from '../models/notification.ts';
import { markMessagesRead, type MessageRow } from '../models/order/messages.ts';
import type { Workspace } from '../models/order/workspace.ts';
import { roleIn } from '../policies/order-policy.ts';

/** The order of the address, opened: messages and news of it count as read, and the badge of the same page knows. */
export async function openWorkspace(request: Request): ReturnType<typeof loadWorkspace> {
  const { person } = request;
  return loadWorkspace(request, async (trx, order) => {
    await readThread(request, trx, order, order.messages.at(-1));
    if (person && order.unread_news) person.unread -= await markRead(trx, person.id, { order_id: order.id });
  });
}

/** The newest message was shown to a side of the order: the other one is told. */
export async function readThread(
  request: Request,
  trx: Transaction,
  order: Workspace,
  newest: MessageRow | undefined,
): Promise<void> {
  const role = roleIn(request.actor, order);
  if (!newest || role === null || role === 'admin') return;
  const read = order.reads.find((row) => row.role === role)?.last_number ?? 0;
  if (newest.number > read) await markMessagesRead(trx, order.id, role, newest.number);
}
