import type { Person } from '../models/person.ts';
import { allow, deny, type Decision } from './policy.ts';

/** Suspending and lifting it: an admin, but neither himself nor another admin. */
export function maySuspend(person: Person, other: { id: string; role: 'user' | 'admin' }): Decision {
  if (person.role !== 'admin') return deny('Only an admin suspends people.');
  if (person.id === other.id) return deny('You cannot suspend yourself.');
  if (other.role === 'admin')
    return deny('This person is an admin. Take that role away first: npm run admin -- revoke EMAIL.');
  return allow();
}
