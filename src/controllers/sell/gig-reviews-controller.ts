import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { lockOwnGig } from '../../models/gig.ts';
import { submitGig } from '../../models/gig-revision.ts';
import { paths } from '../../paths.ts';

export const create = (request: Request, response: Response): Promise<void> =>
  submit(request, response, String(request.params.id));

/** Asks for the review of a gig as it is saved now. As the system actor, because a change that waits gives way to this one. */
export async function submit(request: Request, response: Response, gigId: string): Promise<void> {
  const { database } = request.services;
  await database.withSystem('publication', async (trx) => {
    const gig = await lockOwnGig(trx, request.person!.id, gigId);
    if (!gig) throw new NotFound();
    await submitGig(trx, gig);
  });
  await response.seeOther(paths.editGig(gigId), {
    kind: 'good',
    text: 'Submitted. Somebody at GigFlow looks at it before it goes on sale.',
  });
}
