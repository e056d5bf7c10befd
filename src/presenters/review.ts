import type { PublishedReview } from '../models/published-review.ts';
import { paths } from '../paths.ts';
import { longDate } from './dates.ts';

/** Published reviews as views/gigs/_review.ejs shows them. */
export const presentReviews = (reviews: PublishedReview[], zone: string) =>
  reviews.map(({ author_name, rating, body, reply, published_at, gig_slug, gig_title }) => ({
    author: author_name,
    rating,
    body,
    reply,
    date: longDate(published_at, zone),
    at: published_at.toISOString(),
    gig: gig_slug && gig_title ? { href: paths.gig(gig_slug), title: gig_title } : null,
  }));
