import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { prunePictures } from '../../../src/jobs/prune-pictures.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { addCategories, draftGig, listingOf, publishedGig, signUpAdmin } from '../../support/gigs.ts';
import { asSystem } from '../../support/orders.ts';
import { bomb, phonePhoto, picture, sendPictures } from '../../support/pictures.ts';
import { openSeller, verifiedSeller } from '../../support/sellers.ts';

let app: TestApp;
let noor: Client;
let tomas: Client;
let mina: Client;
let ada: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  await addCategories(app);
  noor = await verifiedSeller(app, 'Noor Haddad');
  tomas = await openSeller(app, 'Tomas Novak');
  mina = await signUpAdmin(app);
  ada = await signUp(app, 'Ada Marlowe');
});
afterAll(() => app.stop());

const png = async (colour?: string) => ({ name: 'menu.png', bytes: await picture({ colour }) });
const editorOf = async (id: string) => page(await noor.get(`/sell/gigs/${id}/edit`));
const galleryOf = async (id: string): Promise<string[]> =>
  (await editorOf(id))('.pictures > li')
    .toArray()
    .map((item) => item.attribs.id!.replace('picture-', ''));
const rowsOf = (id: string) =>
  asSystem(app, (trx) => trx('gig_images').where({ gig_id: id }).orderBy(['removed_at', 'position']).select());
const address = (id: string, width = 360, format = 'webp') => `/images/${id}/${width}.${format}`;

/** A draft with so many pictures. */
async function draftWith(count: number): Promise<{ id: string; images: string[] }> {
  const id = await draftGig(noor);
  const sent = await sendPictures(noor, id, await Promise.all(Array.from({ length: count }, () => png())));
  expect(sent.status).toBe(303);
  return { id, images: await galleryOf(id) };
}

test('a new gig is saved first; then pictures are added, described, moved and taken out without JavaScript', async () => {
  const blank = page(await noor.get('/sell/gigs/new'));
  expect(blank('#pictures').text()).toContain('Save the gig as a draft first');
  expect(blank('#pictures form')).toHaveLength(0);

  const id = await draftGig(noor);
  const form = (await editorOf(id))('#add-pictures');
  expect([form.attr('action'), form.attr('enctype'), form.find('input').first().attr('name')]).toEqual([
    `/sell/gigs/${id}/images`,
    'multipart/form-data',
    '_csrf',
  ]);
  const sent = await sendPictures(noor, id, [await png('#d9a441'), await png('#1e4d2b')]);
  expect([sent.status, sent.headers.location]).toEqual([303, `/sell/gigs/${id}/edit#pictures`]);
  const shown = await editorOf(id);
  expect(shown('.flash').text()).toContain('2 pictures added.');
  expect(shown('.pictures form').first().attr('aria-label')).toBe('Picture 1, the cover');
  const [first, second] = await galleryOf(id);

  const described = await noor.post(`/sell/gigs/${id}/images/${second}`, { alt: 'A folded  menu', move: 'up' });
  expect(described.status).toBe(303);
  expect(await galleryOf(id)).toEqual([second, first]);
  expect((await editorOf(id))(`#alt-${second}`).val()).toBe('A folded menu');
  await noor.post(`/sell/gigs/${id}/images/${second}`, { alt: 'A folded menu', move: 'down' });
  expect(await galleryOf(id)).toEqual([first, second]);

  const long = await noor.post(`/sell/gigs/${id}/images/${second}`, { alt: 'x'.repeat(201) });
  expect(long.status).toBe(422);
  expect(page(long)(`#alt-${second}`).val()).toBe('x'.repeat(201));
  expect(page(long)('.error-summary a').attr('href')).toBe(`#alt-${second}`);

  expect((await noor.post(`/sell/gigs/${id}/images/${first}/removal`)).status).toBe(303);
  expect(await galleryOf(id)).toEqual([second]);
  expect((await noor.post(`/sell/gigs/${id}/images/${first}/removal`)).status).toBe(404);
  expect((await noor.get(`/sell/gigs/${id}/images`)).headers.location).toBe(`/sell/gigs/${id}/edit`);
});

