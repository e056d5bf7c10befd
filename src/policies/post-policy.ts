import type { Person } from '../models/person.ts';
import type { SellerAccount } from '../models/seller-account.ts';
import { allow, deny, type Decision } from './policy.ts';

/** Publishing a post asks for money, so it needs an identity check that passed, as gigs do. */
export function mayPublishPost(person: Person, account: Pick<SellerAccount, 'kyc_status'>): Decision {
  if (person.suspended) return deny('Your account is suspended. Nothing can be put on sale.');
  if (account.kyc_status !== 'verified') return deny('Pass the identity check first. Then you can sell posts.');
  return allow();
}
