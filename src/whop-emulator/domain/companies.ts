import { newId } from '../ids.ts';
import type { Company } from '../records.ts';
import type { Store } from '../store.ts';
import { userByEmail } from './people.ts';

/**
 * Whop refuses mailboxes that take no mail; seen with example.com (contract 2.2). Relaxed for `.test`, where the
 * demo's people live.
 */
export const isDeliverable = (email: string): boolean => !/@(.+\.)?(example\.(com|org|net)|invalid)$/i.test(email);

type NewCompany = Pick<
  Company,
  'title' | 'email' | 'parentId' | 'country' | 'description' | 'metadata' | 'sendCustomerEmails'
>;

/** A company with an empty ledger and no identity check yet; its e-mail's Whop user owns it (contract 2.2). */
export function addCompany(store: Store, details: NewCompany): Company {
  const now = new Date().toISOString();
  const owner = details.email ? userByEmail(store, details.email, details.title) : [...store.users.values()][0]!;
  const id = newId('biz');
  const slug = details.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const company: Company = {
    ...details,
    id,
    route: `${slug}-${id.slice(-4).toLowerCase()}`,
    ownerId: owner.id,
    ledgerId: newId('ldgr'),
    identity: {
      id: newId('idpf'),
      kind: 'individual',
      status: 'not_started',
      payoutAccountId: newId('poact'),
      verificationId: newId('verf'),
      errorCode: null,
      errorReason: null,
      firstName: null,
      lastName: null,
      dateOfBirth: null,
      country: null,
      phone: null,
      createdAt: now,
      updatedAt: now,
    },
    createdAt: now,
    updatedAt: now,
  };
  store.companies.set(id, company);
  store.touch();
  return company;
}
