import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, signUp, visit, type Client } from '../support/client.ts';
import { row, rows } from '../support/money.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { idOf } from '../support/sellers.ts';

let app: TestApp;
let shop: Shop;
let slug: string;
let ada: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  shop = await openShop(app);
  ({ slug } = await row(app, 'gig_listings', { gig_id: shop.gigId }));
  ada = await signUp(app, 'Ada Marlowe');
});
afterAll(() => app.stop());

const saved = async (client: Client): Promise<string[]> =>
  (await rows(app, 'favorites', { user_id: await idOf(app, client) })).map(({ gig_id }) => gig_id);

test('Ada saves a gig from its page, finds it in her list, and takes it off again', async () => {
  const gig = page(await ada.get(`/gigs/${slug}`));
  expect(gig('.after form button').text()).toContain('Save');
  const answer = await ada.post('/favorites', { gig: shop.gigId, next: `/gigs/${slug}` });
  expect([answer.status, answer.headers.location]).toEqual([303, `/gigs/${slug}`]);
  expect(page(await ada.get(`/gigs/${slug}`))('.after form').attr('action')).toBe('/favorites/removal');
  const list = page(await ada.get('/favorites'));
  expect(list(`main a[href="/gigs/${slug}"]`).length).toBe(1);
  await ada.post('/favorites/removal', { gig: shop.gigId });
  expect(page(await ada.get('/favorites'))('main').text()).toContain('No favourites yet');
});

test('saving twice at once keeps one row', async () => {
  await Promise.all([1, 2, 3].map(() => ada.post('/favorites', { gig: shop.gigId })));
  expect(await saved(ada)).toEqual([shop.gigId]);
});

test('a gig that left the shop is counted, not shown', async () => {
  await ada.post('/favorites', { gig: shop.gigId });
  await app.database.withSystem('publication', (trx) =>
    trx('gigs').where({ id: shop.gigId }).update({ status: 'paused' }),
  );
  const list = page(await ada.get('/favorites'));
  expect(list('main').text()).toContain('1 saved gig is not on sale just now.');
  expect(list(`a[href="/gigs/${slug}"]`).length).toBe(0);
  expect((await ada.post('/favorites', { gig: shop.gigId })).status).toBe(404);
  await app.database.withSystem('publication', (trx) =>
    trx('gigs').where({ id: shop.gigId }).update({ status: 'published' }),
  );
});

test('nobody else’s list changes, visitors sign in first, and what is no gig is not there', async () => {
  const vera = await signUp(app, 'Vera Blom');
  await ada.post('/favorites', { gig: shop.gigId });
  await vera.post('/favorites/removal', { gig: shop.gigId });
  expect(await saved(ada)).toEqual([shop.gigId]);
  for (const gig of [randomUUID(), 'x', '']) expect((await vera.post('/favorites', { gig })).status).toBe(404);
  const away = await vera.post('/favorites/removal', { gig: shop.gigId, next: '//evil.example' });
  expect(away.headers.location).toBe('/favorites');
  expect((await visit(app).get('/favorites')).headers.location).toBe('/login?next=%2Ffavorites');
});
