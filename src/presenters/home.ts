import type { Config } from '../config.ts';
import type { CountedCategory } from '../models/category.ts';
import { packageShown } from '../models/gig-document.ts';
import type { NewListing } from '../models/listing.ts';
import { splitFee } from '../money/fee.ts';
import { formatMoney, formatTotal } from '../money/format.ts';
import { paths } from '../paths.ts';
import { plural } from './dates.ts';
import { presentListing } from './listing.ts';

const EXAMPLE_CENTS = 10_000;

export function presentHome(
  categories: CountedCategory[],
  newest: NewListing[],
  { currency, platformFeeBps }: Pick<Config, 'currency' | 'platformFeeBps'>,
) {
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  return {
    categories: categories.map(({ slug, name, examples, count }) => ({
      href: paths.category(slug),
      name,
      examples,
      count,
    })),
    newest: newest.map((listing) => presentListing(listing)),
    allGigs: total === 1 ? 'The one gig' : `All ${total} gigs`,
    suggestions: suggestions(newest),
    sample: sampleOrder(newest),
    example: {
      price: formatMoney(EXAMPLE_CENTS, currency),
      received: formatMoney(splitFee(EXAMPLE_CENTS, platformFeeBps).sellerCents, currency),
    },
  };
}

/** Words that find something: a tag of each of the newest gigs. */
function suggestions(newest: NewListing[]): { text: string; href: string }[] {
  const tags = new Set(newest.flatMap(({ tags: [first] }) => (first ? [first] : [])));
  return [...tags].slice(0, 3).map((text) => ({ text, href: paths.search({ q: text }) }));
}

/** What somebody would pay for one of the newest gigs, with an extra when it has one. */
function sampleOrder(newest: NewListing[]) {
  const listing = newest.find(({ extras }) => extras.length > 0) ?? newest[0];
  const chosen = listing && packageShown(listing.packages);
  if (!listing || !chosen) return null;
  const { currency } = listing;
  const extras = listing.extras.slice(0, 1);
  const lines = [chosen, ...extras].map(({ title, price_cents }) => ({ label: title, cents: price_cents }));
  const totalCents = lines.reduce((sum, { cents }) => sum + cents, 0);
  const days = chosen.delivery_days + extras.reduce((sum, { extra_days }) => sum + extra_days, 0);
  return {
    rows: [
      ...lines.map((line) => ({ ...line, amount: formatMoney(line.cents, currency) })),
      { label: 'You pay', cents: totalCents, amount: formatTotal(totalCents, currency), kind: 'total' },
    ],
    href: paths.gig(listing.slug),
    seller: listing.seller_name,
    terms: `${plural(days, 'day')} after your ${listing.asks ? 'brief' : 'payment'}, ${plural(chosen.revisions, 'round')} of changes included.`,
  };
}
