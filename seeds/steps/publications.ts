import type { Transaction } from '../../src/database.ts';
import { lockOwnGig, type GigRow } from '../../src/models/gig.ts';
import { approveGig, rejectGig, submitGig } from '../../src/models/gig-revision.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory } from '../story/types.ts';
import { gigId } from './gigs.ts';
import { currency } from './purchases.ts';
import { personId, type Stage } from './stage.ts';

const reviewerId = personId('mina');
const hoursToReview = 5 / 24;
const editedDaysAgo = 0.4;

/** Sellers submit, Mina decides: what is on sale got there as everything does. */
export async function seedPublications(stage: Stage): Promise<void> {
  for (const gig of gigs) {
    const { ends } = gig;
    if (ends?.as === 'draft') continue;
    await stage.act('system', gig.submittedDaysAgo, async (trx) => submitGig(trx, await locked(trx, gig)));
    await stage.act('system', gig.submittedDaysAgo - hoursToReview, async (trx) => {
      const review = { gig: await locked(trx, gig), number: 1, reviewerId };
      if (ends?.as === 'rejected') await rejectGig(trx, review, ends.reason);
      else await approveGig(trx, review, currency);
    });
    if (ends?.as === 'published, with an edit in review') await edit(stage, gig, ends.title);
  }
}

async function edit(stage: Stage, gig: GigStory, title: string): Promise<void> {
  await stage.act({ person: gig.seller }, editedDaysAgo, (trx) =>
    trx('gigs')
      .where({ id: gigId(gig.key) })
      .update({ title }),
  );
  await stage.act('system', editedDaysAgo, async (trx) => submitGig(trx, await locked(trx, gig)));
}

async function locked(trx: Transaction, gig: GigStory): Promise<GigRow> {
  const row = await lockOwnGig(trx, personId(gig.seller), gigId(gig.key));
  if (!row) throw new Error(`${gig.key} was never written`);
  return row;
}
