import type { Knex } from 'knex';
import type { Transaction } from '../database.ts';
import { rowColumns, type ListingRow } from './listing.ts';
import { correctWords } from './listing-word.ts';
import { orderOf, type Cursor, type Order, type SearchSort } from './listing-order.ts';

/** Up to so many matches are ranked and counted exactly; more are walked in a stored order (product.md section 3). */
export const EXACT_UP_TO = 1_000;
export const PAGE_SIZE = 24;
/** A search that finds fewer than this may have a typing mistake in it. */
const FEW = 3;

export interface SearchFilters {
  text: string;
  categorySlug: string | null;
  minCents: number | null;
  maxCents: number | null;
  deliveryDays: number | null;
  rating: number | null;
  level: number | null;
}

export interface FacetCategory {
  id: string;
  slug: string;
  name: string;
  /** Null when there are too many to count. */
  count: number | null;
}

export interface SearchResult {
  items: ListingRow[];
  /** Matches in the chosen category; EXACT_UP_TO and `capped` when there are more. */
  total: number;
  capped: boolean;
  /** Matches in all categories, null when there are too many. */
  totalEverywhere: number | null;
  categories: FacetCategory[];
  category: FacetCategory | null;
  /** What was searched for besides, when words seemed mistyped, and how many matched as it was typed. */
  corrected: { text: string; literal: number } | null;
  /** Place of the first item, where it is known. */
  place: number | null;
  next: Cursor | null;
  previous: Cursor | null;
}

interface Matching extends SearchFilters {
  /** The words as Postgres looks for them; null when there are none. */
  words: Knex.Raw | null;
}

/** One page of the listings that match, with the counts beside it. */
export async function searchListings(
  trx: Transaction,
  filters: SearchFilters,
  sort: SearchSort,
  after: Cursor | null,
): Promise<SearchResult> {
  const typed = filters.text ? tsquery(trx, filters.text) : null;
  let matching: Matching = { ...filters, words: typed };
  let facets = await countByCategory(trx, matching);
  let corrected: SearchResult['corrected'] = null;
  if (typed && facets.total < FEW) {
    const text = await correctWords(trx, filters.text);
    if (text) {
      corrected = { text, literal: facets.total };
      matching = { ...filters, words: trx.raw('(? || ?)', [typed, tsquery(trx, text)]) };
      facets = await countByCategory(trx, matching);
    }
  }
  const everywhereCapped = facets.total > EXACT_UP_TO;
  const category = facets.categories.find(({ slug }) => slug === filters.categorySlug) ?? null;
  const counted = !category
    ? facets.total
    : everywhereCapped
      ? await countIn(trx, matching, category.id)
      : (category.count ?? 0);
  const capped = counted > EXACT_UP_TO;

  const order = orderOf(trx, sort, { words: matching.words, exact: !capped });
  const page = await pageOf(trx, within(trx, matching, category), order, after, !capped);
  if (page.items.length === 0 && after) return searchListings(trx, filters, sort, null);
  return {
    ...page,
    total: Math.min(counted, EXACT_UP_TO),
    capped,
    totalEverywhere: everywhereCapped ? null : facets.total,
    categories: facets.categories.map((one) => ({ ...one, count: everywhereCapped ? null : one.count })),
    category,
    corrected: corrected && facets.total > corrected.literal ? corrected : null,
  };
}

const tsquery = (trx: Transaction, text: string): Knex.Raw => trx.raw(`websearch_to_tsquery('gigflow', ?)`, [text]);

function matches(trx: Transaction, filters: Matching): Knex.QueryBuilder {
  const query = trx('gig_listings as l');
  if (filters.minCents !== null) query.where('l.price_from_cents', '>=', filters.minCents);
  if (filters.maxCents !== null) query.where('l.price_from_cents', '<=', filters.maxCents);
  if (filters.deliveryDays !== null) query.where('l.delivery_days', '<=', filters.deliveryDays);
  if (filters.rating !== null) query.where('l.rating', '>=', filters.rating);
  if (filters.level !== null) query.where('l.seller_level', '>=', filters.level);
  if (filters.words) query.whereRaw('l.search @@ ?', [filters.words]);
  return query;
}

