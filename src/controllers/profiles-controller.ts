import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { listingsOf } from '../models/listing.ts';
import { postsOnSale } from '../models/post.ts';
import { findPublicProfile } from '../models/public-profile.ts';
import { ratingOfSeller, reviewsOfSeller } from '../models/published-review.ts';
import { paths } from '../paths.ts';
import { presentProfile } from '../presenters/profile.ts';
import { excerpt } from '../presenters/prose.ts';

const REVIEWS = 20;

/** A person's storefront: who he is, what he sells, what buyers say. */
export async function show(request: Request, response: Response): Promise<void> {
  const username = String(request.params.username);
  if (username !== username.toLowerCase()) return response.redirect(301, paths.profile(username.toLowerCase()));
  const found = await request.transaction(async (trx) => {
    const profile = await findPublicProfile(trx, username);
    if (!profile) throw new NotFound();
    return {
      profile,
      listings: await listingsOf(trx, profile.user_id),
      posts: await postsOnSale(trx, profile.user_id),
      reviews: await reviewsOfSeller(trx, profile.user_id, REVIEWS),
      rating: await ratingOfSeller(trx, profile.user_id),
    };
  });
  const { profile } = found;
  const description = profile.tagline || excerpt(profile.bio) || `${profile.display_name} on GigFlow.`;
  await response.page(
    'profiles/show',
    { title: `${profile.display_name} (@${profile.username})`, description, canonical: paths.profile(username) },
    {
      profile: presentProfile({
        ...found,
        currency: request.services.config.currency,
        zone: request.person?.timeZone ?? 'UTC',
      }),
      own: request.person?.id === profile.user_id,
    },
  );
}
