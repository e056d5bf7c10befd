import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Actor, Transaction } from '../database.ts';

/** The secret of a guest's order link. Derived, so that it can be mailed again; only its hash is stored. */
export const guestToken = (config: Config, guestId: string): string =>
  createHmac('sha256', config.encryptionKey).update(`guest:${guestId}`).digest('base64url');

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The guest of this session with this address, or a new one (as system). */
export async function ensureGuest(trx: Transaction, config: Config, email: string, known: string[]): Promise<string> {
  const same = await trx('guest_buyers').where({ email }).whereIn('id', known).first<{ id: string } | undefined>('id');
  if (same) return same.id;
  const id = randomUUID();
  await trx('guest_buyers').insert({ id, email, token_hash: hashOf(guestToken(config, id)) });
  return id;
}

/** After a change of the key: makes the stored hashes those of the links that are mailed from now on (as system). */
export async function rehashGuestTokens(trx: Transaction, config: Config): Promise<number> {
  const guests = await trx('guest_buyers').select<{ id: string; token_hash: string }[]>('id', 'token_hash');
  const stale = guests.filter(({ id, token_hash }) => token_hash !== hashOf(guestToken(config, id)));
  for (const { id } of stale) {
    await trx('guest_buyers')
      .where({ id })
      .update({ token_hash: hashOf(guestToken(config, id)) });
  }
  return stale.length;
}

/** Links work until 90 days after the order closed (product.md section 4.5). */
const STILL_LINKED = `(o.status not in ('completed', 'cancelled', 'refunded') or o.updated_at > app_now() - interval '90 days')`;

/** What was bought with this address and without an account, and can still be reached by its link (as system). */
export const guestOrdersOf = (trx: Transaction, email: string): Promise<{ guestId: string; title: string }[]> =>
  trx('guest_buyers as g')
    .join('orders as o', 'o.guest_buyer_id', 'g.id')
    .where('g.email', email)
    .whereRaw(STILL_LINKED)
    .orderBy('o.created_at', 'desc')
    .limit(20)
    .select({ guestId: 'g.id', title: 'o.title' });

/** The newest order of a mailed link. */
export async function findGuestOrder(
  trx: Transaction,
  token: string,
): Promise<{ guestId: string; orderId: string } | undefined> {
  return trx('guest_buyers as g')
    .join('orders as o', 'o.guest_buyer_id', 'g.id')
    .where('g.token_hash', hashOf(token))
    .whereRaw(STILL_LINKED)
    .orderBy('o.created_at', 'desc')
    .first({ guestId: 'g.id', orderId: 'o.id' });
}

/** The address that a guest gave, as he himself may see it. */
export async function guestEmail(trx: Transaction, actor: Actor): Promise<string | null> {
  if (actor.role !== 'guest') return null;
  const guest = await trx('guest_buyers').where({ id: actor.id }).first<{ email: string } | undefined>('email');
  return guest?.email ?? null;
}
