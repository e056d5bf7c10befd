import type { Person } from '../models/person.ts';
import { allow, deny, type Decision } from './policy.ts';

interface Sides {
  seller_id: string;
  buyer_id: string;
}

export function mayMakeOffer(person: Person, thread: Sides): Decision {
  return person.id === thread.seller_id ? allow() : deny('Only the seller of this gig makes offers here.');
}

export function mayWithdrawOffer(person: Person, offer: Sides): Decision {
  return person.id === offer.seller_id ? allow() : deny('Only the seller who made an offer can withdraw it.');
}

export function mayDeclineOffer(person: Person, offer: Sides): Decision {
  return person.id === offer.buyer_id ? allow() : deny('Only the buyer can decline an offer.');
}
