import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import { createCategory, createSeller, publishGig, reviewGig, type TestSeller } from '../support/listings.ts';
import { createPerson, signIn } from '../support/orders.ts';

let app: TestApp;
let noor: TestSeller;

beforeAll(async () => {
  app = await startTestApp();
  const design = await createCategory(app, 'Design and illustration');
  noor = await createSeller(app, 'Noor Haddad', {
    level: 1,
    tagline: 'Menus and small print',
    bio: 'I set menus.\n\nIn Arabic and English.',
    location: 'Amman',
    languages: ['Arabic', 'English'],
    skills: ['typesetting'],
    links: [
      { title: 'Portfolio', url: 'https://noor.example/work' },
      { title: 'Click me', url: 'javascript:alert(1)' },
      'data:text/html,<script>alert(1)</script>',
      { title: 'No address' },
    ],
  });
  const shop = await publishGig(app, noor, { category: design });
  await reviewGig(app, shop, await createPerson(app, 'Ada Marlowe'), {
    rating: 5,
    body: 'Nobody asks the price any more.',
  });
});
afterAll(() => app.stop());

test('a storefront: who, what is on sale, what buyers say', async () => {
  const response = await visit(app).get(`/@${noor.username}`);
  const profile = page(response);
  expect(profile('h1').text()).toBe('Noor Haddad');
  expect(profile('main').text()).toMatch(
    /Menus and small print[\s\S]*Identity checked[\s\S]*Level 1[\s\S]*Amman[\s\S]*Arabic, English[\s\S]*Member since/,
  );
  expect(profile('.gigs li').length).toBe(1);
  expect(profile('.review').text()).toContain('Nobody asks the price any more.');
  expect(profile('.rating').first().text()).toContain('5.0');
  expect(profile('link[rel=canonical]').attr('href')).toBe(`${app.url}/@${noor.username}`);
  expect(response.text).not.toContain(noor.email);
});

test('only web addresses become links (defect 18)', async () => {
  const profile = page(await visit(app).get(`/@${noor.username}`));
  const outside = profile('main a[rel*=noopener]');
  expect(outside.map((_, link) => profile(link).attr('href')).get()).toEqual(['https://noor.example/work']);
  expect(profile('a[href^="javascript:"], a[href^="data:"]').length).toBe(0);
});

test('one spelling of a name; nobody under others', async () => {
  const shouted = await visit(app).get(`/@${noor.username.toUpperCase()}`);
  expect([shouted.status, shouted.headers.location]).toEqual([301, `/@${noor.username}`]);
  expect((await visit(app).get('/@nobody-here')).status).toBe(404);
  expect((await visit(app).get('/@%25')).status).toBe(404);
});

test('a buyer has a page, too, without a seller’s numbers', async () => {
  const ada = await createPerson(app, 'Ada Buys');
  const browser = await signIn(app, ada);
  const profile = page(await browser.get('/@ada-buys'));
  expect(profile('h1').text()).toBe('Ada Buys');
  expect(profile('.rating, .badge, .gigs, .empty').length).toBe(0);
  expect(profile('a[href="/account/profile"]').length).toBe(1);
});