test('a photo is drawn anew: upright, in three widths as WebP and AVIF, without place, camera, profile or tail', async () => {
  const id = await draftGig(noor);
  const photo = Buffer.concat([await phonePhoto(), Buffer.from('<script>alert(1)</script>')]);
  expect((await sharp(photo).metadata()).exif?.toString('latin1')).toContain('SecretCamera');
  await sendPictures(noor, id, [{ name: 'IMG_0001.jpg', bytes: photo }]);
  const [image] = await rowsOf(id);
  expect(image).toMatchObject({ width: 1000, height: 1600, removed_at: null });
  for (const [width, format] of [360, 720, 1000].flatMap((w) => ['webp', 'avif'].map((f) => [w, f] as const))) {
    const answer = await noor.get(address(image.id, width, format));
    expect([width, format, answer.status, answer.type]).toEqual([width, format, 200, `image/${format}`]);
    const bytes = answer.body as Buffer;
    const { exif, icc, xmp, orientation, ...drawn } = await sharp(bytes).metadata();
    expect([drawn.width, drawn.height]).toEqual([width, Math.round(width * 1.6)]);
    expect([exif, icc, xmp, orientation]).toEqual(Array(4).fill(undefined));
    for (const secret of ['SecretCamera', 'Noor Haddad', 'GPS', '<script>']) expect(bytes.includes(secret)).toBe(false);
  }
  // What lay at the left top is at the right top now.
  const small = (await noor.get(address(image.id))).body as Buffer;
  const { data, info } = await sharp(small).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => data[(y * info.width + x) * info.channels]!;
  expect([at(330, 30) < 100, at(30, 30) > 180]).toEqual([true, true]);
});

