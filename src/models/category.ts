import type { Transaction } from '../database.ts';

export interface Category {
  id: string;
  slug: string;
  name: string;
  examples: string;
}

export interface CountedCategory extends Category {
  count: number;
}

/** Every category with the number of gigs on sale in it. */
export const countedCategories = (trx: Transaction): Promise<CountedCategory[]> =>
  trx('categories as c')
    .leftJoin(
      trx('gig_listings').select('category_id').count({ count: '*' }).groupBy('category_id').as('l'),
      'l.category_id',
      'c.id',
    )
    .select<CountedCategory[]>('c.id', 'c.slug', 'c.name', 'c.examples', trx.raw('coalesce(l.count, 0) as count'))
    .orderBy(['c.position', 'c.name']);

export const categorySlugs = (trx: Transaction): Promise<string[]> =>
  trx('categories').orderBy(['position', 'name']).pluck('slug');
