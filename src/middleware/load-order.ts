import type { Request } from 'express';
import type { Transaction } from '../database.ts';
import { NotFound } from '../errors.ts';
import { findOrder, type OrderRow } from '../models/order/order.ts';
import { findWorkspace, type Workspace } from '../models/order/workspace.ts';
import { roleIn, type Asker } from '../policies/order-policy.ts';
import type { Reader } from '../presenters/order/facts.ts';

export const askerOf = (request: Request): Asker => ({
  actor: request.actor,
  suspended: request.person?.suspended ?? false,
});

const orderId = (request: Request): string => String(request.params.id);

/**
 * The order of the address, for an act in the asker's transaction. Row level security hides other people's.
 * @throws NotFound
 */
export async function loadOrder(request: Request, trx: Transaction): Promise<OrderRow> {
  const order = await findOrder(trx, orderId(request));
  if (!order) throw new NotFound();
  return order;
}

/**
 * The order of the address with all that a page shows of it, and who reads it. One round trip.
 * @throws NotFound
 */
export async function loadWorkspace(
  request: Request,
  also: (trx: Transaction, order: Workspace) => Promise<void> = async () => {},
): Promise<{ order: Workspace; reader: Reader }> {
  const asker = askerOf(request);
  const order = await request.transaction(async (trx) => {
    const found = await findWorkspace(trx, orderId(request));
    if (found) await also(trx, found);
    return found;
  });
  const role = order && roleIn(asker.actor, order);
  if (!order || !role) throw new NotFound();
  return { order, reader: { role, asker, zone: request.person?.timeZone ?? 'UTC' } };
}
