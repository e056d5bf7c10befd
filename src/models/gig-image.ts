import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { Invalid } from '../errors.ts';
import { MOST_PICTURES } from '../pictures/limits.ts';
import type { RenderedPicture } from '../pictures/render.ts';
import { keptIn, type Kept } from '../storage/renditions.ts';
import type { Storage, StorageName } from '../storage/storage.ts';

export type ImageFormat = 'avif' | 'webp';

/** The name of a rendition in a store that is not Postgres. */
export const imageKey = (imageId: string, width: number, format: ImageFormat): string =>
  `${imageId}-${width}.${format}`;

/** One rendition of a picture that the asker may see; undefined too when it was never made in that width. */
export const findImageFile = async (
  trx: Transaction,
  imageId: string,
  width: number,
  format: ImageFormat,
): Promise<(Kept & { listed: boolean }) | undefined> =>
  trx('gig_image_files as f')
    .join('gig_images as i', 'i.id', 'f.image_id')
    .where({ 'f.image_id': imageId, 'f.width': width, 'f.format': format })
    .first(
      'f.storage',
      'f.bytes',
      trx.raw(`exists (select 1 from gig_listings l where l.gig_id = i.gig_id
        and l.doc -> 'images' @> jsonb_build_array(jsonb_build_object('id', i.id))) as listed`),
    );

/** How many more pictures fit. */
export async function roomIn(trx: Transaction, gigId: string): Promise<number> {
  const [row] = await trx('gig_images').where({ gig_id: gigId, removed_at: null }).count({ n: '*' });
  return MOST_PICTURES - Number(row?.n ?? 0);
}

/** Writes a picture's rows, unseen until hangImages(); what never hangs is pruned. @returns its id */
export async function addImage(
  trx: Transaction,
  gigId: string,
  { width, height, colour, renditions }: RenderedPicture,
  storage: Storage,
): Promise<string> {
  const id = randomUUID();
  const unseen = { removed_at: trx.raw('app_now()') };
  await trx('gig_images').insert({ id, gig_id: gigId, width, height, colour, ...unseen });
  await trx('gig_image_files').insert(
    renditions.map(({ bytes, ...file }) => ({ image_id: id, ...file, ...keptIn(storage, bytes) })),
  );
  return id;
}

/** Hangs new pictures at the end of the gallery. @param gigId locked @throws Invalid when there is no room for them */
export async function hangImages(trx: Transaction, gigId: string, ids: string[]): Promise<void> {
  const room = await roomIn(trx, gigId);
  if (ids.length > room) throw new Invalid({ images: fullText(room) });
  const last = await trx('gig_images')
    .where({ gig_id: gigId, removed_at: null })
    .max<{ max: number | null }>('position')
    .first();
  for (const [index, id] of ids.entries()) {
    await trx('gig_images')
      .where({ id, gig_id: gigId })
      .update({ removed_at: null, position: (last?.max ?? -1) + 1 + index });
  }
}

export const fullText = (room: number): string =>
  room > 0
    ? `A gig has at most ${MOST_PICTURES} pictures: there is room for ${room} more`
    : `A gig has at most ${MOST_PICTURES} pictures. Remove one first`;

export const describeImage = async (trx: Transaction, gigId: string, id: string, alt: string): Promise<number> =>
  trx('gig_images').where({ id, gig_id: gigId, removed_at: null }).update({ alt });

/** Changes a picture's place with its neighbour's. @param gigId locked @returns its new place, from 1; null when it hangs not here */
export async function moveImage(trx: Transaction, gigId: string, id: string, by: -1 | 1): Promise<number | null> {
  const order = await trx('gig_images')
    .where({ gig_id: gigId, removed_at: null })
    .orderBy(['position', 'created_at', 'id'])
    .pluck<string[]>('id');
  const from = order.indexOf(id);
  if (from === -1) return null;
  const to = Math.min(Math.max(from + by, 0), order.length - 1);
  order.splice(to, 0, ...order.splice(from, 1));
  for (const [position, image] of order.entries()) await trx('gig_images').where({ id: image }).update({ position });
  return to + 1;
}

/** Takes a picture down. What was submitted with it keeps it. */
export const takeDownImage = async (trx: Transaction, gigId: string, id: string): Promise<number> =>
  trx('gig_images')
    .where({ id, gig_id: gigId, removed_at: null })
    .update({ removed_at: trx.raw('app_now()') });

/** Files of pictures that hang nowhere for an hour and that no revision shows; as the system. */
export const findUnusedImages = async (
  trx: Transaction,
  limit: number,
): Promise<{ id: string; files: { width: number; format: ImageFormat; storage: StorageName }[] }[]> =>
  trx('gig_images as i')
    .whereRaw(`i.removed_at < app_now() - interval '1 hour'`)
    .whereRaw(
      `not exists (select 1 from gig_revisions r where r.gig_id = i.gig_id
        and r.doc -> 'images' @> jsonb_build_array(jsonb_build_object('id', i.id)))`,
    )
    .orderBy('i.removed_at')
    .limit(limit)
    .select(
      'i.id',
      trx.raw(`(select coalesce(json_agg(json_build_object('width', f.width, 'format', f.format, 'storage', f.storage)), '[]')
        from gig_image_files f where f.image_id = i.id) as files`),
    );

export const deleteImages = async (trx: Transaction, ids: string[]): Promise<number> =>
  trx('gig_images').whereIn('id', ids).whereNotNull('removed_at').delete();
