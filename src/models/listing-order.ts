import type { Knex } from 'knex';
import type { Transaction } from '../database.ts';

export const SEARCH_SORTS = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating'] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

const ORDERS = ['score', 'quality', 'newest', 'price_asc', 'price_desc', 'rating'] as const;
type OrderName = (typeof ORDERS)[number];

/** Where a page goes on: the last (or first) row of the one that was read. */
export interface Cursor {
  order: OrderName;
  direction: 'after' | 'before';
  key: string;
  id: string;
}

/** One value per row, equal ones told apart by the gig's id; each but the score runs along an index. */
export interface Order {
  name: OrderName;
  key: Knex.Raw;
  descending: boolean;
  idDescending: boolean;
  /** `page.key` as a text that loses nothing. */
  keyText: string;
  /** That text as a value again. */
  keyValue: string;
}

const REAL = { keyText: 'cast(page.key as text)', keyValue: 'cast(? as real)' };
const WHOLE = { keyText: 'cast(page.key as text)', keyValue: 'cast(? as bigint)' };
const TIME = {
  keyText: 'cast(cast(extract(epoch from page.key) * 1000000 as bigint) as text)',
  keyValue: `timestamptz 'epoch' + cast(? as bigint) * interval '1 microsecond'`,
};

/** How a page is sorted. "Relevance" means the score where words were given and everything fits a ranking, else the quality. */
export function orderOf(trx: Transaction, sort: SearchSort, search: { words: Knex.Raw | null; exact: boolean }): Order {
  const descending = { descending: true, idDescending: false };
  switch (sort) {
    case 'newest':
      return { name: 'newest', key: trx.raw('l.published_at'), ...descending, ...TIME };
    case 'price_asc':
      return { name: sort, key: trx.raw('l.price_from_cents'), descending: false, idDescending: false, ...WHOLE };
    case 'price_desc':
      return { name: sort, key: trx.raw('l.price_from_cents'), descending: true, idDescending: true, ...WHOLE };
    case 'rating':
      return { name: sort, key: trx.raw('rating_order(l.rating, l.rating_count)'), ...descending, ...WHOLE };
    case 'relevance':
      return search.words && search.exact
        ? { name: 'score', key: trx.raw(SCORE, [search.words]), ...descending, ...REAL }
        : { name: 'quality', key: trx.raw('l.quality'), ...descending, ...REAL };
  }
}

/** Where the words stand (title 1, description 0.4, tags 0.2), at most doubled by the quality. */
const SCORE = 'cast(ts_rank(l.search, ?) * (1 + l.quality) as real)';

/** A cursor as it stands in a link. */
export const writeCursor = ({ order, direction, key, id }: Cursor): string =>
  Buffer.from(JSON.stringify([order, direction, key, id])).toString('base64url');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads a cursor; null for anything that we did not write, which then means the first page. */
export function readCursor(text: string): Cursor | null {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string') || parts.length !== 4) return null;
  const [order, direction, key, id] = parts as [OrderName, Cursor['direction'], string, string];
  const known = ORDERS.includes(order) && ['after', 'before'].includes(direction) && UUID.test(id);
  return known && isKey(order, key) ? { order, direction, key, id } : null;
}

/** Only what Postgres can cast: a whole number, or a real within its range. */
function isKey(order: OrderName, key: string): boolean {
  if (order !== 'score' && order !== 'quality') return /^\d{1,16}$/.test(key) && Number.isSafeInteger(+key);
  const real = Math.fround(Number(key));
  return /^\d{1,9}(\.\d{1,12})?(e-\d{1,2})?$/.test(key) && (real > 0 || Number(key) === 0);
}
