import type { Config } from '../config.ts';
import type { Database, Transaction } from '../database.ts';
import { encrypt } from '../encryption.ts';
import { Conflict, SignInFailed } from '../errors.ts';
import type { WhopIdentity } from '../whop/oauth.ts';
import { createUser } from './user.ts';
import { askJoin, lockIdentity } from './whop-join.ts';

export interface WhopIdentityRow {
  sub: string;
  user_id: string;
  email: string | null;
  refresh_token_encrypted: string | null;
  scope: string;
  linked_at: Date;
}

/** The Whop account of a person, as he may see it himself. */
export const findIdentity = (trx: Transaction, userId: string): Promise<WhopIdentityRow | undefined> =>
  trx<WhopIdentityRow>('whop_identities').where({ user_id: userId }).first();

/** Signed in as a user, or not before the owner of a mailbox has proven it. `email` is the account's own, if it has one. */
export type WhopSignIn = { userId: string; email: string | null } | { mailedTo: string };
type Account = { userId: string } | { mailedTo: string };

/**
 * Finds or makes the account of a Whop identity (product.md section 1). The key is `sub`, never the e-mail address.
 * It joins an existing account only when both addresses are verified and equal; where the account's is not, a link is mailed to it.
 * @throws SignInFailed when the address belongs to an account that may not be joined
 */
export async function signInWithWhop(database: Database, config: Config, identity: WhopIdentity): Promise<WhopSignIn> {
  return database.withSystem('sign-in', async (trx) => {
    const owner = await ownerOf(trx, identity);
    const found = owner ? { userId: owner } : await accountFor(trx, config, identity);
    if ('mailedTo' in found) return found;
    await store(trx, config, identity, found.userId);
    const { email } = await trx('users').where({ id: found.userId }).first('email');
    return { ...found, email };
  });
}

/**
 * Joins a Whop identity to the account of a person who is signed in and asked for it.
 * @throws Conflict when the identity belongs to another account, or the account to another identity
 */
export async function linkWhop(
  database: Database,
  config: Config,
  userId: string,
  identity: WhopIdentity,
): Promise<void> {
  await database.withSystem('sign-in', async (trx) => {
    const owner = await ownerOf(trx, identity);
    if (owner && owner !== userId) {
      throw new Conflict('This Whop account belongs to another GigFlow account. Nothing was linked.');
    }
    const present = await findIdentity(trx, userId);
    if (present && present.sub !== identity.sub) {
      throw new Conflict('Your account is connected to another Whop account. Disconnect that one first.');
    }
    await store(trx, config, identity, userId);
  });
}

/**
 * Takes a person's Whop identity off his account, and with it the chats that only it can open.
 * @returns the sealed refresh token, for revocation; null when there is none
 * @throws Conflict when it is his only way to sign in
 */
export async function unlinkWhop(database: Database, userId: string): Promise<string | null> {
  return database.withSystem('sign-in', async (trx) => {
    const user = await trx('users')
      .where({ id: userId })
      .forUpdate()
      .first<{ email: string | null; password_hash: string | null } | undefined>('email', 'password_hash');
    if (!user?.email || !user.password_hash) {
      throw new Conflict('Whop is your only way to sign in. Give your account an e-mail address and a password first.');
    }
    const identity = await findIdentity(trx, userId);
    await trx('whop_identities').where({ user_id: userId }).delete();
    await trx('whop_dm_channels').where({ buyer_id: userId }).orWhere({ seller_id: userId }).delete();
    return identity?.refresh_token_encrypted ?? null;
  });
}

/** Locks out a second sign-in of the same identity until this transaction ends, then looks whose it is. */
async function ownerOf(trx: Transaction, { sub }: WhopIdentity): Promise<string | undefined> {
  await lockIdentity(trx, sub);
  const known = await trx<WhopIdentityRow>('whop_identities').where({ sub }).first('user_id');
  return known?.user_id;
}

const store = (trx: Transaction, config: Config, identity: WhopIdentity, userId: string): Promise<unknown> =>
  trx('whop_identities')
    .insert({
      sub: identity.sub,
      user_id: userId,
      email: identity.email,
      refresh_token_encrypted: identity.refreshToken && encrypt(identity.refreshToken, config.encryptionKey),
      scope: identity.scope,
    })
    .onConflict('sub')
    .merge(['email', 'refresh_token_encrypted', 'scope']);

async function accountFor(trx: Transaction, config: Config, identity: WhopIdentity): Promise<Account> {
  const local = identity.email
    ? await trx('users')
        .where({ email: identity.email })
        .first<LocalAccount | undefined>('id', 'email', 'email_verified_at')
    : undefined;
  if (!local) return { userId: await newAccount(trx, identity) };
  const joined = await trx('whop_identities').where({ user_id: local.id }).first('sub');
  if (!joined && !local.email_verified_at) {
    await askJoin(trx, config, identity, local);
    return { mailedTo: local.email };
  }
  if (!joined && identity.emailVerified) return { userId: local.id };
  throw new SignInFailed(
    'There is an account with this e-mail address already. Sign in with its password; nothing has been linked.',
  );
}

interface LocalAccount {
  id: string;
  email: string;
  email_verified_at: Date | null;
}

/** An address that Whop has not verified proves nothing: it would keep its real owner from signing up. */
function newAccount(trx: Transaction, identity: WhopIdentity): Promise<string> {
  const email = identity.emailVerified ? identity.email : null;
  return createUser(trx, {
    email,
    emailVerified: email !== null,
    passwordHash: null,
    displayName: (identity.name ?? 'New member').slice(0, 80),
  });
}
