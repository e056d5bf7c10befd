import type { Request, Response } from 'express';
import { NotFound } from '../errors.ts';
import { uuid } from '../forms/fields.ts';
import { forgetGig, savedGigs, saveGig } from '../models/favorite.ts';
import { paths, safeNext } from '../paths.ts';
import { plural } from '../presenters/dates.ts';
import { presentListing } from '../presenters/listing.ts';

/** The gigs that a person keeps for later. */
export async function index(request: Request, response: Response): Promise<void> {
  const { gigs, offSale } = await request.transaction((trx) => savedGigs(trx, request.person!.id));
  await response.page(
    'favorites/index',
    { title: 'Saved gigs' },
    {
      gigs: gigs.map((gig) => ({ ...presentListing(gig), id: gig.gig_id })),
      offSale: offSale ? `${plural(offSale, 'saved gig')} ${offSale === 1 ? 'is' : 'are'} not on sale just now.` : null,
    },
  );
}

export async function create(request: Request, response: Response): Promise<void> {
  const id = gigOf(request);
  await request.transaction((trx) => saveGig(trx, request.person!.id, id));
  await response.seeOther(back(request), { kind: 'good', text: 'Saved. It waits under “Saved gigs”.' });
}

export async function destroy(request: Request, response: Response): Promise<void> {
  const id = gigOf(request);
  await request.transaction((trx) => forgetGig(trx, request.person!.id, id));
  await response.seeOther(back(request), { kind: 'good', text: 'No longer saved.' });
}

function gigOf(request: Request): string {
  const { data } = uuid.safeParse((request.body as { gig?: unknown }).gig);
  if (!data) throw new NotFound();
  return data;
}

/** To the page that the form stood on. */
const back = (request: Request): string => safeNext((request.body as { next?: unknown }).next, paths.favorites);
