import { randomUUID } from 'node:crypto';
import { page, signUp, type Client } from './client.ts';
import type { TestApp } from './app.ts';
import { idOf } from './sellers.ts';

export const CATEGORY = { slug: 'design-and-illustration', name: 'Design and illustration' };

/** Categories come with the seeds, which tests do not plant. */
export const addCategories = (app: TestApp): Promise<void> =>
  app.database.withSystem('jobs', async (trx) => {
    await trx('categories').insert([
      { id: randomUUID(), ...CATEGORY, position: 1 },
      { id: randomUUID(), slug: 'programming', name: 'Programming', position: 2 },
    ]);
  });

/** Rows as a browser names them: `extras[0][title]`. */
export const rows = <Row>(list: Row[]): Record<number, Row> => ({ ...list });

/** What Noor types for her menu gig; `change` replaces whole fields. */
export const typedGig = (change: object = {}) => ({
  title: 'Menu and price list for your café',
  category: CATEGORY.slug,
  description:
    'Send me your list of dishes as a photo, an e-mail or a spreadsheet. I set it so that people find the dish first.',
  tags: 'menu, print, café',
  packages: {
    basic: {
      title: 'One page',
      description: 'One page in one language.',
      price: '45.00',
      delivery_days: '3',
      revisions: '1',
      includes: 'Print-ready PDF\r\nFile you can edit',
    },
    standard: {
      title: 'Folded menu',
      description: 'Up to four pages.',
      price: '95',
      delivery_days: '5',
      revisions: '2',
      includes: 'Print-ready PDF',
    },
    premium: { title: '', description: '', price: '', delivery_days: '', revisions: '', includes: '' },
  },
  extras: rows([{ title: 'Second language', price: '20.00', extra_days: '1', max_quantity: '3' }]),
  faq: rows([{ question: 'Can you print it?', answer: 'No, but the file is ready for any printer.' }]),
  questions: rows([
    { kind: 'long_text', label: 'What is on the menu?', required: '1', choices: '' },
    { kind: 'one_choice', label: 'Which format?', required: '', choices: 'A4\r\nA5' },
  ]),
  ...change,
});

/** Saves a draft through the form. @returns the gig's id */
export async function draftGig(seller: Client, change: object = {}): Promise<string> {
  const saved = await seller.post('/sell/gigs', typedGig(change));
  const id = /^\/sell\/gigs\/([0-9a-f-]{36})\/edit$/.exec(saved.headers.location ?? '')?.[1];
  if (!id) throw new Error(`the draft answered ${saved.status}: ${page(saved)('.error-list').text()}`);
  return id;
}

/** Mina, who reviews. */
export async function signUpAdmin(app: TestApp, displayName = 'Mina Okafor'): Promise<Client> {
  const browser = await signUp(app, displayName);
  const id = await idOf(app, browser);
  await app.database.withSystem('jobs', (trx) => trx('users').where({ id }).update({ role: 'admin' }));
  return browser;
}

/** A gig written, submitted and approved through the forms. */
export async function publishedGig(seller: Client, admin: Client, change: object = {}): Promise<string> {
  const id = await draftGig(seller, change);
  await seller.post(`/sell/gigs/${id}/review`);
  const approved = await admin.post(`/admin/gigs/${id}/approval`, { revision: 1 });
  if (approved.status !== 303)
    throw new Error(`approval answered ${approved.status}: ${page(approved)('main').text()}`);
  return id;
}

export const gigRow = (app: TestApp, id: string) =>
  app.database.withSystem('jobs', (trx) => trx('gigs').where({ id }).first());
export const listingOf = (app: TestApp, id: string) =>
  app.database.withSystem('jobs', (trx) => trx('gig_listings').where({ gig_id: id }).first());
