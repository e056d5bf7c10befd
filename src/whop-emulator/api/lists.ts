import { z } from 'zod';
import { invalidParameter } from './errors.ts';

export const pageQuery = {
  first: z.coerce.number().int().min(1).max(100).optional(),
  last: z.coerce.number().int().min(1).max(100).optional(),
  after: z.string().optional(),
  before: z.string().optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
};

type PageQuery = { [Key in keyof typeof pageQuery]?: z.infer<(typeof pageQuery)[Key]> };

interface Page<Item> {
  data: Item[];
  page_info: {
    start_cursor: string | null;
    end_cursor: string | null;
    has_next_page: boolean;
    has_previous_page: boolean;
  };
}

const DEFAULT_PAGE = 20;

/**
 * One page of a list, newest first unless asked otherwise. `end_cursor` is null on the last page: the SDK goes on
 * as long as there is one and never looks at `has_next_page` (contract 0.7).
 */
export function page<Item extends { id: string }, Wire>(
  items: Item[],
  query: PageQuery,
  build: (item: Item) => Wire,
  sortKey: (item: Item) => string | number,
): Page<Wire> {
  const sign = query.direction === 'asc' ? 1 : -1;
  const sorted = items
    .map((item, position) => ({ item, key: sortKey(item), position }))
    .sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.position - b.position))
    .map(({ item }) => item);

  let start = query.after ? positionOf(sorted, query.after, 'after') + 1 : 0;
  let end = query.before ? positionOf(sorted, query.before, 'before') : sorted.length;
  if (query.last) start = Math.max(start, end - query.last);
  else end = Math.min(end, start + (query.first ?? DEFAULT_PAGE));
  const slice = sorted.slice(start, end);
  const hasNext = end < sorted.length;

  return {
    data: slice.map(build),
    page_info: {
      start_cursor: slice[0] ? cursor(slice[0]) : null,
      end_cursor: hasNext && slice.length > 0 ? cursor(slice[slice.length - 1]!) : null,
      has_next_page: hasNext,
      has_previous_page: start > 0,
    },
  };
}

const cursor = (item: { id: string }): string => Buffer.from(item.id).toString('base64url');

function positionOf(items: { id: string }[], at: string, param: string): number {
  const id = Buffer.from(at, 'base64url').toString();
  const position = items.findIndex((item) => item.id === id);
  if (position < 0) throw invalidParameter(param, 'Invalid cursor');
  return position;
}
