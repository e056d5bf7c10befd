import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ArtworkStory } from '../story/types.ts';
import { drawings } from './drawings.ts';
import { document } from './svg.ts';

export interface Rendition {
  width: number;
  height: number;
  format: 'avif' | 'webp';
  data: Buffer;
}

export interface Picture {
  alt: string;
  /** Shown while the picture loads: the colour of its ground, as #rrggbb. */
  colour: string;
  renditions: Rendition[];
}

const sizes = [
  { width: 360, height: 225 },
  { width: 1200, height: 750 },
];
const formats = ['avif', 'webp'] as const;
/** Part of every cache key: change it with the settings below. */
const encoding = 'avif q55 e1, webp q82 e3';

/** Draws a picture of the story in all sizes. What was drawn before is read back from `folder`. */
export async function rasterise(artwork: ArtworkStory, folder: string): Promise<Picture> {
  const drawing = drawings[artwork.drawing](artwork.variant ?? 0, artwork.title ?? '');
  const svg = Buffer.from(document(drawing));
  const key = createHash('sha256').update(encoding).update(svg).digest('hex').slice(0, 32);
  await mkdir(folder, { recursive: true });
  const renditions = sizes.flatMap((size) =>
    formats.map(async (format): Promise<Rendition> => {
      const file = join(folder, `${key}-${size.width}.${format}`);
      return { ...size, format, data: (await read(file)) ?? (await draw(svg, size, format, file)) };
    }),
  );
  return { alt: artwork.alt, colour: drawing.ground, renditions: await Promise.all(renditions) };
}

async function read(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

/** A half-written file never carries the final name, so a stopped seed leaves no broken picture behind. */
async function draw(svg: Buffer, size: { width: number; height: number }, format: 'avif' | 'webp', file: string) {
  // One unit of the drawing is 1/72 inch at 72 dpi; the density makes librsvg draw at the final size.
  const picture = sharp(svg, { density: (72 * size.width) / 160 }).resize(size.width, size.height);
  const data =
    format === 'avif'
      ? await picture.avif({ quality: 55, effort: 1 }).toBuffer()
      : await picture.webp({ quality: 82, effort: 3 }).toBuffer();
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, data);
  await rename(unfinished, file);
  return data;
}
