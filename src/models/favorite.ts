import type { Transaction } from '../database.ts';
import { NotFound } from '../errors.ts';
import { rowColumns, type ListingRow } from './listing.ts';

/** Keeps a gig for later; a second time changes nothing. @throws NotFound when it is not on sale */
export async function saveGig(trx: Transaction, userId: string, gigId: string): Promise<void> {
  const listed = await trx('gig_listings').where({ gig_id: gigId }).first('gig_id');
  if (!listed) throw new NotFound();
  await trx('favorites').insert({ user_id: userId, gig_id: gigId }).onConflict(['user_id', 'gig_id']).ignore();
}

export const forgetGig = (trx: Transaction, userId: string, gigId: string): Promise<number> =>
  trx('favorites').where({ user_id: userId, gig_id: gigId }).delete();

export async function isSaved(trx: Transaction, userId: string, gigId: string): Promise<boolean> {
  const saved = await trx('favorites').where({ user_id: userId, gig_id: gigId }).first('gig_id');
  return saved !== undefined;
}

/** The saved gigs that are on sale, the last saved first, and how many are not just now. */
export async function savedGigs(trx: Transaction, userId: string): Promise<{ gigs: ListingRow[]; offSale: number }> {
  const gigs = await trx('favorites as f')
    .join('gig_listings as l', 'l.gig_id', 'f.gig_id')
    .where('f.user_id', userId)
    .orderBy([{ column: 'f.created_at', order: 'desc' }, 'l.gig_id'])
    .limit(200)
    .select<ListingRow[]>(rowColumns(trx));
  const rest = await trx('favorites as f')
    .whereNotExists((listed) => listed.select('gig_id').from('gig_listings as l').whereRaw('l.gig_id = f.gig_id'))
    .where('f.user_id', userId)
    .count({ count: '*' })
    .first<{ count: number }>();
  return { gigs, offSale: Number(rest.count) };
}
