import type { Request } from 'express';
import { loadWorkspace } from './load-order.ts';
import { markRead } from '../models/notification.ts';

/** The order of the address, opened: what was told of it counts as read, and the badge of the same page knows. */
export async function openWorkspace(request: Request): ReturnType<typeof loadWorkspace> {
  const { person } = request;
  return loadWorkspace(request, async (trx, order) => {
    if (person && order.unread_news) person.unread -= await markRead(trx, person.id, { order_id: order.id });
  });
}
