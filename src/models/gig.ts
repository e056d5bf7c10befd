import { randomBytes, randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Conflict, Invalid } from '../errors.ts';
import type { GigInput } from '../forms/gig-form.ts';
import type { GigExtra, GigImage, GigPackage, GigQuestion } from './gig-document.ts';

export type GigStatus = 'draft' | 'review' | 'published' | 'paused' | 'rejected';

export interface GigRow {
  id: string;
  seller_id: string;
  category_id: string;
  slug: string;
  title: string;
  description: string;
  tags: string[];
  faq: { question: string; answer: string }[];
  questions: GigQuestion[];
  status: GigStatus;
  created_at: Date;
  updated_at: Date;
}

/** The seller's working copy, whole. */
export interface WorkingCopy extends GigRow {
  category: { slug: string; name: string };
  packages: GigPackage[];
  extras: GigExtra[];
  /** The cover first. */
  images: GigImage[];
}

/** A gig that the asker may see: row level security shows sellers their own, admins all. */
export const findGig = (trx: Transaction, id: string): Promise<GigRow | undefined> =>
  trx<GigRow>('gigs').where({ id }).first();

/** One gig of this seller, locked, with all that belongs to it; null when it is not his. */
export async function lockOwnGig(trx: Transaction, sellerId: string, id: string): Promise<GigRow | null> {
  return (await trx<GigRow>('gigs').where({ id, seller_id: sellerId }).forUpdate().first()) ?? null;
}

/** A gig with its packages, extras, pictures and category in one round trip, as its seller works on it. */
export async function readWorkingCopy(trx: Transaction, id: string): Promise<WorkingCopy | null> {
  const { rows } = await trx.raw<{ rows: WorkingCopy[] }>(
    `select g.*, json_build_object('slug', c.slug, 'name', c.name) as category,
       (select coalesce(json_agg(json_build_object('tier', p.tier, 'title', p.title, 'description', p.description,
          'price_cents', p.price_cents, 'delivery_days', p.delivery_days, 'revisions', p.revisions,
          'includes', p.includes) order by p.tier), '[]') from gig_packages p where p.gig_id = g.id) as packages,
       (select coalesce(json_agg(json_build_object('id', e.id, 'title', e.title, 'price_cents', e.price_cents,
          'extra_days', e.extra_days, 'max_quantity', e.max_quantity) order by e.position), '[]')
          from gig_extras e where e.gig_id = g.id) as extras,
       (select coalesce(json_agg(json_build_object('id', i.id, 'alt', i.alt, 'width', i.width, 'height', i.height,
          'colour', i.colour, 'widths', f.widths, 'formats', f.formats) order by i.position, i.created_at, i.id), '[]')
          from gig_images i, lateral (select coalesce(array_agg(distinct width), '{}') as widths,
            coalesce(array_agg(distinct format), '{}') as formats from gig_image_files where image_id = i.id) f
          where i.gig_id = g.id and i.removed_at is null) as images
     from gigs g join categories c on c.id = g.category_id where g.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Writes a new draft, as its seller. @returns its id */
export async function createGig(
  trx: Transaction,
  sellerId: string,
  input: GigInput,
  id: string = randomUUID(),
): Promise<string> {
  const columns = { id, seller_id: sellerId, ...(await gigColumns(trx, input, [])) };
  for (let tries = 0; ; tries += 1) {
    const slug = slugOf(input.title) + (tries === 0 ? '' : `-${randomBytes(3).toString('hex')}`);
    const inserted = (await trx('gigs')
      .insert({ ...columns, slug })
      .onConflict('slug')
      .ignore()) as unknown as { rowCount: number };
    if (inserted.rowCount === 1) break;
    if (tries === 5) throw new Conflict('The address of this gig is taken. Change its title a little.');
  }
  await writePackages(trx, id, input);
  await writeExtras(trx, id, input, []);
  return id;
}

/** Saves the seller's working copy. What is on sale, and what was ordered, stays as it is (original defect 48). */
export async function updateGig(trx: Transaction, gig: WorkingCopy, input: GigInput): Promise<void> {
  await trx('gigs')
    .where({ id: gig.id })
    .update(await gigColumns(trx, input, gig.questions));
  await writePackages(trx, gig.id, input);
  await writeExtras(trx, gig.id, input, gig.extras);
}

async function gigColumns(trx: Transaction, input: GigInput, known: GigQuestion[]) {
  const keep = keeperOf(known);
  return {
    category_id: await categoryId(trx, input.category),
    title: input.title,
    description: input.description,
    tags: input.tags,
    faq: JSON.stringify(input.faq),
    questions: JSON.stringify(input.questions.map((question) => ({ ...question, id: keep(question.id) }))),
  };
}

async function categoryId(trx: Transaction, slug: string): Promise<string> {
  const category = await trx('categories').where({ slug }).first<{ id: string } | undefined>('id');
  if (!category) throw new Invalid({ category: 'Choose a category' });
  return category.id;
}

async function writePackages(trx: Transaction, gigId: string, { packages }: GigInput): Promise<void> {
  const offers = Object.entries(packages).flatMap(([tier, offer]) => (offer ? [{ tier, offer }] : []));
  await trx('gig_packages')
    .where({ gig_id: gigId })
    .whereNotIn(
      'tier',
      offers.map(({ tier }) => tier),
    )
    .delete();
  const rows = offers.map(({ tier, offer: { price, ...offer } }) => ({
    id: randomUUID(),
    gig_id: gigId,
    tier,
    price_cents: price,
    ...offer,
  }));
  await trx('gig_packages')
    .insert(rows)
    .onConflict(['gig_id', 'tier'])
    .merge(['title', 'description', 'price_cents', 'delivery_days', 'revisions', 'includes']);
}

/** Extras keep their ids, by which open orders and old links know them. */
async function writeExtras(trx: Transaction, gigId: string, { extras }: GigInput, known: GigExtra[]): Promise<void> {
  const keep = keeperOf(known);
  const rows = extras.map(({ id, price, ...extra }, position) => ({
    id: keep(id),
    gig_id: gigId,
    position,
    price_cents: price,
    ...extra,
  }));
  await trx('gig_extras')
    .where({ gig_id: gigId })
    .whereNotIn(
      'id',
      rows.map((row) => row.id),
    )
    .delete();
  if (rows.length > 0) await trx('gig_extras').insert(rows).onConflict('id').merge();
}

/** Gives a row the id that its form sent back, when it is one of this gig's and not yet taken; else a new one. */
function keeperOf(known: { id: string }[]): (id: string | null) => string {
  const free = new Set(known.map((row) => row.id));
  return (id) => (id !== null && free.delete(id) ? id : randomUUID());
}

/** `menu-and-price-list-for-your-cafe`, from a title; fits the column's check. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
  return plain.length >= 3 ? plain : `gig-${randomBytes(3).toString('hex')}`;
}
