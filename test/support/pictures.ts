import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Client } from './client.ts';
import { postFiles, type TestFile } from './uploads.ts';

type Colour = string;

/** A photo from a telephone: taken upright, stored lying, with the place where it was taken. */
export const phonePhoto = (colour: Colour = '#d9a441'): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1000, channels: 3, background: colour } })
    .composite([
      { input: { create: { width: 800, height: 500, channels: 3, background: '#1e4d2b' } }, top: 0, left: 0 },
    ])
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'SecretCamera', Copyright: 'Noor Haddad' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 57/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '35/1 56/1 0/1' },
    })
    .jpeg()
    .toBuffer();

export const picture = (
  { width = 800, height = 500, colour = '#d9a441' }: { width?: number; height?: number; colour?: Colour } = {},
  format: 'png' | 'jpeg' | 'webp' | 'avif' | 'gif' = 'png',
): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format, format === 'avif' ? { effort: 0 } : {})
    .toBuffer();

/** A PNG of a few hundred bytes that says it has so many pixels. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Sends pictures through the editor's form. */
export const sendPictures = (
  seller: Client,
  gigId: string,
  files: (Omit<TestFile, 'field'> & { field?: string })[],
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) =>
  postFiles(
    seller,
    `/sell/gigs/${gigId}/images`,
    fields,
    files.map((file) => ({ field: 'images', ...file })),
    headers,
  );