test('PNG with holes, WebP in motion and AVIF become still pictures on white', async () => {
  const id = await draftGig(noor);
  const clear = await sharp({ create: { width: 400, height: 300, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer();
  const frames = await Promise.all(
    ['#222222', '#eeeeee'].map((colour) => picture({ width: 400, height: 300, colour })),
  );
  const moving = await sharp(frames, { join: { animated: true } })
    .webp({ delay: [100, 100] })
    .toBuffer();
  expect((await sharp(moving).metadata()).pages).toBe(2);
  const still = await picture({ width: 400, height: 300 }, 'avif');
  const sent = await sendPictures(noor, id, [
    { name: 'clear.png', bytes: clear },
    { name: 'moving.webp', bytes: moving },
    { name: 'still.avif', bytes: still },
  ]);
  expect(sent.status).toBe(303);
  const images = await rowsOf(id);
  expect(images.map(({ width, height }) => [width, height])).toEqual(Array(3).fill([400, 300]));
  expect(images[0].colour).toMatch(/^#f[0-9a-f]f[0-9a-f]f[0-9a-f]$/);
  const frame = await sharp((await noor.get(address(images[1].id, 400))).body as Buffer).metadata();
  expect([frame.pages ?? 1, frame.height]).toEqual([1, 300]);
});

describe('what is no picture is refused by name, and nothing of it is kept', () => {
  const html = '<!doctype html><script>alert(1)</script>';
  const interlaced = () =>
    sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#d9a441' } })
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer();
  const cases: [string, string, () => Promise<Buffer> | Buffer, RegExp][] = [
    ['a page that says it is a PNG', 'page.png', () => Buffer.from(html), /not a picture that we can read/],
    [
      'GIF and HTML in one',
      'both.gif',
      async () => Buffer.concat([await picture({}, 'gif'), Buffer.from(html)]),
      /not a picture/,
    ],
    [
      'a drawing with a script',
      'logo.svg',
      () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`),
      /not a picture/,
    ],
    ['half a JPEG', 'half.jpg', async () => (await phonePhoto()).subarray(0, 4_000), /damaged or incomplete/],
    ['50,000 x 50,000 pixels', 'bomb.png', () => bomb(50_000, 50_000), /more than 25 million pixels/],
    [
      '12 million pixels of AVIF',
      'big.avif',
      () => picture({ width: 4_000, height: 3_000 }, 'avif'),
      /more than 8 million/,
    ],
    ['12 million pixels, interlaced', 'lines.png', interlaced, /more than 8 million/],
    ['a PNG that ends in nonsense', 'odd.png', () => bomb(800, 500), /damaged or incomplete/],
    ['one pixel', 'dot.png', () => picture({ width: 1, height: 1 }), /too small/],
    ['a ribbon', 'ribbon.png', () => picture({ width: 2_000, height: 20 }), /too long and thin/],
    ['nothing', 'empty.png', () => Buffer.alloc(0), /is empty/],
  ];
  test.each(cases)('%s', async (_what, name, bytes, words) => {
    const id = await draftGig(noor);
    const files = [await png(), { name, bytes: await bytes(), type: 'image/png' }];
    const refused = await sendPictures(noor, id, files);
    expect(refused.status).toBe(422);
    const shown = page(refused);
    expect(shown('#images-error').text()).toMatch(words);
    expect(shown('#images-error').text()).toContain(`“${name}”`);
    expect(shown('#title').val()).toBe('Menu and price list for your café');
    expect(await rowsOf(id)).toEqual([]);
  });

  test('what the browser says about type and name is not believed: a JPEG called .exe is taken', async () => {
    const id = await draftGig(noor);
    const bytes = await picture({}, 'jpeg');
    const sent = await sendPictures(noor, id, [{ name: 'menu.exe', bytes, type: 'application/x-msdownload' }]);
    expect(sent.status).toBe(303);
  });

  test('more than 10 MB, more than eight, and none', async () => {
    const id = await draftGig(noor);
    const large = await sendPictures(noor, id, [{ name: 'large.jpg', bytes: Buffer.alloc(10 * 1024 * 1024 + 1) }]);
    expect([large.status, page(large)('#images-error').text()]).toEqual([
      413,
      expect.stringContaining('larger than 10 MB'),
    ]);
    const nine = await sendPictures(noor, id, await Promise.all(Array.from({ length: 9 }, () => png())));
    expect([nine.status, page(nine)('#images-error').text()]).toEqual([
      422,
      expect.stringContaining('at most 8 pictures'),
    ]);
    const none = await sendPictures(noor, id, []);
    expect([none.status, page(none)('#images-error').text()]).toEqual([
      422,
      expect.stringContaining('Choose a picture'),
    ]);
    const stray = await sendPictures(noor, id, [{ ...(await png()), field: 'files' }]);
    expect(stray.status).toBe(422);
    expect(await rowsOf(id)).toEqual([]);
  });

  test('the originals are gone from the disk, also of what was refused', async () => {
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('gigflow-picture-'))).toEqual([]);
  });
});

test('eight is the most, also when two forms race; the same form sent twice counts once', async () => {
  const { id } = await draftWith(6);
  const key = randomUUID();
  const answers = await Promise.all(
    [key, key].map(async (form_key) => sendPictures(noor, id, [await png()], { form_key })),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await galleryOf(id)).toHaveLength(7);
  const racing = await Promise.all([1, 2].map(async () => sendPictures(noor, id, [await png()])));
  expect(racing.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(await galleryOf(id)).toHaveLength(8);
  const full = await editorOf(id);
  expect([full('#add-pictures').length, full('#pictures').text()]).toEqual([
    0,
    expect.stringContaining('All 8 places'),
  ]);
  const ninth = await sendPictures(noor, id, [await png()]);
  expect([ninth.status, ninth.text]).toEqual([422, expect.stringContaining('Remove one first')]);
});

test('htmx gets the gallery alone, with the word of what happened', async () => {
  const { id, images } = await draftWith(2);
  await noor.get(`/sell/gigs/${id}/edit`);
  const partial = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
  await noor.post(`/sell/gigs/${id}/images/${images[1]}`, { alt: '', move: 'up' }, partial);
  const part = await noor.get(`/sell/gigs/${id}/edit`, partial);
  expect(part.text.trimStart()).toMatch(/^<section[^>]* id="pictures"/);
  expect(page(part)('[aria-live] .flash').text()).toContain('It is picture 1 now.');
  const refused = await sendPictures(noor, id, [{ name: 'x.png', bytes: 'x' }], {}, partial);
  expect([refused.status, page(refused)('#pictures .error-summary a').attr('href')]).toEqual([422, '#images']);
});

test('pictures are the seller’s: nobody else sends, moves, takes out or sees those of a draft', async () => {
  const { id, images } = await draftWith(2);
  for (const [who, expected] of [
    [tomas, 404],
    [ada, 404],
    [mina, 404],
  ] as const) {
    expect((await sendPictures(who, id, [await png()])).status).toBe(expected);
    expect((await who.post(`/sell/gigs/${id}/images/${images[0]}`, { alt: 'mine' })).status).toBe(expected);
    expect((await who.post(`/sell/gigs/${id}/images/${images[0]}/removal`)).status).toBe(expected);
  }
  // Her own gig, but another gig's picture.
  const other = await draftGig(noor);
  expect((await noor.post(`/sell/gigs/${other}/images/${images[0]}/removal`)).status).toBe(404);
  expect(await galleryOf(id)).toEqual(images);
  const seen = await Promise.all([visit(app), ada, tomas, noor, mina].map((who) => who.get(address(images[0]!))));
  expect(seen.map(({ status }) => status)).toEqual([404, 404, 404, 200, 200]);
  expect(seen[3]!.headers['cache-control']).toBe('private, max-age=31536000, immutable');
  const unsigned = await noor.raw.post(`/sell/gigs/${id}/images`).attach('images', (await png()).bytes, 'menu.png');
  expect(unsigned.status).toBe(403);
});

test('what is approved is public and immutable; a change shows once it is approved; a picture stays while a revision shows it', async () => {
  const id = await publishedGig(noor, mina);
  const { slug } = await listingOf(app, id);
  for (const address of [`/gigs/${slug}`, '/search']) {
    const bare = page(await visit(app).get(address))('.cover').first();
    expect([bare.text().trim(), bare.find('img').length]).toEqual(['M', 0]);
  }
  await sendPictures(noor, id, [await png('#d9a441'), await png('#1e4d2b')]);
  const [cover, second] = await galleryOf(id);
  await noor.post(`/sell/gigs/${id}/images/${cover}`, { alt: 'A menu on a table' });
  expect((await visit(app).get(address(cover!))).status).toBe(404);

  await noor.post(`/sell/gigs/${id}/review`);
  const review = page(await mina.get(`/admin/gigs/${id}`));
  expect(
    review('.diff ins img')
      .toArray()
      .map((img) => review(img).attr('src')),
  ).toEqual([cover, second].map((image) => address(image!, 800)));
  await mina.post(`/admin/gigs/${id}/approval`, { revision: 2 });
  const listing = await listingOf(app, id);
  const gig = page(await visit(app).get(`/gigs/${listing.slug}`));
  expect(gig('.gallery > .cover img').attr()).toMatchObject({
    ...{ alt: 'A menu on a table', width: '800', height: '500', fetchpriority: 'high' },
    srcset: `${address(cover!, 360)} 360w, ${address(cover!, 720)} 720w, ${address(cover!, 800)} 800w`,
  });
  expect(gig('.thumbs img').last().attr('loading')).toBe('lazy');
  const seen = await visit(app).get(address(cover!));
  expect(seen.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-type': 'image/webp',
  });
  expect(seen.headers['set-cookie']).toBeUndefined();
  const again = await visit(app).get(address(cover!), { 'If-None-Match': seen.headers.etag! });
  expect([again.status, again.headers.etag]).toEqual([304, seen.headers.etag]);

  await noor.post(`/sell/gigs/${id}/images/${cover}/removal`);
  expect((await visit(app).get(address(cover!))).status).toBe(200);
  await noor.post(`/sell/gigs/${id}/review`);
  await mina.post(`/admin/gigs/${id}/approval`, { revision: 3 });
  expect((await visit(app).get(address(cover!))).status).toBe(404);
  expect((await mina.get(address(cover!))).status).toBe(200);
  await noor.post(`/sell/gigs/${id}/pause`);
  expect((await visit(app).get(address(second!))).status).toBe(404);
});

test('the job takes away what hangs nowhere, after an hour, and nothing that a revision shows', async () => {
  const { id, images } = await draftWith(3);
  await noor.post(`/sell/gigs/${id}/review`);
  const fresh = await draftWith(1);
  await noor.post(`/sell/gigs/${id}/images/${images[0]}/removal`);
  await noor.post(`/sell/gigs/${fresh.id}/images/${fresh.images[0]}/removal`);
  await prunePictures(app.services);
  expect(await rowsOf(fresh.id)).toHaveLength(1);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect((await prunePictures(app.services)).images).toBeGreaterThanOrEqual(1);
  clock.set(null);
  expect(await rowsOf(fresh.id)).toEqual([]);
  expect(await rowsOf(id)).toHaveLength(3);
  const files = await asSystem(app, (trx) => trx('gig_image_files').where({ image_id: fresh.images[0] }));
  expect(files).toEqual([]);
});
