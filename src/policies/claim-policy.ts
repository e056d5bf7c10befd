import type { Person } from '../models/person.ts';

/** How somebody shows that a guest's order is his: by the proven address, by the link in his session, or not at all. */
export function claimBy(
  person: Pick<Person, 'id' | 'email' | 'emailVerified'>,
  order: { email: string; guest_id: string; seller_id: string },
  linked: string[],
): 'address' | 'link' | null {
  if (person.id === order.seller_id) return null;
  if (person.emailVerified && person.email?.toLowerCase() === order.email.toLowerCase()) return 'address';
  return linked.includes(order.guest_id) ? 'link' : null;
}
