import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { lockOwnGig } from '../../models/gig.ts';
import { pauseGig, resumeGig } from '../../models/gig-revision.ts';
import { paths } from '../../paths.ts';

/** Takes a gig off sale. */
export async function destroy(request: Request, response: Response): Promise<void> {
  const id = String(request.params.id);
  await request.transaction(async (trx) => {
    const gig = await lockOwnGig(trx, request.person!.id, id);
    if (!gig) throw new NotFound();
    await pauseGig(trx, gig);
  });
  await response.seeOther(paths.editGig(id), { kind: 'good', text: 'Paused. Nobody can order it now.' });
}

/** Puts it back, as the system actor: only that one writes listings. */
export async function create(request: Request, response: Response): Promise<void> {
  const id = String(request.params.id);
  const { database, config } = request.services;
  await database.withSystem('publication', async (trx) => {
    const gig = await lockOwnGig(trx, request.person!.id, id);
    if (!gig) throw new NotFound();
    await resumeGig(trx, gig, config.currency);
  });
  await response.seeOther(paths.editGig(id), { kind: 'good', text: 'Back on sale.' });
}
