import type { Person } from '../models/person.ts';
import { allow, deny, type Decision } from './policy.ts';

/** Approving and rejecting: an admin, but not of his own gig. */
export function mayReviewGig(person: Person, gig: { seller_id: string }): Decision {
  if (person.role !== 'admin') return deny('Only an admin reviews gigs.');
  if (person.id === gig.seller_id) return deny('This gig is your own. Another admin has to review it.');
  return allow();
}
