import type { ListedGig } from '../models/listing.ts';
import { paths } from '../paths.ts';
import { pictureUrl } from './picture.ts';
import { excerpt } from './prose.ts';

/** What search engines read: the gig as a product with one offer per package, its rating, and the way to it. */
export function gigStructuredData(gig: ListedGig, appUrl: string): object[] {
  const { doc } = gig;
  const url = appUrl + paths.gig(gig.slug);
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: doc.title,
    description: excerpt(doc.description, 500),
    url,
    category: gig.category_name,
    ...(doc.images.length > 0 && { image: doc.images.map((image) => appUrl + pictureUrl(image)) }),
    offers: doc.packages.map((offered) => ({
      '@type': 'Offer',
      name: offered.title,
      price: (offered.price_cents / 100).toFixed(2),
      priceCurrency: gig.currency.toUpperCase(),
      availability: 'https://schema.org/InStock',
      url: `${url}?package=${offered.tier}`,
      seller: { '@type': 'Person', name: gig.seller_name, url: appUrl + paths.profile(gig.seller_username) },
    })),
    ...(gig.rating !== null && {
      aggregateRating: {
        '@type': 'AggregateRating',
        ratingValue: gig.rating,
        reviewCount: gig.rating_count,
        bestRating: 5,
        worstRating: 1,
      },
    }),
  };
  const crumbs: [string, string][] = [
    ['All gigs', paths.search()],
    [gig.category_name, paths.category(gig.category_slug)],
    [doc.title, paths.gig(gig.slug)],
  ];
  const breadcrumbs = {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(([name, path], index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: appUrl + path,
    })),
  };
  return [product, breadcrumbs];
}
