import type { Transaction } from '../database.ts';

export type ImageFormat = 'avif' | 'webp';

/** One rendition of a picture; undefined when it was never made in that width. */
export const findImageBytes = async (
  trx: Transaction,
  imageId: string,
  width: number,
  format: ImageFormat,
): Promise<Buffer | undefined> => {
  const file = await trx('gig_image_files')
    .where({ image_id: imageId, width, format })
    .first<{ bytes: Buffer } | undefined>('bytes');
  return file?.bytes;
};
