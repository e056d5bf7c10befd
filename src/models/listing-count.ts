import type { Database } from '../database.ts';

const FRESH_FOR = 30_000;
const cache = new WeakMap<Database, { count: number; at: number }>();

/** How many gigs stand in the shop; at most half a minute old, since every page's search field says it. */
export async function listingCount(database: Database): Promise<number> {
  const known = cache.get(database);
  if (known && Date.now() - known.at < FRESH_FOR) return known.count;
  const [row] = await database.withActor({ role: 'anonymous' }, (trx) => trx('gig_listings').count({ count: '*' }));
  const count = Number(row?.count ?? 0);
  cache.set(database, { count, at: Date.now() });
  return count;
}
