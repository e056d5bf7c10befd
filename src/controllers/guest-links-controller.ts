import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { findGuestOrder } from '../models/guest-buyer.ts';
import { paths } from '../paths.ts';

/** A guest's mailed link: puts his orders into the session and leads to the newest; whoever is signed in is asked to claim it. */
export async function show(request: Request, response: Response): Promise<void> {
  const found = await request.services.database.withSystem('session', (trx) =>
    findGuestOrder(trx, String(request.params.token)),
  );
  if (!found) throw new NotFound();
  const known = (request.session.guestBuyerIds ?? []).filter((id) => id !== found.guestId);
  request.session.guestBuyerIds = [...known, found.guestId].slice(-20);
  await response.seeOther(request.person ? paths.orderClaim(found.orderId) : paths.order(found.orderId));
}
