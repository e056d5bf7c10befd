import type { ListingRow } from '../models/listing.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { plural } from './dates.ts';
import { nameWithLevel } from './levels.ts';
import { presentCover, type Cover } from './picture.ts';
import { excerpt } from './prose.ts';

/** A row of views/shared/_gig-rows.ejs. */
export interface GigRow {
  href: string;
  title: string;
  seller: string;
  place: string;
  price: string;
  cents: number;
  days: string;
  rating: Rating | null;
  about: string;
  cover: Cover | null;
}

export interface Rating {
  average: string;
  count: number;
}

const COVER_SIZES = '(width >= 62rem) 176px, 112px';

/** A published gig as a row of a list. */
export const presentListing = (listing: ListingRow): GigRow => ({
  href: paths.gig(listing.slug),
  title: listing.title,
  seller: nameWithLevel(listing.seller_name, listing.seller_level),
  place: listing.seller_location.split(',')[0]!.trim(),
  price: formatMoney(listing.price_from_cents, listing.currency),
  cents: listing.price_from_cents,
  days: plural(listing.delivery_days, 'day'),
  rating: presentRating(listing.rating, listing.rating_count),
  about: excerpt(listing.description, 150),
  cover: presentCover(listing.cover, { sizes: COVER_SIZES }),
});

/** `4.9 (14)`; null while there is none. */
export const presentRating = (average: number | null, count: number): Rating | null =>
  average === null || count === 0 ? null : { average: average.toFixed(1), count };
