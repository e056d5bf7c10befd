import { fileTypeFromFile } from 'file-type';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { LEAST_SIDE, LONGEST_STRIP, MOST_PIXELS, MOST_PIXELS_AT_ONCE, TYPES } from './limits.ts';

/** One size of a picture, as browsers get it. */
export interface Rendition {
  width: number;
  format: 'avif' | 'webp';
  bytes: Buffer;
}

export interface RenderedPicture {
  /** Of the largest rendition. */
  width: number;
  height: number;
  /** `#rrggbb`, shown until the picture is there. */
  colour: string;
  renditions: Rendition[];
}

/** Why a file is not taken, to be read after its name. */
export class PictureRefused extends Error {}

const WIDTHS = [360, 720, 1200];
const AVATAR_WIDTHS = [96, 192];
/** A tall picture is at most half as high again as wide boxes allow: covers crop it anyway. */
const TALLEST = 1.5;
const PATIENCE_SECONDS = 20;

// One picture at a time, and nothing kept for the next one: memory is scarcer than time.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes a picture and draws it anew, in a few widths: upright, first frame only, on white, in sRGB. Nothing else of the file
 * survives: no EXIF, no profile, no bytes behind the picture.
 * @throws PictureRefused
 */
export async function renderPicture(file: string): Promise<RenderedPicture> {
  const largest = WIDTHS.at(-1)!;
  const { data, info } = await decode(file, (picture) =>
    picture.resize({ width: largest, height: largest * TALLEST, fit: 'inside', withoutEnlargement: true }),
  );
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const widths = [...WIDTHS.filter((width) => width < info.width), info.width];
  const renditions: Rendition[] = [];
  for (const width of widths) {
    const sized = () => sharp(data, { raw }).resize({ width });
    renditions.push({ width, format: 'webp', bytes: await sized().webp({ quality: 80 }).toBuffer() });
    // Effort 3 saves at most 7 % more and takes two to four times as long.
    renditions.push({ width, format: 'avif', bytes: await sized().avif({ quality: 50, effort: 1 }).toBuffer() });
  }
  const { dominant } = await sharp(data, { raw }).stats();
  const colour = [dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('');
  return { width: info.width, height: info.height, colour: `#${colour}`, renditions };
}

/** A face: the middle of the picture as a square, in two widths. @throws PictureRefused */
export async function renderAvatar(file: string): Promise<Rendition[]> {
  const largest = AVATAR_WIDTHS.at(-1)!;
  const { data, info } = await decode(file, (picture) => picture.resize(largest, largest, { fit: 'cover' }));
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const renditions: Rendition[] = [];
  for (const width of AVATAR_WIDTHS) {
    const bytes = await sharp(data, { raw }).resize({ width }).webp({ quality: 80 }).toBuffer();
    renditions.push({ width, format: 'webp', bytes });
  }
  return renditions;
}

async function decode(file: string, sized: (picture: Sharp) => Sharp) {
  const type = await fileTypeFromFile(file).catch(() => undefined);
  if (!TYPES.includes(type?.mime.replace('/apng', '/png') ?? '')) {
    throw new PictureRefused('is not a picture that we can read. Send a JPEG, PNG, WebP or AVIF file');
  }
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true } as const;
  try {
    checkSize(await sharp(file, options).metadata());
    return await sized(sharp(file, options).autoOrient())
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .timeout({ seconds: PATIENCE_SECONDS })
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    if (error instanceof PictureRefused) throw error;
    if (/pixel limit|too large|too big/i.test((error as Error).message)) throw tooManyPixels();
    throw new PictureRefused('is damaged or incomplete. Save it again, or choose another picture');
  }
}

function checkSize({ width, height, format, isProgressive }: Metadata): void {
  if (width * height > MOST_PIXELS) throw tooManyPixels();
  const atOnce = format === 'heif' || (format === 'png' && isProgressive);
  if (atOnce && width * height > MOST_PIXELS_AT_ONCE) {
    throw new PictureRefused('has more than 8 million pixels. Make it smaller, or send it as JPEG');
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < LEAST_SIDE) throw new PictureRefused(`is too small: it needs at least ${LEAST_SIDE} pixels on each side`);
  if (long > short * LONGEST_STRIP) {
    throw new PictureRefused(`is too long and thin: one side may be at most ${LONGEST_STRIP} times the other`);
  }
}

const tooManyPixels = () =>
  new PictureRefused('has more than 25 million pixels, such as 5,000 by 5,000. Make it smaller and send it again');
