import type { Person } from '../models/person.ts';
import { allow, deny, type Decision } from './policy.ts';

/** Closing a report: an admin, but none who took part in the conversation. */
export function mayCloseReport(person: Person, thread: { buyer_id: string; seller_id: string }): Decision {
  if (person.role !== 'admin') return deny('Only an admin closes reports.');
  if ([thread.buyer_id, thread.seller_id].includes(person.id))
    return deny('This is your own conversation. Another admin closes the report.');
  return allow();
}
