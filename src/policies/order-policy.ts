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
export const askToCancel = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller can ask to cancel.');
export const cancelUnstarted = partiesAnd(['seller'], 'Only the seller can cancel an order without a brief.');
export const cancelLate = partiesAnd(['buyer'], 'Only the buyer can cancel a late order.');
export const cancelSuspended = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller can leave an order so.');
export const reportDelay = partiesAnd(['buyer'], 'Only the buyer can report a delay.');
export const propose = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller agree on changes of the order.');
export const dispute = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller can report a problem.');
export const stateInDispute = partiesAnd(
  ['buyer', 'seller', 'admin'],
  'Only those who are concerned write in a dispute.',
);
export const buyMore = partiesAnd(['buyer'], 'Only the buyer can add to an order.');
export const reply = partiesAnd(['buyer', 'seller'], 'Only who was reviewed can answer.');
export const sendMessage = partiesAnd(['buyer', 'seller'], 'Only the buyer and the seller write in this thread.');

/** Admins decide about other people's orders, never about their own. */
export const decide: OrderPredicate = (asker, order) => {
  if (asker.actor.role !== 'admin') return deny('Only an admin can do this.');
  if (asker.suspended) return deny('Your account is suspended.');
  return roleIn(asker.actor, order) === 'admin'
    ? allow()
    : deny('You are a side of this order. Another admin has to decide.');
};

/** The asker's own proposal is withdrawn by him and answered by the other side. */
export const answer =
  (byRole: 'buyer' | 'seller', how: 'accept' | 'decline' | 'withdraw'): OrderPredicate =>
  (asker, order) => {
    const side = propose(asker, order);
    if (!side.allowed) return side;
    const own = roleIn(asker.actor, order) === byRole;
    if (how === 'withdraw') return own ? allow() : deny('Only the person who asked can withdraw this.');
    return own ? deny('The other side has to answer this.') : allow();
  };
