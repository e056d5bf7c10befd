import type { SearchRequest } from '../forms/search-form.ts';
import { writeCursor, type SearchSort } from '../models/listing-order.ts';
import { EXACT_UP_TO, type SearchResult } from '../models/listing-search.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { plural } from './dates.ts';
import { levelName } from './levels.ts';
import { presentListing } from './listing.ts';

const SORTS: Record<SearchSort, string> = {
  relevance: 'Best match',
  newest: 'Newest',
  price_asc: 'Lowest price',
  price_desc: 'Highest price',
  rating: 'Best rated',
};
const DAYS = [1, 3, 7, 14, 30];
const RATINGS = [4, 4.5, 4.8];
const MANY = `${EXACT_UP_TO.toLocaleString('en-US')}+`;

/** The results page: every link on it is a search with one thing changed. */
export function presentSearch(search: SearchRequest, result: SearchResult, leftOut: string[], currency: string) {
  const { category } = result;
  const chips = chipsOf(search, currency);
  const at = (changes: Partial<SearchRequest>) => searchPath({ ...search, after: null, ...changes });
  const cleared = at({ minCents: null, maxCents: null, deliveryDays: null, rating: null, level: null });
  const heading = headingOf(search, result);
  return {
    heading,
    path: searchPath(search),
    canonical: !search.q && category ? paths.category(category.slug) : paths.search(),
    q: search.q,
    hints: leftOut.map((reason) => `${reason}. We left it out.`),
    note: noteOf(search, result),
    chips: chips.map(({ text, without }) => ({ text, href: at(without) })),
    clearHref: chips.length > 0 ? cleared : null,
    filterCount: chips.length,
    categories: [
      {
        text: 'All categories',
        href: at({ category: null }),
        current: !category,
        count: result.totalEverywhere ?? MANY,
      },
      ...result.categories
        .filter(({ count, slug }) => count !== 0 || slug === category?.slug)
        .map(({ slug, name, count }) => ({
          text: name,
          href: at({ category: slug }),
          current: slug === category?.slug,
          count: count ?? '',
        })),
    ],
    ...keptFields(search),
    currencyCode: currency.toUpperCase(),
    minPrice: units(search.minCents),
    maxPrice: units(search.maxCents),
    deliveryDays: {
      value: search.deliveryDays,
      options: choices('Any time', DAYS, search.deliveryDays, (days) => plural(days, 'day')),
    },
    rating: {
      value: search.rating,
      options: choices('Any rating', RATINGS, search.rating, (stars) => `${stars.toFixed(1)} and up`),
    },
    levels: [null, 1, 2, 3].map((level) => ({
      name: 'level',
      value: level ?? '',
      id: `level-${level ?? 'any'}`,
      text: level === null ? 'Any level' : level === 3 ? levelName(3) : `${levelName(level)} and up`,
      checked: search.level === level,
      plain: true,
    })),
    sorts: Object.entries(SORTS).map(([value, text]) => ({ value, text, selected: value === search.sort })),
    items: result.items.map((item) => presentListing(item)),
    pager: {
      prev: result.previous ? at({ after: writeCursor(result.previous) }) : undefined,
      next: result.next ? at({ after: writeCursor(result.next) }) : undefined,
      summary: summaryOf(result),
      link: { href: `${paths.ranking}#order`, text: 'How the order is made' },
      swap: 'outerMorph show:top',
    },
    empty: emptyOf(search, chips.length > 0, cleared),
    elsewhere:
      category && result.total === 0 && result.totalEverywhere
        ? { href: at({ category: null }), text: `${plural(result.totalEverywhere, 'gig')} in all categories` }
        : null,
  };
}

/** The address of a search: a category without words has a page of its own. */
export function searchPath(search: SearchRequest): string {
  const query = {
    min_price: units(search.minCents) || undefined,
    max_price: units(search.maxCents) || undefined,
    delivery_days: search.deliveryDays ?? undefined,
    rating: search.rating ?? undefined,
    level: search.level ?? undefined,
    sort: search.sort === 'relevance' ? undefined : search.sort,
    after: search.after ?? undefined,
  };
  if (!search.q && search.category) return paths.category(search.category, query);
  return paths.search({ q: search.q || undefined, category: search.category ?? undefined, ...query });
}

