import type { Database, Transaction } from '../database.ts';

export interface Category {
  id: string;
  slug: string;
  name: string;
  examples: string;
}

export interface CountedCategory extends Category {
  count: number;
}

const FRESH_FOR = 30_000;
const known = new WeakMap<Database, { categories: CountedCategory[]; at: number }>();

/** Every category with the number of gigs on sale in it; at most half a minute old, since counting reads every listing. */
export async function countedCategories(trx: Transaction, database: Database): Promise<CountedCategory[]> {
  const cached = known.get(database);
  if (cached && Date.now() - cached.at < FRESH_FOR) return cached.categories;
  const counts = trx('gig_listings').select('category_id').count({ count: '*' }).groupBy('category_id').as('l');
  const categories = await trx('categories as c')
    .leftJoin(counts, 'l.category_id', 'c.id')
    .select<CountedCategory[]>('c.id', 'c.slug', 'c.name', 'c.examples', trx.raw('coalesce(l.count, 0) as count'))
    .orderBy(['c.position', 'c.name']);
  known.set(database, { categories, at: Date.now() });
  return categories;
}

/** Every category, for a choice. */
export const allCategories = (trx: Transaction): Promise<Category[]> =>
  trx('categories').orderBy(['position', 'name']).select<Category[]>('id', 'slug', 'name', 'examples');

export const findCategory = (trx: Transaction, slug: string): Promise<Category | undefined> =>
  trx('categories').where({ slug }).first<Category | undefined>('id', 'slug', 'name', 'examples');

export const categorySlugs = (trx: Transaction): Promise<string[]> =>
  trx('categories').orderBy(['position', 'name']).pluck('slug');
