import type { Request, Response } from 'express';
import { Conflict, NotFound } from '../../errors.ts';
import { originOf } from '../../models/audit-event.ts';
import { claimOrder, findGuestOrderById, type GuestOrder } from '../../models/order-claim.ts';
import { paths } from '../../paths.ts';
import { claimBy } from '../../policies/claim-policy.ts';

/** The question whether an order that was bought without an account should belong to this one. */
export async function confirm(request: Request, response: Response): Promise<void> {
  const { order } = await load(request);
  await response.page(
    'order-claims/new',
    { title: 'Take this order into your account', nav: 'orders' },
    { order, email: request.person!.email, action: paths.orderClaim(order.id) },
  );
}

/** A proven equal address is enough; the link in the session needs the answer to the question as well. */
export async function create(request: Request, response: Response): Promise<void> {
  const { order, by } = await load(request);
  const confirmed = (request.body as { confirm?: unknown }).confirm === 'yes';
  if (by === 'link' && !confirmed) return response.seeOther(paths.orderClaim(order.id));
  // As system: the order is not the asker's to write, not even to see, before it is his.
  const claimed = await request.services.database.withSystem('session', (trx) =>
    claimOrder(trx, order, request.person!.id, originOf(request)),
  );
  if (!claimed) throw new Conflict('This order has been taken into an account meanwhile.');
  await response.seeOther(paths.order(order.id), { kind: 'good', text: 'The order belongs to your account now.' });
}

async function load(request: Request): Promise<{ order: GuestOrder; by: 'address' | 'link' }> {
  const order = await request.services.database.withSystem('session', (trx) =>
    findGuestOrderById(trx, String(request.params.id)),
  );
  const by = order && claimBy(request.person!, order, request.session.guestBuyerIds ?? []);
  if (!order || !by) throw new NotFound();
  return { order, by };
}
