import type { RequestHandler } from 'express';
import { findGuestOrderById } from '../models/order-claim.ts';
import { paths } from '../paths.ts';

/** Whoever bought as a guest in this browser and has signed in since is asked to take the order into his account. */
export const claimFirst: RequestHandler = async ({ person, params, services, session }, response, next) => {
  const guests = session.guestBuyerIds ?? [];
  if (!person || guests.length === 0) return next();
  // As system: the order is the guest's still, and the person does not see it.
  const order = await services.database.withSystem('session', (trx) => findGuestOrderById(trx, String(params.id)));
  if (!order || order.seller_id === person.id || !guests.includes(order.guest_id)) return next();
  response.redirect(303, paths.orderClaim(order.id));
};
