import { favourites } from '../story/threads.ts';
import { gigId } from './gigs.ts';
import { personId, type Stage } from './stage.ts';

export async function seedFavourites(stage: Stage): Promise<void> {
  for (const [username, saved] of Object.entries(favourites)) {
    const rows = saved.map((key) => ({ user_id: personId(username), gig_id: gigId(key) }));
    await stage.act({ person: username }, 10, (trx) => trx('favorites').insert(rows));
  }
}
