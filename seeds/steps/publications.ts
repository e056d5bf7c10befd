import type { Transaction } from '../../src/database.ts';
import type { GigDocument } from '../../src/models/gig-document.ts';
import { categories } from '../story/categories.ts';
import { gigs } from '../story/gigs/index.ts';
import type { GigStory } from '../story/types.ts';
import { extraId, gigId, pictureId, questionsOf, slugOf, type Pictures } from './gigs.ts';
import { storyId } from './ids.ts';
import { currency } from './purchases.ts';
import { personId, type Stage } from './stage.ts';

const reviewer = 'mina';
const hoursToReview = 5 / 24;

/** Sellers submit, Mina decides: what is on the site got there as everything does. */
export async function seedPublications(stage: Stage, pictures: Pictures): Promise<void> {
  for (const gig of gigs) {
    if (gig.ends?.as === 'draft') continue;
    const doc = documentOf(gig, pictures);
    const decidedDaysAgo = gig.submittedDaysAgo - hoursToReview;
    await stage.act({ person: gig.seller }, gig.submittedDaysAgo, (trx) => submit(trx, gig, 1, doc));
    if (gig.ends?.as === 'rejected') {
      const { reason } = gig.ends;
      await stage.act({ admin: reviewer }, decidedDaysAgo, (trx) => reject(trx, gig, reason));
      continue;
    }
    await stage.act({ admin: reviewer }, decidedDaysAgo, (trx) => approve(trx, gig));
    await stage.act('system', decidedDaysAgo, (trx) => list(trx, gig, doc));
    if (gig.ends) {
      const edited = { ...doc, title: gig.ends.title };
      await stage.act({ person: gig.seller }, 0.4, (trx) => submit(trx, gig, 2, edited));
    }
  }
}

async function submit(trx: Transaction, gig: GigStory, number: number, doc: GigDocument): Promise<void> {
  await trx('gig_revisions').insert({
    id: storyId('revision', `${gig.key}/${number}`),
    gig_id: gigId(gig.key),
    number,
    doc: JSON.stringify(doc),
  });
  if (number === 1)
    await trx('gigs')
      .where({ id: gigId(gig.key) })
      .update({ status: 'review' });
  else
    await trx('gigs')
      .where({ id: gigId(gig.key) })
      .update({ title: doc.title });
}

async function reject(trx: Transaction, gig: GigStory, reason: string): Promise<void> {
  await decide(trx, gig, { status: 'rejected', reason });
  await trx('gigs')
    .where({ id: gigId(gig.key) })
    .update({ status: 'rejected' });
}

async function approve(trx: Transaction, gig: GigStory): Promise<void> {
  await decide(trx, gig, { status: 'approved' });
  await trx('gigs')
    .where({ id: gigId(gig.key) })
    .update({ status: 'published' });
}

const decide = (trx: Transaction, gig: GigStory, decision: { status: string; reason?: string }) =>
  trx('gig_revisions')
    .where({ gig_id: gigId(gig.key), number: 1 })
    .update({ ...decision, reviewer_id: personId(reviewer), decided_at: trx.raw('app_now()') });

async function list(trx: Transaction, gig: GigStory, doc: GigDocument): Promise<void> {
  const seller = await trx('profiles')
    .where({ user_id: personId(gig.seller) })
    .first<{ username: string; display_name: string; level: number; location: string }>();
  await trx('gig_listings').insert({
    gig_id: gigId(gig.key),
    slug: slugOf(gig.title),
    seller_id: personId(gig.seller),
    category_id: storyId('category', gig.category),
    revision_number: 1,
    title: doc.title,
    description: doc.description,
    tags: doc.tags,
    tags_text: doc.tags.join(' '),
    price_from_cents: Math.min(...doc.packages.map((offer) => offer.price_cents)),
    delivery_days: Math.min(...doc.packages.map((offer) => offer.delivery_days)),
    currency,
    seller_username: seller.username,
    seller_name: seller.display_name,
    seller_level: seller.level,
    seller_location: seller.location,
    doc: JSON.stringify(doc),
  });
}

function documentOf(gig: GigStory, pictures: Pictures): GigDocument {
  const category = categories.find(({ slug }) => slug === gig.category);
  return {
    title: gig.title,
    description: gig.description,
    tags: gig.tags,
    category: { slug: gig.category, name: category?.name ?? gig.category },
    packages: gig.packages.map(({ price, days, ...offer }) => ({ ...offer, price_cents: price, delivery_days: days })),
    extras: gig.extras.map((extra) => ({
      id: extraId(gig.key, extra.title),
      title: extra.title,
      price_cents: extra.price,
      extra_days: extra.extraDays,
      max_quantity: extra.maxQuantity,
    })),
    faq: gig.faq,
    questions: questionsOf(gig),
    images: (pictures.get(gig.key) ?? []).map(({ alt, colour, renditions }, position) => ({
      id: pictureId(gig.key, position),
      alt,
      colour,
      width: Math.max(...renditions.map(({ width }) => width)),
      height: Math.max(...renditions.map(({ height }) => height)),
      widths: [...new Set(renditions.map(({ width }) => width))],
      formats: [...new Set(renditions.map(({ format }) => format))],
    })),
  };
}
