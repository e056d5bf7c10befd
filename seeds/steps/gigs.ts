import type { Transaction } from '../../src/database.ts';
import type { Picture } from '../pictures/raster.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory } from '../story/types.ts';
import { storyId } from './ids.ts';
import { personId, type Stage } from './stage.ts';

export const gigId = (key: string): string => storyId('gig', key);

export type Pictures = Map<string, Picture[]>;

/** Every seller writes his gigs; what became of them is told by publications.ts. */
export async function seedGigs(stage: Stage, pictures: Pictures): Promise<void> {
  for (const gig of gigs) {
    await stage.act({ person: gig.seller }, gig.submittedDaysAgo + 0.5, async (trx) => {
      await writeGig(trx, gig);
      await hangPictures(trx, gig, pictures.get(gig.key) ?? []);
    });
  }
}

async function writeGig(trx: Transaction, gig: GigStory): Promise<void> {
  const id = gigId(gig.key);
  await trx('gigs').insert({
    id,
    seller_id: personId(gig.seller),
    category_id: storyId('category', gig.category),
    slug: slugOf(gig.title),
    title: gig.title,
    description: gig.description,
    tags: gig.tags,
    faq: JSON.stringify(gig.faq),
    questions: JSON.stringify(questionsOf(gig)),
  });
  await trx('gig_packages').insert(
    gig.packages.map((offer) => ({
      id: storyId('package', `${gig.key}/${offer.tier}`),
      gig_id: id,
      tier: offer.tier,
      title: offer.title,
      description: offer.description,
      price_cents: offer.price,
      delivery_days: offer.days,
      revisions: offer.revisions,
      includes: offer.includes,
    })),
  );
  if (gig.extras.length === 0) return;
  await trx('gig_extras').insert(
    gig.extras.map((extra, position) => ({
      id: extraId(gig.key, extra.title),
      gig_id: id,
      position,
      title: extra.title,
      price_cents: extra.price,
      extra_days: extra.extraDays,
      max_quantity: extra.maxQuantity,
    })),
  );
}

export const questionsOf = (gig: GigStory) =>
  gig.questions.map(({ kind, label, required, choices = [] }, i) => {
    return { id: storyId('question', `${gig.key}/${i}`), kind, label, required, choices };
  });

export const pictureId = (gig: string, position: number): string => storyId('picture', `${gig}/${position}`);

export const extraId = (gig: string, title: string): string => storyId('extra', `${gig}/${title}`);

async function hangPictures(trx: Transaction, gig: GigStory, pictures: Picture[]): Promise<void> {
  for (const [position, picture] of pictures.entries()) {
    const id = pictureId(gig.key, position);
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

export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/[\u0300-\u036f’]/g, '');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
