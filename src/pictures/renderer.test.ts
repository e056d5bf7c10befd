import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Unavailable } from '../errors.ts';
import { eventually } from '../../test/support/eventually.ts';
import { PictureRefused } from './render.ts';
import { renderAvatar, renderPicture } from './renderer.ts';

let folder: string;
let small: string;
let large: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gigflow-renderer-'));
  small = path.join(folder, 'small.png');
  large = path.join(folder, 'large.jpg');
  const drawing = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#d9a441' } });
  await drawing(200, 100).png().toFile(small);
  await drawing(6_000, 4_000).jpeg({ progressive: true }).toFile(large);
});
afterAll(() => rm(folder, { recursive: true }));

/** The process that draws for this one, by its id; 0 when there is none. */
async function rendererId(): Promise<number> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  for (const id of children.trim().split(' ').filter(Boolean).map(Number)) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('render-process')) return id;
  }
  return 0;
}

test('a picture smaller than every width keeps its size; a face is cut to squares', async () => {
  const { width, height, colour, renditions } = await renderPicture(small);
  expect([width, height, renditions.map((one) => `${one.width}.${one.format}`)]).toEqual([
    ...[200, 100],
    ['200.webp', '200.avif'],
  ]);
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  expect((await renderAvatar(small)).map((one) => one.width)).toEqual([96, 192]);
});

test.skipIf(process.platform !== 'linux')(
  'a decoder that dies takes one picture with it; the next is drawn',
  async () => {
    const doomed = renderPicture(large).catch((error: unknown) => error);
    await eventually(async () => expect(await rendererId()).not.toBe(0));
    process.kill(await rendererId(), 'SIGKILL');
    expect(await doomed).toBeInstanceOf(PictureRefused);
    expect((await renderPicture(small)).width).toBe(200);
  },
);

test('twelve wait in line, the thirteenth is told so; a refused one holds nobody up', async () => {
  const broken = path.join(folder, 'broken.png');
  await writeFile(broken, (await readFile(small)).subarray(0, 60));
  const line = [broken, ...Array<string>(12).fill(small)].map((file) =>
    renderPicture(file).then(
      () => 'drawn',
      (error: Error) => error.constructor,
    ),
  );
  expect(await Promise.all(line)).toEqual([PictureRefused, ...Array<string>(11).fill('drawn'), Unavailable]);
});
