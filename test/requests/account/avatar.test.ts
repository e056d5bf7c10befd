import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { prunePictures } from '../../../src/jobs/prune-pictures.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { asSystem, orderIn, setScene, type Scene } from '../../support/orders.ts';
import { phonePhoto, picture } from '../../support/pictures.ts';
import { postFiles, type TestFile } from '../../support/uploads.ts';

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const send = (who: 'noor' | 'ada', files: TestFile[]) =>
  postFiles(
    scene.as[who],
    '/account/avatar',
    {},
    files.map((file) => ({ ...file, field: 'avatar' })),
  );
const profileOf = (id: string) => asSystem(app, (trx) => trx('profiles').where({ user_id: id }).first());
const filesOf = (id: string) => asSystem(app, (trx) => trx('avatar_files').where({ user_id: id }).orderBy('width'));

test('Noor’s face is drawn anew as two squares and stands beside her name wherever she is seen', async () => {
  expect(page(await scene.as.noor.get('/account'))('main .avatar').text()).toBe('NH');
  const sent = await send('noor', [{ name: 'me.jpg', bytes: await phonePhoto() }]);
  expect([sent.status, sent.headers.location]).toEqual([303, '/account']);
  const { avatar_id: id, username } = await profileOf(scene.noor.id);
  for (const { width, bytes } of await filesOf(scene.noor.id)) {
    const seen = await visit(app).get(`/avatars/${id}/${width}.webp`);
    expect(seen.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.compare(seen.body as Buffer, bytes as Buffer)).toBe(0);
    expect(await sharp(bytes).metadata()).toMatchObject({ width, height: width, format: 'webp' });
    expect((bytes as Buffer).includes('SecretCamera')).toBe(false);
  }
  const order = await orderIn(app, scene, 'in_progress');
  await scene.as.noor.get(`/sell/orders/${order}`);
  await scene.as.noor.post(`/orders/${order}/messages`, { body: 'Good morning' });
  const small = `/avatars/${id}/96.webp`;
  const places: [string, string][] = [
    [`/gigs/${scene.shop.slug}`, small],
    [`/orders/${order}`, small],
    [`/@${username}`, `/avatars/${id}/192.webp`],
  ];
  for (const [address, src] of places) {
    const faces = page(await scene.as.ada.get(address))('main img.avatar');
    expect([address, faces.first().attr('src'), faces.first().attr('alt')]).toEqual([address, src, '']);
  }
  expect(page(await scene.as.noor.get('/orders'))('header img.avatar').attr('src')).toBe(small);
});

test('another one takes its place at once; the one before is gone for all, and its bytes within the hour', async () => {
  const { avatar_id: before } = await profileOf(scene.noor.id);
  await send('noor', [{ name: 'me.png', bytes: await picture() }]);
  const { avatar_id: now } = await profileOf(scene.noor.id);
  expect(now).not.toBe(before);
  expect((await visit(app).get(`/avatars/${before}/96.webp`)).status).toBe(404);
  expect((await visit(app).get(`/avatars/${now}/96.webp`)).status).toBe(200);
  expect((await visit(app).get(`/avatars/${now}/97.webp`)).status).toBe(404);
  clock.set(new Date(Date.now() + 61 * 60_000));
  expect(await prunePictures(app.services)).toEqual({ images: 0, avatars: 2 });
  clock.set(null);
  expect((await filesOf(scene.noor.id)).map(({ avatar_id }) => avatar_id)).toEqual([now, now]);

  expect((await scene.as.noor.post('/account/avatar/removal')).status).toBe(303);
  expect((await visit(app).get(`/avatars/${now}/96.webp`)).status).toBe(404);
  expect(page(await scene.as.noor.get('/account'))('main .avatar').text()).toBe('NH');
});

test('what is no picture, two of them, or none is told at the field; the profile stays as it is', async () => {
  const cases: [TestFile[], string][] = [
    [[{ name: 'me.svg', bytes: '<svg xmlns="http://www.w3.org/2000/svg"/>', type: 'image/png' }], 'not a picture'],
    [[1, 2].map(() => ({ name: 'me.png', bytes: '' })), 'is empty'],
    [
      [
        { name: 'me.png', bytes: await picture() },
        { name: 'you.png', bytes: await picture() },
      ],
      'at most one picture',
    ],
    [[], 'Choose a picture first'],
  ];
  for (const [files, words] of cases) {
    const refused = await send('ada', files);
    expect(refused.status).toBe(422);
    expect(page(refused)('#avatar-error').text()).toContain(words);
    expect(page(refused)('#display_name').val()).toBe('Ada Marlowe');
  }
  expect(await filesOf(scene.ada.id)).toEqual([]);
  expect((await scene.as.ada.get('/account/avatar')).headers.location).toBe('/account');
});

test('an attack on the processor ends after sixty forms in ten minutes', async () => {
  const { tomas } = scene.as;
  const form = () => postFiles(tomas, '/account/avatar', {}, []);
  for (let n = 0; n < 60; n += 1) expect((await form()).status).toBe(422);
  expect((await form()).status).toBe(429);
  expect((await send('ada', [])).status).toBe(422);
});
