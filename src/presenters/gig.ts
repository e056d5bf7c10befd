import { packageShown, type GigDocument, type GigPackage, type PackageTier } from '../models/gig-document.ts';
import type { ListedGig } from '../models/listing.ts';
import type { PublishedReview } from '../models/published-review.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { longDate, monthYear, plural } from './dates.ts';
import { levelName } from './levels.ts';
import { presentRating } from './listing.ts';
import { firstName } from './names.ts';
import { presentAvatar, presentCover } from './picture.ts';
import { prose } from './prose.ts';
import { presentReviews } from './review.ts';
import { recordFacts } from './seller-record.ts';

const TIERS: Record<PackageTier, string> = { basic: 'Basic', standard: 'Standard', premium: 'Premium' };
const GALLERY_SIZES = '(width >= 62rem) 45rem, 100vw';
const THUMB_SIZES = '96px';

interface Asked {
  /** Null when nobody asked for one: the cover. */
  picture: number | null;
  tier: string | null;
  reviewPage: number | null;
  reviewsPerPage: number;
  zone: string;
}

/** The gig page. */
export function presentGig(gig: ListedGig, reviews: PublishedReview[], asked: Asked) {
  const { doc, currency } = gig;
  const asks = doc.questions.some(({ required }) => required);
  const chosen = packageShown(doc.packages, asked.tier);
  const href = paths.gig(gig.slug);
  return {
    id: gig.gig_id,
    href,
    orderHref: paths.gigOrder(gig.slug),
    askHref: paths.askAbout(gig.gig_id),
    editHref: paths.editGig(gig.gig_id),
    title: doc.title,
    breadcrumbs: [
      { href: paths.search(), text: 'All gigs' },
      { href: paths.category(gig.category_slug), text: gig.category_name },
    ],
    seller: {
      href: paths.profile(gig.seller_username),
      ...presentAvatar(gig.seller_name, gig.seller_avatar),
      firstName: firstName(gig.seller_name),
      place: gig.seller_location,
      checked: gig.identity_checked,
      level: levelName(gig.seller_level),
      levelHref: `${paths.ranking}#levels`,
    },
    rating: presentRating(gig.rating, gig.rating_count),
    gallery: presentGallery(doc, asked.picture, href),
    packages: doc.packages.map((offered) => presentPackage(offered, { currency, asks, chosen })),
    currencyCode: currency.toUpperCase(),
    away: gig.away_until
      ? `${firstName(gig.seller_name)} is away until ${longDate(gig.away_until, asked.zone)} and takes no orders before.`
      : null,
    full:
      gig.active_orders >= gig.order_places
        ? `${firstName(gig.seller_name)} has as many orders as fit just now. Look in again in a day or two.`
        : null,
    facts: factsOf(gig, asked.zone),
    about: prose(doc.description),
    tags: doc.tags.map((text) => ({ text, href: paths.search({ q: text }) })),
    comparison: doc.packages.length > 1 ? comparePackages(doc.packages, currency) : null,
    extras: doc.extras.map(({ title, price_cents, extra_days }) => ({
      label: extra_days === 0 ? title : `${title} (adds ${plural(extra_days, 'day')})`,
      amount: formatMoney(price_cents, currency),
      cents: price_cents,
    })),
    faq: doc.faq,
    reviews: presentReviews(reviews, asked.zone),
    reviewPager: reviewPager(gig, reviews.length, asked, href),
  };
}

/** One picture large, the others as links to it. */
function presentGallery({ images, title }: GigDocument, picture: number | null, href: string) {
  const current = images[(picture ?? 1) - 1] ? (picture ?? 1) - 1 : 0;
  const shown = images[current];
  return {
    cover: presentCover(shown, {
      ...{ sizes: GALLERY_SIZES, alt: shown?.alt || title, eager: true },
      ...{ needed: picture !== null, askHref: `${href}?picture=${current + 1}` },
    }),
    thumbs:
      images.length < 2
        ? []
        : images.map((image, index) => ({
            href: `${href}?picture=${index + 1}`,
            name: image.alt || `Picture ${index + 1}`,
            current: index === current,
            cover: presentCover(image, { sizes: THUMB_SIZES }),
          })),
  };
}

/** An entry such as "Pages: up to 4" is a line of the docket, any other a tick. */
const NAMED = /^([^:]{2,30}): (.{1,30})$/;

function presentPackage(
  offered: GigPackage,
  { currency, asks, chosen }: { currency: string; asks: boolean; chosen: GigPackage | undefined },
) {
  const named = offered.includes.flatMap((entry) => {
    const [, label, amount] = NAMED.exec(entry) ?? [];
    return label && amount ? [{ label, amount }] : [];
  });
  return {
    tier: offered.tier,
    name: TIERS[offered.tier],
    chosen: offered.tier === chosen?.tier,
    title: offered.title,
    description: offered.description,
    price: formatMoney(offered.price_cents, currency),
    cents: offered.price_cents,
    days: plural(offered.delivery_days, 'day'),
    rows: [
      { label: `Delivery after your ${asks ? 'brief' : 'payment'}`, amount: plural(offered.delivery_days, 'day') },
      { label: 'Rounds of changes', amount: String(offered.revisions) },
      ...named,
    ],
    includes: offered.includes.filter((entry) => !NAMED.test(entry)),
  };
}

/** The comparison of the packages, one column each. */
function comparePackages(packages: GigPackage[], currency: string) {
  const labels = new Set(packages.flatMap(({ includes }) => includes.map((entry) => NAMED.exec(entry)?.[1] ?? entry)));
  const has = ({ includes }: GigPackage, label: string): string => {
    const value = includes.map((entry) => NAMED.exec(entry)).find((match) => match?.[1] === label)?.[2];
    return value ?? (includes.includes(label) ? 'yes' : 'no');
  };
  return {
    caption: 'What each package contains',
    columns: [{ text: '' }, ...packages.map(({ tier }) => ({ text: TIERS[tier], number: true }))],
    rows: [
      [
        'Price',
        ...packages.map(({ price_cents }) => ({ text: formatMoney(price_cents, currency), cents: price_cents })),
      ],
      ['Delivery', ...packages.map(({ delivery_days }) => plural(delivery_days, 'day'))],
      ['Rounds of changes', ...packages.map(({ revisions }) => String(revisions))],
      ...[...labels].map((label) => [label, ...packages.map((offered) => has(offered, label))]),
    ],
    look: 'compare',
  };
}

/** How he works comes first; what fills the line stands last. */
const factsOf = (gig: ListedGig, zone: string): { label: string; value: string }[] =>
  [
    ...recordFacts(gig.record),
    { label: 'Orders in progress', value: `${gig.active_orders} of ${gig.order_places}` },
    ...(gig.languages.length > 0 ? [{ label: 'Languages', value: gig.languages.join(', ') }] : []),
    { label: 'On sale since', value: monthYear(gig.published_at, zone) },
    { label: 'Member since', value: monthYear(gig.seller_since, zone) },
  ].slice(0, 4);

function reviewPager({ rating_count }: ListedGig, shown: number, { reviewPage, reviewsPerPage }: Asked, href: string) {
  const at = (page: number) => `${href}?reviews=${page}#reviews`;
  const pages = Math.ceil(rating_count / reviewsPerPage);
  return {
    allHref: reviewPage === null && rating_count > shown ? at(1) : null,
    allText: `All ${plural(rating_count, 'review')}`,
    prev: reviewPage && reviewPage > 1 ? at(reviewPage - 1) : undefined,
    next: reviewPage && reviewPage < pages ? at(reviewPage + 1) : undefined,
  };
}
