import type { Config } from '../config.ts';
import type { Database, Transaction } from '../database.ts';
import { encrypt } from '../encryption.ts';
import { SignInFailed } from '../errors.ts';
import type { WhopIdentity } from '../whop/oauth.ts';
import { createUser } from './user.ts';

/**
 * Finds or makes the account of a Whop identity (product.md section 1). The key is `sub`, never the e-mail address.
 * It joins an existing account only when both addresses are verified and equal.
 * @returns the user's id
 * @throws SignInFailed when the address belongs to an account that may not be joined
 */
export async function signInWithWhop(database: Database, config: Config, identity: WhopIdentity): Promise<string> {
  return database.withSystem('sign-in', async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`whop:${identity.sub}`]);
    const known = await trx('whop_identities')
      .where({ sub: identity.sub })
      .first<{ user_id: string } | undefined>('user_id');
    const userId = known?.user_id ?? (await accountFor(trx, identity));
    await trx('whop_identities')
      .insert({
        sub: identity.sub,
        user_id: userId,
        email: identity.email,
        refresh_token_encrypted: identity.refreshToken && encrypt(identity.refreshToken, config.encryptionKey),
        scope: identity.scope,
      })
      .onConflict('sub')
      .merge(['email', 'refresh_token_encrypted', 'scope']);
    return userId;
  });
}

async function accountFor(trx: Transaction, identity: WhopIdentity): Promise<string> {
  const local = identity.email
    ? await trx('users')
        .where({ email: identity.email })
        .first<{ id: string; email_verified_at: Date | null } | undefined>('id', 'email_verified_at')
    : undefined;
  if (!local) {
    // An address that Whop has not verified proves nothing: it would keep its real owner from signing up.
    const email = identity.emailVerified ? identity.email : null;
    return createUser(trx, {
      email,
      emailVerified: email !== null,
      passwordHash: null,
      displayName: (identity.name ?? 'New member').slice(0, 80),
    });
  }
  const joined = await trx('whop_identities').where({ user_id: local.id }).first('sub');
  if (identity.emailVerified && local.email_verified_at && !joined) return local.id;
  throw new SignInFailed(
    'There is an account with this e-mail address already. Sign in with its password; nothing has been linked.',
  );
}
