import { avatarKey, deleteAvatars, findUnusedAvatars } from '../models/avatar.ts';
import { deleteImages, findUnusedImages, imageKey } from '../models/gig-image.ts';
import type { Services } from '../services.ts';
import { removeRenditions } from '../storage/renditions.ts';

const BATCH = 100;

/** Takes away pictures that hang in no gallery and in no revision, and faces that nobody wears, after an hour. */
export async function prunePictures({ database, storages }: Services): Promise<{ images: number; avatars: number }> {
  const [images, avatars] = await database.withSystem('jobs', async (trx) => [
    await findUnusedImages(trx, BATCH),
    await findUnusedAvatars(trx, BATCH),
  ]);
  // The bytes first: a row without bytes is found again, bytes without a row are not.
  await removeRenditions(storages, [
    ...images.flatMap(({ id, files }) =>
      files.map(({ width, format, storage }) => ({ key: imageKey(id, width, format), storage })),
    ),
    ...avatars.map(({ avatar_id: id, width, storage }) => ({ key: avatarKey(id, width), storage })),
  ]);
  return database.withSystem('jobs', async (trx) => ({
    images: await deleteImages(
      trx,
      images.map(({ id }) => id),
    ),
    avatars: await deleteAvatars(
      trx,
      avatars.map(({ avatar_id: id }) => id),
    ),
  }));
}
