import path from 'node:path';
import type { Knex } from 'knex';
import { systemSession } from '../src/migrations.ts';
import { rasterise } from './pictures/raster.ts';
import { gigs } from './story/gigs/index.ts';
import { seedCategories } from './steps/categories.ts';
import { seedGigs, type Pictures } from './steps/gigs.ts';
import { seedFavourites } from './steps/favourites.ts';
import { seedOrders } from './steps/orders.ts';
import { seedPublications } from './steps/publications.ts';
import { seedThreads } from './steps/threads.ts';
import { seedPosts } from './steps/posts.ts';
import { seedLevels } from './steps/levels.ts';
import { settleNotifications } from './steps/notifications.ts';
import { seedPeople } from './steps/people.ts';
import { stageOn } from './steps/stage.ts';

/** Any number does, as long as every seed takes the same: two at once would tell the story twice. */
const SEEDING = 4_100_040;

/**
 * Tells the story of the demo to a migrated database: all of it in one transaction, or nothing when people live there already.
 * Pictures are kept in the data folder (GIGFLOW_DATA_DIR), so that only the first seed has to draw them.
 * @returns whether there was anything to do
 */
export async function seed(databaseUrl: string): Promise<boolean> {
  const session = systemSession(databaseUrl);
  try {
    if (await isInhabited(session)) return false;
    const pictures = await drawPictures();
    return await session.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [SEEDING]);
      if (await isInhabited(trx)) return false;
      const stage = stageOn(trx, new Date());
      await seedCategories(stage);
      await seedPeople(stage);
      await seedGigs(stage, pictures);
      await seedPublications(stage);
      await seedOrders(stage);
      await seedLevels(stage);
      await seedThreads(stage);
      await seedFavourites(stage);
      await seedPosts(stage);
      await settleNotifications(stage);
      return true;
    });
  } finally {
    await session.destroy();
  }
}

const isInhabited = async (db: Knex): Promise<boolean> => (await db('users').first('id')) !== undefined;

async function drawPictures(): Promise<Pictures> {
  const folder = path.resolve(process.env.GIGFLOW_DATA_DIR?.trim() || '.data', 'seed-pictures');
  const drawn: Pictures = new Map();
  for (const gig of gigs) {
    drawn.set(gig.key, await Promise.all(gig.pictures.map((artwork) => rasterise(artwork, folder))));
  }
  return drawn;
}
