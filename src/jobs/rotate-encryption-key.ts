import { decrypt, encrypt, sealedWith } from '../encryption.ts';
import { rehashGuestTokens } from '../models/guest-buyer.ts';
import type { Services } from '../services.ts';

const SEALED = [
  { table: 'whop_identities', id: 'sub', column: 'refresh_token_encrypted' },
  { table: 'second_factors', id: 'user_id', column: 'secret_encrypted' },
] as const;

/**
 * Seals every secret with ENCRYPTION_KEY that is still sealed with ENCRYPTION_KEY_PREVIOUS. Safe to repeat, and while the site
 * runs: each row is locked while it changes. Mailed guest links end; their owners can ask for new ones.
 */
export async function rotateEncryptionKey({ config, database }: Services): Promise<Record<string, number>> {
  if (!config.previousEncryptionKey) throw new Error('Set ENCRYPTION_KEY_PREVIOUS to the key that is being replaced.');
  let sealed = 0;
  let lost = 0;
  for (const { table, id, column } of SEALED) {
    const ids = await database.withSystem('jobs', (trx) => trx(table).whereNotNull(column).pluck<string[]>(id));
    for (const key of ids) {
      await database.withSystem('jobs', async (trx) => {
        const row = await trx(table)
          .where(id, key)
          .forUpdate()
          .first<Record<string, string | null> | undefined>(column);
        const text = row?.[column];
        if (!text || sealedWith(text, config.encryptionKey)) return;
        const secret = decrypt(text, config.previousEncryptionKey!);
        if (secret === null) return void (lost += 1);
        await trx(table).where(id, key).update(column, encrypt(secret, config.encryptionKey));
        sealed += 1;
      });
    }
  }
  const links = await database.withSystem('jobs', (trx) => rehashGuestTokens(trx, config));
  return { sealed, 'guest links renewed': links, 'sealed with a key that is not known': lost };
}
