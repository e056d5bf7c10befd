import type { Knex } from 'knex';
import type { Transaction } from '../database.ts';
import type { GigDocument, GigImage } from './gig-document.ts';
import type { SellerRecord } from './seller-record.ts';

/** A published gig as lists show it. */
export interface ListingRow {
  gig_id: string;
  slug: string;
  title: string;
  description: string;
  price_from_cents: number;
  delivery_days: number;
  currency: string;
  rating: number | null;
  rating_count: number;
  seller_username: string;
  seller_name: string;
  seller_level: number;
  seller_location: string;
  cover: GigImage | null;
}

/** A published gig as its page shows it. */
export interface ListedGig {
  gig_id: string;
  slug: string;
  seller_id: string;
  seller_username: string;
  seller_name: string;
  seller_level: number;
  seller_location: string;
  category_slug: string;
  category_name: string;
  currency: string;
  rating: number | null;
  rating_count: number;
  published_at: Date;
  doc: GigDocument;
  identity_checked: boolean;
  languages: string[];
  seller_since: Date;
  active_orders: number;
  order_places: number;
  /** Null until the first night after he began to sell. */
  record: Pick<SellerRecord, 'on_time' | 'due' | 'replies' | 'reply_minutes'> | null;
  away_until: Date | null;
  seller_avatar: string | null;
}

/** A newest gig, with what the sample order on the home page is made of. */
export interface NewListing extends ListingRow {
  tags: string[];
  packages: GigDocument['packages'];
  extras: GigDocument['extras'];
  /** True when the clock waits for a brief. */
  asks: boolean;
}

/** The columns of a ListingRow; the document stays in the database but for its first picture. */
export const rowColumns = (trx: Transaction): (string | Knex.Raw)[] => [
  ...['gig_id', 'slug', 'title', 'description', 'price_from_cents', 'delivery_days', 'currency'].map((c) => `l.${c}`),
  ...['rating', 'rating_count', 'seller_username', 'seller_name', 'seller_level', 'seller_location'].map(
    (c) => `l.${c}`,
  ),
  trx.raw(`l.doc -> 'images' -> 0 as cover`),
];

export const newestListings = (trx: Transaction, limit: number): Promise<NewListing[]> =>
  trx('gig_listings as l')
    .select<NewListing[]>(rowColumns(trx))
    .select(
      'l.tags',
      trx.raw(`l.doc -> 'packages' as packages, l.doc -> 'extras' as extras,
        jsonb_path_exists(l.doc, '$.questions[*] \\? (@.required == true)') as asks`),
    )
    .orderBy([{ column: 'l.published_at', order: 'desc' }, 'l.gig_id'])
    .limit(limit);

export type FeedListing = ListingRow & { published_at: Date };

export const newestInCategory = (trx: Transaction, categoryId: string, limit: number): Promise<FeedListing[]> =>
  trx('gig_listings as l')
    .select<FeedListing[]>(rowColumns(trx))
    .select('l.published_at')
    .where('l.category_id', categoryId)
    .orderBy([{ column: 'l.published_at', order: 'desc' }, 'l.gig_id'])
    .limit(limit);

export const listingsOf = (trx: Transaction, sellerId: string): Promise<ListingRow[]> =>
  trx('gig_listings as l')
    .select<ListingRow[]>(rowColumns(trx))
    .where('l.seller_id', sellerId)
    .orderBy([{ column: 'l.published_at', order: 'desc' }, 'l.gig_id'])
    .limit(200);

/** The gig on sale under this slug, with its category, seller and how full the seller's queue is. */
export const findListedGig = (trx: Transaction, slug: string): Promise<ListedGig | undefined> =>
  trx('gig_listings as l')
    .join('categories as c', 'c.id', 'l.category_id')
    .join('profiles as p', 'p.user_id', 'l.seller_id')
    .joinRaw('cross join lateral seller_queue(l.seller_id) q')
    .leftJoin('seller_records as r', 'r.seller_id', 'l.seller_id')
    .where('l.slug', slug)
    .first<ListedGig | undefined>(
      ...['gig_id', 'slug', 'seller_id', 'seller_username', 'seller_name', 'seller_level'].map((c) => `l.${c}`),
      ...['seller_location', 'currency', 'rating', 'rating_count', 'published_at', 'doc'].map((c) => `l.${c}`),
      'c.slug as category_slug',
      'c.name as category_name',
      'p.identity_checked',
      'p.languages',
      'p.avatar_id as seller_avatar',
      'p.created_at as seller_since',
      'q.active as active_orders',
      'q.places as order_places',
      'q.away_until',
      trx.raw(
        `case when r.seller_id is not null then json_build_object('on_time', r.on_time, 'due', r.due, 'replies', r.replies, 'reply_minutes', r.reply_minutes) end as record`,
      ) as never,
    );

/** What the sitemap lists: at most as many as its protocol allows beside categories and sellers. */
export const sitemapListings = (trx: Transaction): Promise<{ slug: string; published_at: Date }[]> =>
  trx('gig_listings')
    .select('slug', 'published_at')
    .orderBy([{ column: 'published_at', order: 'desc' }, 'gig_id'])
    .limit(40_000);
