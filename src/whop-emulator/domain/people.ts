import { EMULATOR_CREDENTIALS } from '../credentials.ts';
import { newId } from '../ids.ts';
import type { User } from '../records.ts';
import type { Store } from '../store.ts';

const JOINED = '2026-01-05T09:00:00.000Z';

/** Whop users that always exist; the last three are there for what can be wrong with an e-mail address (contract 1.4). */
const PERSONAS: User[] = [
  persona('user_EmuAda00000001', 'Ada Marlowe', 'ada', 'ada@gigflow.test'),
  persona('user_EmuNoor0000001', 'Noor Haddad', 'noor', 'noor@gigflow.test'),
  persona('user_EmuTomas000001', 'Tomas Vesely', 'tomas', 'tomas@gigflow.test'),
  persona('user_EmuMina0000001', 'Mina Rostami', 'mina', 'mina@gigflow.test'),
  persona('user_EmuWes00000001', 'Wes Lindqvist', 'wes', 'wes@whop-people.test'),
  persona('user_EmuQuinn000001', 'Quinn Silent', 'quinn', null),
  { ...persona('user_EmuUna00000001', 'Una Unproven', 'una', 'una@whop-people.test'), emailVerified: false },
  { ...persona('user_EmuEve00000001', 'Eve Impostor', 'eve', 'ada@gigflow.test'), emailVerified: false },
];

function persona(id: string, name: string, username: string, email: string | null): User {
  return { id, name, username, email, emailVerified: email !== null, persona: true, createdAt: JOINED };
}

/** The user behind an address: one who proved it, else a fresh one, as a guest checkout makes (contract 4.4). */
export function userByEmail(store: Store, email: string, name: string | null = null): User {
  const address = email.toLowerCase();
  const known = [...store.users.values()].find((user) => user.emailVerified && user.email?.toLowerCase() === address);
  if (known) return known;
  return addUser(store, { email: address, emailVerified: true, name, persona: false });
}

export function addUser(store: Store, details: Partial<User>): User {
  const id = details.id ?? newId('user');
  const user: User = {
    id,
    email: details.email ?? null,
    emailVerified: details.emailVerified ?? Boolean(details.email),
    name: details.name ?? null,
    username: details.username ?? freeUsername(store, details.email?.split('@')[0] ?? details.name ?? 'user'),
    persona: details.persona ?? true,
    createdAt: details.createdAt ?? new Date().toISOString(),
  };
  store.users.set(id, user);
  store.touch();
  return user;
}

function freeUsername(store: Store, wish: string): string {
  const base = wish.toLowerCase().replace(/[^a-z0-9]/g, '') || 'user';
  const taken = new Set([...store.users.values()].map((user) => user.username));
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? base : `${base}${number}`;
    if (!taken.has(username)) return username;
  }
}

/** The platform company, its owner and the personas: there before anybody has done anything. */
export function populate(store: Store): void {
  for (const user of PERSONAS) {
    if (!store.users.has(user.id)) store.users.set(user.id, { ...user });
  }
  const owner = PERSONAS.find(({ username }) => username === 'mina')!;
  const id = EMULATOR_CREDENTIALS.platformCompanyId;
  if (store.companies.has(id)) return;
  store.companies.set(id, {
    id,
    title: 'GigFlow',
    route: 'gigflow',
    email: owner.email,
    country: 'us',
    description: null,
    parentId: null,
    ownerId: owner.id,
    ledgerId: 'ldgr_EmuPlatform001',
    metadata: null,
    sendCustomerEmails: false,
    identity: {
      id: 'idpf_EmuPlatform001',
      kind: 'business',
      status: 'approved',
      payoutAccountId: 'poact_EmuPlatform001',
      verificationId: 'verf_EmuPlatform001',
      errorCode: null,
      errorReason: null,
      firstName: 'Mina',
      lastName: 'Okafor',
      dateOfBirth: null,
      country: 'US',
      phone: null,
      createdAt: JOINED,
      updatedAt: JOINED,
    },
    createdAt: JOINED,
    updatedAt: JOINED,
  });
}
