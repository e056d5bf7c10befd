import type { ListingRow } from '../models/listing.ts';
import type { Post } from '../models/post.ts';
import type { PublicProfile } from '../models/public-profile.ts';
import type { PublishedReview } from '../models/published-review.ts';
import { paths } from '../paths.ts';
import { monthYear } from './dates.ts';
import { levelName } from './levels.ts';
import { presentListing, presentRating } from './listing.ts';
import { firstName } from './names.ts';
import { presentAvatar } from './picture.ts';
import { presentPosts } from './post.ts';
import { prose } from './prose.ts';
import { presentReviews } from './review.ts';

interface Found {
  profile: PublicProfile;
  listings: ListingRow[];
  posts: (Post & { open: boolean })[];
  reviews: PublishedReview[];
  rating: { average: number; count: number } | null;
  currency: string;
  zone: string;
}

export function presentProfile({ profile, listings, posts, reviews, rating, currency, zone }: Found) {
  const sells = listings.length > 0 || rating !== null;
  return {
    ...presentAvatar(profile.display_name, profile.avatar_id, 192),
    firstName: firstName(profile.display_name),
    username: profile.username,
    tagline: profile.tagline,
    checked: profile.identity_checked,
    level: sells ? levelName(profile.level) : null,
    levelHref: `${paths.ranking}#levels`,
    rating: rating ? presentRating(rating.average, rating.count) : null,
    sells,
    facts: [
      ...(profile.location ? [{ label: 'Based in', value: profile.location }] : []),
      ...(profile.languages.length > 0 ? [{ label: 'Languages', value: profile.languages.join(', ') }] : []),
      { label: 'Member since', value: monthYear(profile.created_at, zone) },
    ],
    about: prose(profile.bio),
    skills: profile.skills.map((text) => ({ text, href: paths.search({ q: text }) })),
    links: safeLinks(profile.links),
    gigs: listings.map((listing) => ({ ...presentListing(listing), seller: null })),
    posts: presentPosts(posts, profile.username, { currency, zone }),
    reviews: presentReviews(reviews, zone),
  };
}

/** Only web addresses become links; a script address in a link would run (original defect 18). */
function safeLinks(links: unknown): { href: string; text: string }[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) => {
    const { url, title } =
      typeof link === 'string' ? { url: link, title: '' } : ((link ?? {}) as Record<string, unknown>);
    if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) return [];
    return [{ href: url, text: typeof title === 'string' && title ? title : new URL(url).hostname }];
  });
}
