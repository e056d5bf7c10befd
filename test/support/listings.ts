import { randomUUID } from 'node:crypto';
import type { GigDocument } from '../../src/models/gig-document.ts';
import type { TestApp } from './app.ts';
import {
  asSystem,
  createPerson,
  deliverWork,
  placeOrder,
  sendBrief,
  transition,
  type TestPerson,
  type TestShop,
} from './orders.ts';

export interface TestSeller extends TestPerson {
  username: string;
}

interface ProfileFacts {
  level?: number;
  location?: string;
  tagline?: string;
  bio?: string;
  skills?: string[];
  languages?: string[];
  links?: unknown;
}

/** Somebody whose identity is checked and who has nothing on sale yet. */
export async function createSeller(app: TestApp, name: string, facts: ProfileFacts = {}): Promise<TestSeller> {
  const person = await createPerson(app, name);
  const username = await asSystem(app, async (trx) => {
    const { links, ...rest } = facts;
    await trx('profiles')
      .where({ user_id: person.id })
      .update({ ...rest, links: JSON.stringify(links ?? []) });
    await trx('seller_accounts').insert({
      user_id: person.id,
      company_title: name,
      country: 'jo',
      whop_company_id: `biz_${person.id.slice(0, 8)}`,
      kyc_status: 'verified',
    });
    const profile = await trx('profiles').where({ user_id: person.id }).first<{ username: string }>('username');
    return profile.username;
  });
  return { ...person, username };
}

export interface TestCategory {
  id: string;
  slug: string;
  name: string;
}

export async function createCategory(app: TestApp, name: string, examples = ''): Promise<TestCategory> {
  const category = { id: randomUUID(), slug: name.toLowerCase().replace(/\W+/g, '-'), name };
  await asSystem(app, (trx) => trx('categories').insert({ ...category, examples }));
  return category;
}

interface GigFacts extends Partial<Omit<GigDocument, 'category'>> {
  category: TestCategory;
  /** Of the one package, unless `packages` says more. */
  priceCents?: number;
  days?: number;
  /** What earlier buyers gave; the reviews themselves are left out. */
  stars?: number[];
  publishedAt?: Date;
}

const DESCRIPTION =
  'Send me what you have as a photo, a text message or a spreadsheet. I do the rest and ask when unsure.';

/** Puts a gig on sale by SQL, as approving it would. */
export async function publishGig(app: TestApp, seller: TestSeller, gig: GigFacts): Promise<TestShop> {
  const { category, priceCents = 4_500, days = 3, stars = [], publishedAt, ...given } = gig;
  const doc: GigDocument = {
    title: 'Menu and price list for your café',
    description: DESCRIPTION,
    tags: [],
    packages: [
      {
        tier: 'standard',
        title: 'The usual',
        description: 'What most people need.',
        price_cents: priceCents,
        delivery_days: days,
        revisions: 1,
        includes: [],
      },
    ],
    extras: [],
    faq: [],
    questions: [],
    images: [],
    ...given,
    category,
  };
  const gigId = randomUUID();
  const slug = `gig-${gigId}`;
  const { title, description, tags } = doc;
  await asSystem(app, async (trx) => {
    const text = { category_id: category.id, slug, title, description, tags };
    await trx('gigs').insert({ id: gigId, seller_id: seller.id, ...text, status: 'published' });
    const profile = await trx('profiles').where({ user_id: seller.id }).first();
    await trx('gig_listings').insert({
      gig_id: gigId,
      seller_id: seller.id,
      ...text,
      tags_text: tags.join(' '),
      revision_number: 1,
      price_from_cents: Math.min(...doc.packages.map(({ price_cents }) => price_cents)),
      delivery_days: Math.min(...doc.packages.map(({ delivery_days }) => delivery_days)),
      currency: 'usd',
      seller_username: seller.username,
      seller_name: seller.name,
      seller_level: profile.level,
      seller_location: profile.location,
      doc: JSON.stringify(doc),
      ...(publishedAt && { published_at: publishedAt }),
    });
    if (stars.length === 0) return;
    await trx('gig_listings')
      .where({ gig_id: gigId })
      .update({ rating_count: stars.length, rating_sum: stars.reduce((sum, star) => sum + star, 0) });
  });
  return { seller, gigId, slug, doc };
}

/** A finished order of a gig with its buyer's published review. */
export async function reviewGig(
  app: TestApp,
  shop: TestShop,
  buyer: TestPerson,
  review: { rating: number; body: string; reply?: string },
): Promise<void> {
  const orderId = await placeOrder(app, { shop, buyer });
  if (shop.doc.questions.some(({ required }) => required)) await sendBrief(app, orderId, buyer);
  await deliverWork(app, orderId, shop.seller);
  await transition(app, orderId, 'accept_delivery', buyer.actor);
  await asSystem(app, (trx) =>
    trx('reviews').insert({
      id: randomUUID(),
      order_id: orderId,
      author_role: 'buyer',
      author_id: buyer.id,
      author_name: buyer.name,
      subject_id: shop.seller.id,
      gig_id: shop.gigId,
      ...review,
      published_at: trx.raw('app_now()'),
    }),
  );
}
