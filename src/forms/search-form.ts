import { z } from 'zod';
import { SEARCH_SORTS, type SearchSort } from '../models/listing-order.ts';
import { money, wholeNumber } from './fields.ts';

/** What somebody asks the search for. Null and '' mean "any". */
export interface SearchRequest {
  q: string;
  category: string | null;
  minCents: number | null;
  maxCents: number | null;
  deliveryDays: number | null;
  rating: number | null;
  level: number | null;
  sort: SearchSort;
  after: string | null;
}

const TOP_PRICE = 1_000_000;

const words = z
  .string({ error: 'The words to search for must be one text' })
  .transform((text) => text.replace(/\s+/g, ' ').trim().slice(0, 120).trim());
const category = z.string().regex(/^[a-z0-9-]{2,60}$/, 'There is no such category');
const rating = z.coerce
  .number({ error: 'The rating must be a number from 1 to 5' })
  .min(1, 'The rating must be a number from 1 to 5')
  .max(5, 'The rating must be a number from 1 to 5');
const sort = z.enum(SEARCH_SORTS, 'The results cannot be sorted that way');
const after = z.string().max(300);

/**
 * Reads the parameters of a search one by one, so that a bad one never costs the others: it is left out and said.
 * @returns the search, and a sentence for each parameter that was left out
 */
export function readSearch(query: object): { search: SearchRequest; leftOut: string[] } {
  const given = query as Record<string, unknown>;
  const leftOut: string[] = [];
  function read<T>(name: string, schema: z.ZodType<T>): T | null {
    const value = given[name];
    if (value === undefined || value === '') return null;
    const parsed = typeof value === 'string' ? schema.safeParse(value) : null;
    if (parsed?.success) return parsed.data;
    leftOut.push(parsed?.error?.issues[0]?.message ?? `There was more than one “${name}”`);
    return null;
  }
  const search: SearchRequest = {
    q: read('q', words) ?? '',
    category: read('category', category),
    minCents: read('min_price', money('the lowest price', 0, TOP_PRICE)),
    maxCents: read('max_price', money('the highest price', 0, TOP_PRICE)),
    deliveryDays: read('delivery_days', wholeNumber('the number of days', 1, 365)),
    rating: read('rating', rating),
    level: read('level', wholeNumber('the level', 1, 3)),
    sort: read('sort', sort) ?? 'relevance',
    after: read('after', after),
  };
  if (search.minCents !== null && search.maxCents !== null && search.minCents > search.maxCents) {
    leftOut.push('The lowest price was above the highest');
    search.minCents = null;
    search.maxCents = null;
  }
  return { search, leftOut };
}
