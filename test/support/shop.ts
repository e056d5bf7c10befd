import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../src/models/user.ts';
import type { GigDocument } from '../../src/models/gig-document.ts';
import type { TestApp } from './app.ts';

export interface Shop {
  sellerId: string;
  companyId: string;
  gigId: string;
  slug: string;
  doc: GigDocument;
}

interface Options {
  questions?: GigDocument['questions'];
  maxActiveOrders?: number;
  sellerName?: string;
}

export const LANGUAGE = {
  id: randomUUID(),
  title: 'Second language',
  price_cents: 2_000,
  extra_days: 1,
  max_quantity: 3,
};

/** Noor: a verified seller with a real company at the emulator and one published gig. */
export async function openShop(app: TestApp, options: Options = {}): Promise<Shop> {
  const sellerId = randomUUID();
  const gigId = randomUUID();
  const categoryId = randomUUID();
  const slug = `menu-${gigId.slice(0, 8)}`;
  const name = options.sellerName ?? 'Noor Haddad';
  const email = `noor-${sellerId.slice(0, 8)}@gigflow.test`;
  const companyId = await app.services.whop.createCompany({
    userId: sellerId,
    attempt: 1,
    title: `${name} ${sellerId.slice(0, 6)}`,
    email,
    country: 'jo',
  });
  await app.emulator.setKyc(companyId, 'approved');
  const doc: GigDocument = {
    title: 'Menu and price list for your café, ready to print',
    description:
      'Send me your list of dishes as a photo, a text message or a spreadsheet. I set it so that people find the dish first.',
    tags: ['menu'],
    category: { slug: `design-${categoryId.slice(0, 8)}`, name: 'Design and illustration' },
    packages: [
      {
        tier: 'basic',
        title: 'One page',
        description: 'One page, one language.',
        price_cents: 4_500,
        delivery_days: 3,
        revisions: 1,
        includes: ['PDF'],
      },
      {
        tier: 'standard',
        title: 'Folded menu',
        description: 'Up to four pages.',
        price_cents: 9_500,
        delivery_days: 5,
        revisions: 2,
        includes: ['PDF', 'SVG'],
      },
    ],
    extras: [LANGUAGE],
    faq: [],
    questions: options.questions ?? [
      { id: randomUUID(), kind: 'long_text', label: 'What is on the menu?', required: true, choices: [] },
    ],
    images: [],
  };
  const passwordHash = await hashPassword('gigflow-demo');
  await app.database.withSystem('seeds', async (trx) => {
    await trx('users').insert({ id: sellerId, email, password_hash: passwordHash });
    await trx('profiles').insert({ user_id: sellerId, username: `noor-${sellerId.slice(0, 8)}`, display_name: name });
    await trx('seller_accounts').insert({
      user_id: sellerId,
      company_title: name,
      country: 'jo',
      whop_company_id: companyId,
      kyc_status: 'verified',
      max_active_orders: options.maxActiveOrders ?? 20,
    });
    await trx('categories').insert({ id: categoryId, slug: doc.category.slug, name: doc.category.name });
    await trx('gigs').insert({
      id: gigId,
      seller_id: sellerId,
      category_id: categoryId,
      slug,
      title: doc.title,
      description: doc.description,
      status: 'published',
    });
    await trx('gig_revisions').insert({
      id: randomUUID(),
      gig_id: gigId,
      number: 1,
      doc: JSON.stringify(doc),
      status: 'approved',
      decided_at: new Date(),
    });
    await trx('gig_listings').insert({
      gig_id: gigId,
      slug,
      seller_id: sellerId,
      category_id: categoryId,
      revision_number: 1,
      title: doc.title,
      description: doc.description,
      tags: doc.tags,
      tags_text: doc.tags.join(' '),
      price_from_cents: 4_500,
      delivery_days: 3,
      currency: 'usd',
      seller_username: `noor-${sellerId.slice(0, 8)}`,
      seller_name: name,
      doc: JSON.stringify(doc),
    });
  });
  return { sellerId, companyId, gigId, slug, doc };
}
