import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Database, Transaction } from '../database.ts';
import type { Services } from '../services.ts';
import { issueLink } from './account-token.ts';
import { recordAudit, recordFailedSignIn, type Origin } from './audit-event.ts';
import { freeUsername } from './username.ts';

/** OWASP's least: 19 MiB, two passes, about 13 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const CURRENT = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

export interface NewUser {
  email: string | null;
  emailVerified?: boolean;
  passwordHash: string | null;
  displayName: string;
  username?: string;
}

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let decoy: Promise<string> | null = null;

/**
 * Signs in by e-mail and password. An unknown address costs as much time as a wrong password, so neither tells which it was.
 * A hash made with older parameters is made anew.
 * @returns the user's id, or null
 */
export async function authenticate(
  database: Database,
  email: string,
  password: string,
  from: Origin,
): Promise<string | null> {
  const user = await database.withSystem('sign-in', (trx) =>
    trx('users')
      .where({ email })
      .first<{ id: string; password_hash: string | null } | undefined>('id', 'password_hash'),
  );
  if (!(await passwordMatches(user?.password_hash ?? null, password))) {
    await recordFailedSignIn(database, email, from);
    return null;
  }
  if (!CURRENT.test(user!.password_hash!)) await rehash(database, user!.id, user!.password_hash!, password);
  return user!.id;
}

/** Compares in the same time when there is no password to compare with. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomUUID());
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && matches;
}

async function rehash(database: Database, id: string, old: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await database.withSystem('sign-in', (trx) =>
    trx('users').where({ id, password_hash: old }).update({ password_hash: passwordHash }),
  );
}

/**
 * Makes a user and his profile in the caller's transaction (as system).
 * @throws the database's unique violation (23505) when the e-mail address is taken
 */
export async function createUser(trx: Transaction, user: NewUser): Promise<string> {
  const id = randomUUID();
  await trx('users').insert({
    id,
    email: user.email,
    email_verified_at: user.emailVerified ? trx.raw('app_now()') : null,
    password_hash: user.passwordHash,
  });
  const username = user.username ?? (await freeUsername(trx, user.displayName));
  await trx('profiles').insert({ user_id: id, username, display_name: user.displayName });
  return id;
}

/** Registers by e-mail and asks for the proof of the address; null when the address has an account already. */
export async function register(
  { config, database }: Services,
  { email, password, displayName }: { email: string; password: string; displayName: string },
  from: Origin,
): Promise<string | null> {
  const passwordHash = await hashPassword(password);
  try {
    return await database.withSystem('sign-in', async (trx) => {
      const userId = await createUser(trx, { email, passwordHash, displayName });
      await issueLink(trx, config, { purpose: 'verify-email', userId, email });
      await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'account.made', from });
      return userId;
    });
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === '23505' && constraint === 'users_email_key') return null;
    throw error;
  }
}

/** Gives an account without an e-mail address (it came from Whop) its first one; false when somebody else has it. */
export async function addEmail(database: Database, userId: string, email: string): Promise<boolean> {
  try {
    await database.withSystem('sign-in', (trx) => trx('users').where({ id: userId, email: null }).update({ email }));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false;
    throw error;
  }
}
