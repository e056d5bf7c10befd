import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { isSaved } from '../models/favorite.ts';
import { findListedGig } from '../models/listing.ts';
import { reviewsOfGig } from '../models/published-review.ts';
import { paths } from '../paths.ts';
import { presentGig } from '../presenters/gig.ts';
import { gigStructuredData } from '../presenters/gig-structured-data.ts';
import { pictureUrl } from '../presenters/picture.ts';
import { excerpt } from '../presenters/prose.ts';

const FIRST_REVIEWS = 5;
const REVIEWS_PER_PAGE = 20;

export async function show(request: Request, response: Response): Promise<void> {
  const slug = String(request.params.slug);
  if (slug !== slug.toLowerCase()) return response.redirect(301, paths.gig(slug.toLowerCase()));
  const { picture, package: tier } = request.query;
  const reviewPage = pageNumber(request.query.reviews);
  const { gig, reviews, saved } = await request.transaction(async (trx) => {
    const gig = await findListedGig(trx, slug);
    if (!gig) throw new NotFound();
    const limit = reviewPage ? REVIEWS_PER_PAGE : FIRST_REVIEWS;
    return {
      gig,
      reviews: await reviewsOfGig(trx, gig.gig_id, { limit, offset: ((reviewPage ?? 1) - 1) * limit }),
      saved: request.person !== null && (await isSaved(trx, request.person.id, gig.gig_id)),
    };
  });
  const { appUrl } = request.services.config;
  const [cover] = gig.doc.images;
  await response.page(
    'gigs/show',
    {
      title: gig.doc.title,
      description: excerpt(gig.doc.description, 155),
      canonical: paths.gig(slug),
      ...(cover && { image: pictureUrl(cover) }),
      jsonLd: gigStructuredData(gig, appUrl),
      partial: request.query.reviews === undefined ? 'gigs/_gallery' : 'gigs/_reviews',
    },
    {
      gig: presentGig(gig, reviews, {
        picture: pageNumber(picture),
        tier: typeof tier === 'string' ? tier : null,
        reviewPage,
        reviewsPerPage: REVIEWS_PER_PAGE,
        zone: request.person?.timeZone ?? 'UTC',
      }),
      own: request.person?.id === gig.seller_id,
      saved,
    },
  );
}

const pageNumber = (value: unknown): number | null =>
  typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : null;
