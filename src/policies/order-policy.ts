import type { Actor } from '../database.ts';
import { allow, deny, type Decision } from './policy.ts';

/** The sides of an order. */
export interface Parties {
  buyer_id: string | null;
  guest_buyer_id: string | null;
  seller_id: string;
}

export interface Asker {
  actor: Actor;
  suspended: boolean;
}

export type OrderRole = 'buyer' | 'seller' | 'admin';
export type OrderPredicate = (asker: Asker, order: Parties) => Decision;

/** What somebody is to an order; an admin who is a party is that party, as in order_actor(). */
export function roleIn(actor: Actor, order: Parties): OrderRole | null {
  if (actor.role === 'anonymous') return null;
  if (actor.role === 'guest') return actor.id === order.guest_buyer_id ? 'buyer' : null;
  if (actor.id === order.buyer_id) return 'buyer';
  if (actor.id === order.seller_id) return 'seller';
  return actor.role === 'admin' ? 'admin' : null;
}

const partiesAnd =
  (roles: OrderRole[], reason: string): OrderPredicate =>
  (asker, order) => {
    const role = roleIn(asker.actor, order);
    if (role === null) return deny('This order is between other people.');
    if (asker.suspended) return deny('Your account is suspended. You can look at your orders, not act on them.');
    return roles.includes(role) ? allow() : deny(reason);
  };

/** Suspended people still see their orders. */
export const see: OrderPredicate = (asker, order) =>
  roleIn(asker.actor, order) ? allow() : deny('This order is between other people.');

export const submitRequirements = partiesAnd(['buyer'], 'Only the buyer can send the brief.');
export const deliver = partiesAnd(['seller'], 'Only the seller can deliver.');
export const requestRevision = partiesAnd(['buyer'], 'Only the buyer can ask for changes.');
export const acceptDelivery = partiesAnd(['buyer'], 'Only the buyer can accept a delivery.');
export const review = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller review each other.');
export const sendMessage = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller write in this thread.');
