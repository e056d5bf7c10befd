import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { findCategory } from '../models/category.ts';
import { newestInCategory } from '../models/listing.ts';
import { presentFeed } from '../presenters/feed.ts';

const ENTRIES = 30;

/** The newest gigs of a category, for feed readers. */
export async function show(request: Request, response: Response): Promise<void> {
  const { category, gigs } = await request.transaction(async (trx) => {
    const category = await findCategory(trx, String(request.params.slug));
    if (!category) throw new NotFound();
    return { category, gigs: await newestInCategory(trx, category.id, ENTRIES) };
  });
  response
    .type('application/atom+xml')
    .set('Cache-Control', 'public, max-age=600')
    .send(presentFeed(category, gigs, request.services.config.appUrl));
}
