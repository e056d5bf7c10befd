import type { Transaction } from '../database.ts';
import type { Category } from './category.ts';

export interface CategoryOnDesk extends Category {
  position: number;
  /** Gigs under it, on sale or not. */
  gigs: number;
}

export interface CategoryInput {
  name: string;
  examples: string;
  position: number;
}

/** Every category with its gigs, for an admin. */
export const categoryDesk = (trx: Transaction): Promise<CategoryOnDesk[]> =>
  trx('categories as c')
    .orderBy(['c.position', 'c.name'])
    .select<CategoryOnDesk[]>('c.*', trx.raw('(select count(*)::int from gigs g where g.category_id = c.id) as gigs'));

/** @returns false when there is one with this slug already */
export async function addCategory(trx: Transaction, id: string, slug: string, input: CategoryInput): Promise<boolean> {
  const added = await trx('categories')
    .insert({ id, slug, ...input })
    .onConflict('slug')
    .ignore();
  return (added as unknown as { rowCount: number }).rowCount === 1;
}

/** The slug stays: addresses that were given out go on leading here. */
export const changeCategory = (trx: Transaction, id: string, input: CategoryInput): Promise<number> =>
  trx('categories').where({ id }).update(input);

/** @returns false when gigs stand under it, or it is gone */
export const removeCategory = async (trx: Transaction, id: string): Promise<boolean> =>
  (await trx('categories')
    .where({ id })
    .whereNotExists((used) => used.select('id').from('gigs').where({ category_id: id }))
    .delete()) === 1;
