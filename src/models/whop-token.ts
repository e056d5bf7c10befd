import type { Database } from '../database.ts';
import { decrypt, encrypt } from '../encryption.ts';
import type { Services } from '../services.ts';
import { refreshTokens, revokeToken } from '../whop/oauth-tokens.ts';
import type { WhopIdentityRow } from './whop-identity.ts';

/**
 * An access token in the person's own name, good for an hour. Refresh tokens work once, so the row stays locked while Whop
 * answers: two at the same moment go one after the other, each with the token that is good by then (contract 1.3).
 * The call has a time-out of its own, shorter than the database's patience with idle transactions.
 * @returns null when he has to sign in with Whop again
 * @throws Unavailable when Whop does not answer; the token stays
 */
export async function freshAccessToken(services: Services, userId: string): Promise<string | null> {
  const { config, database } = services;
  return database.withSystem('sign-in', async (trx) => {
    await trx.raw(`set local lock_timeout = '12s'`);
    const identity = () => trx<WhopIdentityRow>('whop_identities').where({ user_id: userId });
    const row = await identity().forUpdate().first();
    const sealed = row?.refresh_token_encrypted;
    const refreshToken = sealed && decrypt(sealed, config.decryptionKeys);
    const tokens = refreshToken ? await refreshTokens(services, refreshToken) : null;
    if (sealed && !tokens) await identity().update({ refresh_token_encrypted: null });
    if (!tokens) return null;
    const next = tokens.refresh_token ?? refreshToken!;
    await identity().update({ refresh_token_encrypted: encrypt(next, config.encryptionKey) });
    return tokens.access_token;
  });
}

/** Ends a sealed refresh token at Whop; whatever happens there, here it is gone. */
export async function revokeSealed(services: Services, sealed: string | null): Promise<void> {
  const refreshToken = sealed && decrypt(sealed, services.config.decryptionKeys);
  if (refreshToken) await revokeToken(services, refreshToken);
}

/** For signing out: GigFlow keeps no key to the person's Whop account beyond his visit. */
export async function dropRefreshToken(services: Services, userId: string): Promise<void> {
  await revokeSealed(services, await takeRefreshToken(services.database, userId));
}

const takeRefreshToken = (database: Database, userId: string): Promise<string | null> =>
  database.withSystem('sign-in', async (trx) => {
    const identity = () => trx<WhopIdentityRow>('whop_identities').where({ user_id: userId });
    const row = await identity().forUpdate().first();
    if (!row?.refresh_token_encrypted) return null;
    await identity().update({ refresh_token_encrypted: null });
    return row.refresh_token_encrypted;
  });
