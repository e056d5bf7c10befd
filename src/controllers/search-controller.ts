import type { Request, Response } from 'express';
import { readSearch, type SearchRequest } from '../forms/search-form.ts';
import { readCursor } from '../models/listing-order.ts';
import { searchListings, type SearchResult } from '../models/listing-search.ts';
import { paths } from '../paths.ts';
import { presentSearch } from '../presenters/search.ts';

export async function show(request: Request, response: Response): Promise<void> {
  const { search, leftOut } = readSearch(request.query);
  const result = await find(request, search);
  if (search.category && !result.category) {
    leftOut.push('There is no such category');
    search.category = null;
  }
  await renderResults(request, response, search, result, leftOut);
}

export function find(request: Request, search: SearchRequest): Promise<SearchResult> {
  const { q, category, sort, after, ...limits } = search;
  const cursor = after ? readCursor(after) : null;
  return request.transaction((trx) =>
    searchListings(trx, { text: q, categorySlug: category, ...limits }, sort, cursor),
  );
}

/** The results page, for /search and for a category's own address. */
export async function renderResults(
  request: Request,
  response: Response,
  search: SearchRequest,
  result: SearchResult,
  leftOut: string[],
): Promise<void> {
  const { currency, appUrl } = request.services.config;
  const results = presentSearch(search, result, leftOut, currency);
  const { category } = result;
  const title = search.q ? `Gigs for “${search.q}”` : (category?.name ?? 'All gigs');
  // A form sends its empty fields along; the address that stays is the short one.
  if (request.wantsPartial) response.set('HX-Push-Url', results.path);
  await response.page(
    'search/show',
    {
      title,
      description: category
        ? `${category.name}: ${results.heading}. Fixed prices and clear dates.`
        : 'Find a freelance service by words, price, delivery time, rating and level of the seller.',
      canonical: results.canonical,
      ...(search.q && { robots: 'noindex, follow' }),
      q: search.q,
      partial: 'search/_results',
      ...(category && {
        jsonLd: [breadcrumbs(appUrl, category)],
        feeds: [{ href: paths.categoryFeed(category.slug), title: `New gigs in ${category.name}` }],
      }),
    },
    { results, title },
  );
}

const breadcrumbs = (appUrl: string, category: { slug: string; name: string }) => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: [
    { '@type': 'ListItem', position: 1, name: 'All gigs', item: appUrl + paths.search() },
    { '@type': 'ListItem', position: 2, name: category.name, item: appUrl + paths.category(category.slug) },
  ],
});
