import type { Category } from '../models/category.ts';
import type { FeedListing } from '../models/listing.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { plural } from './dates.ts';
import { excerpt } from './prose.ts';
import { xml } from './xml.ts';

/** An Atom feed (RFC 4287). The ids are the gigs' own, so that a new slug is no new entry. */
export function presentFeed(category: Category, gigs: FeedListing[], appUrl: string): string {
  const self = appUrl + paths.categoryFeed(category.slug);
  const updated = (gigs[0]?.published_at ?? new Date(0)).toISOString();
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:uuid:${category.id}</id>
<title>${xml(`New gigs in ${category.name}`)}</title>
<updated>${updated}</updated>
<link rel="self" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(appUrl + paths.category(category.slug))}"/>
${gigs.map((gig) => entry(gig, appUrl)).join('\n')}
</feed>
`;
}

function entry(gig: FeedListing, appUrl: string): string {
  const price = `From ${formatMoney(gig.price_from_cents, gig.currency)}, ${plural(gig.delivery_days, 'day')}.`;
  return `<entry>
<id>urn:uuid:${gig.gig_id}</id>
<title>${xml(gig.title)}</title>
<updated>${gig.published_at.toISOString()}</updated>
<author><name>${xml(gig.seller_name)}</name></author>
<link rel="alternate" type="text/html" href="${xml(appUrl + paths.gig(gig.slug))}"/>
<summary>${xml(`${price} ${excerpt(gig.description, 300)}`)}</summary>
</entry>`;
}
