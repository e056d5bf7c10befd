import type { UUID } from 'node:crypto';
import type { Transaction } from '../../src/database.ts';
import { parseGig, type GigInput } from '../../src/forms/gig-form.ts';
import { readGigValues } from '../../src/forms/gig-values.ts';
import { createGig } from '../../src/models/gig.ts';
import type { Picture } from '../pictures/raster.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory } from '../story/types.ts';
import { storyId } from './ids.ts';
import { personId, type Stage } from './stage.ts';

const hoursToWrite = 12 / 24;

export const gigId = (key: string): UUID => storyId('gig', key);

export type Pictures = Map<string, Picture[]>;

/** Every seller writes his gigs; what became of them is told by publications.ts. */
export async function seedGigs(stage: Stage, pictures: Pictures): Promise<void> {
  for (const gig of gigs) {
    await stage.act({ person: gig.seller }, gig.submittedDaysAgo + hoursToWrite, async (trx) => {
      await createGig(trx, personId(gig.seller), filledIn(gig), gigId(gig.key));
      await hangPictures(trx, gig, pictures.get(gig.key) ?? []);
    });
  }
}

/** The story's words pass the same form as everybody's. */
function filledIn(gig: GigStory): GigInput {
  const typed = {
    ...gig,
    tags: gig.tags.join(', '),
    packages: Object.fromEntries(
      gig.packages.map(({ tier, price, days, ...offer }) => [
        tier,
        { ...offer, price: inUnits(price), delivery_days: days },
      ]),
    ),
    extras: gig.extras.map(({ title, price, extraDays, maxQuantity }) => {
      return { title, price: inUnits(price), extra_days: extraDays, max_quantity: maxQuantity };
    }),
    questions: gig.questions.map((question) => ({ ...question, required: question.required ? '1' : '' })),
  };
  const parsed = parseGig(readGigValues(typed));
  if (!parsed.valid) throw new Error(`${gig.key}: ${parsed.form.errors.map(({ text }) => text).join(', ')}`);
  return parsed.data;
}

const inUnits = (cents: number): string => (cents / 100).toFixed(2);

async function hangPictures(trx: Transaction, gig: GigStory, pictures: Picture[]): Promise<void> {
  for (const [position, picture] of pictures.entries()) {
    const id = storyId('picture', `${gig.key}/${position}`);
    const largest = picture.renditions.reduce((a, b) => (b.width > a.width ? b : a));
    await trx('gig_images').insert({
      id,
      gig_id: gigId(gig.key),
      position,
      alt: picture.alt,
      width: largest.width,
      height: largest.height,
      colour: picture.colour,
    });
    await trx('gig_image_files').insert(
      picture.renditions.map(({ width, format, data }) => ({ image_id: id, width, format, bytes: data })),
    );
  }
}