const within = (trx: Transaction, filters: Matching, category: FacetCategory | null): Knex.QueryBuilder => {
  const query = matches(trx, filters);
  return category ? query.where('l.category_id', category.id) : query;
};

/** All categories, and how many matches stand in each; the chosen category does not narrow these counts. */
async function countByCategory(
  trx: Transaction,
  filters: Matching,
): Promise<{ total: number; categories: FacetCategory[] }> {
  const some = matches(trx, filters)
    .select('l.category_id')
    .limit(EXACT_UP_TO + 1)
    .as('some');
  const categories = await trx('categories as c')
    .leftJoin(
      trx.from(some).select('category_id').count({ count: '*' }).groupBy('category_id').as('n'),
      'n.category_id',
      'c.id',
    )
    .select<FacetCategory[]>('c.id', 'c.slug', 'c.name', trx.raw('coalesce(n.count, 0) as count'))
    .orderBy(['c.position', 'c.name']);
  return { categories, total: categories.reduce((sum, { count }) => sum + (count ?? 0), 0) };
}

async function countIn(trx: Transaction, filters: Matching, categoryId: string): Promise<number> {
  const some = matches(trx, filters)
    .where('l.category_id', categoryId)
    .select('l.gig_id')
    .limit(EXACT_UP_TO + 1)
    .as('some');
  const [row] = await trx.from(some).count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}

interface PlacedRow extends ListingRow {
  order_key: string;
  place: number | null;
}

/** The rows on one side of the cursor. Only their ids are sorted; the rest is read for those that are shown. */
async function pageOf(
  trx: Transaction,
  narrowed: Knex.QueryBuilder,
  order: Order,
  cursor: Cursor | null,
  exact: boolean,
): Promise<Pick<SearchResult, 'items' | 'place' | 'next' | 'previous'>> {
  const from = cursor?.order === order.name ? cursor : null;
  const backwards = from?.direction === 'before';
  const way = (descending: boolean) => (descending ? 'desc' : 'asc');
  const beyond = (descending: boolean) => (descending === backwards ? '>' : '<');

  const found = narrowed
    .select('l.gig_id as id', trx.raw('(?) as key', [order.key]))
    .select(
      exact
        ? trx.raw(
            `row_number() over (order by (?) ${way(order.descending)}, l.gig_id ${way(order.idDescending)}) as place`,
            [order.key],
          )
        : trx.raw('null as place'),
    );
  const page = trx
    .from(found.as('f'))
    .select('f.*')
    .orderBy([
      { column: 'f.key', order: way(order.descending !== backwards) },
      { column: 'f.id', order: way(order.idDescending !== backwards) },
    ])
    .limit(PAGE_SIZE + 1);
  if (from) {
    const [key, id] = [beyond(order.descending), beyond(order.idDescending)];
    page.whereRaw(
      `f.key ${key}= ${order.keyValue} and (f.key ${key} ${order.keyValue} or f.id ${id} cast(? as uuid))`,
      [from.key, from.key, from.id],
    );
  }
  const read = await trx
    .from(page.as('page'))
    .join('gig_listings as l', 'l.gig_id', 'page.id')
    .select<PlacedRow[]>(rowColumns(trx))
    .select('page.place', trx.raw(`${order.keyText} as order_key`))
    .orderBy([
      { column: 'page.key', order: way(order.descending !== backwards) },
      { column: 'page.id', order: way(order.idDescending !== backwards) },
    ]);

  const more = read.length > PAGE_SIZE;
  const items = read.slice(0, PAGE_SIZE);
  if (backwards) items.reverse();
  const cursorAt = (row: PlacedRow | undefined, direction: Cursor['direction']): Cursor | null =>
    row ? { order: order.name, direction, key: row.order_key, id: row.gig_id } : null;
  return {
    items,
    place: items[0]?.place ?? null,
    next: backwards || more ? cursorAt(items.at(-1), 'after') : null,
    previous: (backwards ? more : from) ? cursorAt(items[0], 'before') : null,
  };
}