function headingOf({ q }: SearchRequest, { total, capped, category, corrected }: SearchResult): string {
  const count = capped ? `More than ${EXACT_UP_TO.toLocaleString('en-US')} gigs` : plural(total, 'gig');
  const words = corrected?.literal === 0 ? corrected.text : q;
  return `${total === 0 ? 'No gigs' : count}${words ? ` for “${words}”` : ''}${category ? ` in ${category.name}` : ''}`;
}

function noteOf({ q }: SearchRequest, { corrected, total }: SearchResult): string | null {
  if (!corrected || total === 0) return null;
  if (corrected.literal === 0) return `Nothing matches “${q}”. These match “${corrected.text}”.`;
  return `${plural(corrected.literal, 'gig matches', 'gigs match')} “${q}”, the others match “${corrected.text}”.`;
}

function summaryOf({ items, place, total, capped }: SearchResult): string | undefined {
  if (items.length === 0) return undefined;
  if (place === null || capped) return `${plural(items.length, 'gig')} of ${MANY}`;
  return items.length === total && total > 1
    ? `All ${total}`
    : `${place}${items.length > 1 ? ` to ${place + items.length - 1}` : ''} of ${total}`;
}

function emptyOf({ q, category }: SearchRequest, filtered: boolean, cleared: string) {
  if (filtered) {
    return {
      title: 'No gig fits all of this',
      text: 'Take away one of the filters above, or all of them.',
      action: { href: cleared, text: 'Clear all filters' },
    };
  }
  return {
    title: q ? 'Nothing has these words' : 'Nothing is on sale here yet',
    text: q
      ? 'Check the spelling, use fewer or more general words, or look through a kind of work.'
      : 'Look through another kind of work, or see all gigs.',
    action:
      q || category
        ? { href: paths.search(), text: 'See all gigs' }
        : { href: paths.home, text: 'Go to the home page' },
  };
}

interface Chip {
  text: string;
  without: Partial<SearchRequest>;
}

function chipsOf(search: SearchRequest, currency: string): Chip[] {
  const { minCents, maxCents, deliveryDays, rating, level } = search;
  const chips: (Chip | false)[] = [
    minCents !== null && { text: `From ${formatMoney(minCents, currency)}`, without: { minCents: null } },
    maxCents !== null && { text: `Up to ${formatMoney(maxCents, currency)}`, without: { maxCents: null } },
    deliveryDays !== null && { text: `Within ${plural(deliveryDays, 'day')}`, without: { deliveryDays: null } },
    rating !== null && { text: `Rated ${rating.toFixed(1)} and up`, without: { rating: null } },
    level !== null && { text: level === 3 ? levelName(3) : `${levelName(level)} and up`, without: { level: null } },
  ];
  return chips.filter((chip) => chip !== false);
}

/** What the forms send along unseen, so that neither loses what the other chose. */
function keptFields({ q, category, minCents, maxCents, deliveryDays, rating, level, sort }: SearchRequest) {
  const given = (fields: Record<string, string | number | null>) =>
    Object.entries(fields).filter(([, value]) => value !== '' && value !== null);
  return {
    kept: given({ q, category }),
    keptSort: given({ sort: sort === 'relevance' ? '' : sort }),
    keptLimits: given({
      min_price: units(minCents),
      max_price: units(maxCents),
      delivery_days: deliveryDays,
      rating,
      level,
    }),
  };
}

function choices(any: string, usual: number[], chosen: number | null, name: (value: number) => string) {
  const values = chosen === null || usual.includes(chosen) ? usual : [...usual, chosen].sort((a, b) => a - b);
  return [{ value: '', text: any }, ...values.map((value) => ({ value: String(value), text: name(value) }))];
}

/** Cents as somebody types them: `25`, `25.50`; '' for none. */
const units = (cents: number | null): string =>
  cents === null ? '' : cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
