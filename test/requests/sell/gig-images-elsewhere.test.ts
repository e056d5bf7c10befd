import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { prunePictures } from '../../../src/jobs/prune-pictures.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { asSystem, setScene, type Scene } from '../../support/orders.ts';
import { picture, sendPictures } from '../../support/pictures.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';

let s3: S3Server;
let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  s3 = await startS3Server();
  app = await startTestApp({ env: { STORAGE_URL: s3.url } });
  scene = await setScene(app);
});
afterAll(async () => {
  await app.stop();
  await s3.stop();
});

test('with STORAGE_URL every rendition is an object; the database has none of the bytes; the job removes them', async () => {
  const { noor } = scene.as;
  const gig = scene.shop.gigId;
  const sent = await sendPictures(noor, gig, [{ name: 'menu.png', bytes: await picture() }]);
  expect(sent.status).toBe(303);
  const id = page(await noor.get(`/sell/gigs/${gig}/edit`))('.pictures > li')
    .attr('id')!
    .replace('picture-', '');
  expect([...s3.objects.keys()].sort()).toEqual(
    [360, 720, 800].flatMap((width) => [`${id}-${width}.avif`, `${id}-${width}.webp`]),
  );
  const rows = await asSystem(app, (trx) => trx('gig_image_files').where({ image_id: id }).select());
  expect(rows.map(({ storage, bytes }) => [storage, bytes])).toEqual(Array(6).fill(['s3', null]));
  const seen = await noor.get(`/images/${id}/720.webp`);
  expect(Buffer.compare(seen.body as Buffer, s3.objects.get(`${id}-720.webp`)!)).toBe(0);

  await noor.post(`/sell/gigs/${gig}/images/${id}/removal`);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect(await prunePictures(app.services)).toEqual({ images: 1, avatars: 0 });
  clock.set(null);
  expect(s3.objects.size).toBe(0);
});

test('when the store does not answer, nothing hangs; what was begun is pruned', async () => {
  s3.failNext(3);
  const sent = await sendPictures(scene.as.noor, scene.shop.gigId, [{ name: 'menu.png', bytes: await picture() }]);
  expect(sent.status).toBe(503);
  expect(page(await scene.as.noor.get(`/sell/gigs/${scene.shop.gigId}/edit`))('.pictures')).toHaveLength(0);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect(await prunePictures(app.services)).toEqual({ images: 1, avatars: 0 });
  clock.set(null);
});
