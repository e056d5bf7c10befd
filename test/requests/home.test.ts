import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import { createCategory, createSeller, publishGig } from '../support/listings.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ env: { PLATFORM_FEE_BPS: '1250' } })));
afterAll(() => app.stop());

test('an empty shop says nothing that is not so', async () => {
  const fresh = await startTestApp();
  const home = page(await visit(fresh).get('/'));
  await fresh.stop();
  expect(home('h1').text()).toContain('Find someone to make it');
  expect(home('.hero .docket, .gigs, .hero .line').length).toBe(0);
});

test('counts, the newest six and the sample order come from what is on sale (defects 53 and 54)', async () => {
  const design = await createCategory(app, 'Design', 'Menus, Logos');
  await createCategory(app, 'Music');
  const noor = await createSeller(app, 'Noor Haddad', { level: 1, location: 'Amman, Jordan' });
  for (let i = 1; i <= 7; i += 1) {
    await publishGig(app, noor, {
      category: design,
      title: `Gig number ${i} of this shop`,
      tags: [i === 7 ? 'menu' : 'logo'],
      priceCents: 123_456,
      publishedAt: new Date(Date.UTC(2026, 0, i)),
      ...(i === 6 && {
        extras: [{ id: randomUUID(), title: 'Second language', price_cents: 2_000, extra_days: 1, max_quantity: 1 }],
      }),
    });
  }
  const home = page(await visit(app).get('/'));
  const shelves = home('.directory li')
    .map((_, li) => home(li).text().replace(/\s+/g, ' ').trim())
    .get();
  expect(shelves).toEqual(['Design 7 gigsMenus, Logos', 'Music 0 gigs']);
  expect(
    home('.gigs h3')
      .map((_, h3) => home(h3).text())
      .get(),
  ).toEqual([7, 6, 5, 4, 3, 2].map((i) => `Gig number ${i} of this shop`));
  expect(home('.gigs .by').first().text()).toBe('Noor Haddad, Level 1\u00a0· Amman');
  expect(home('.gigs .deal').first().text()).toContain('$1,234.56');
  expect(home('.hero .docket').text().replace(/\s+/g, ' ')).toContain(
    'The usual$1,234.56 Second language$20.00 You pay$1,254.56 USD',
  );
  expect(home('.hero .docket').text()).toContain('4 days after your payment, 1 round of changes included.');
  expect(
    home('.hero .line a')
      .map((_, link) => home(link).attr('href'))
      .get(),
  ).toEqual(['/search?q=menu', '/search?q=logo']);
  expect(home('.invite').text()).toContain('Of a $100.00 order you receive $87.50');
  expect(home('.head a').text()).toBe('All 7 gigs');
});

test('every link on the page leads somewhere', async () => {
  const home = page(await visit(app).get('/'));
  const hrefs = new Set(
    home('a')
      .map((_, link) => home(link).attr('href')!)
      .get(),
  );
  for (const href of hrefs) {
    expect([href, (await visit(app).get(href)).status]).toEqual([href, href === '/sell/onboarding' ? 303 : 200]);
  }
});

test('the rules and the fees say what the program does', async () => {
  const fees = page(await visit(app).get('/fees'));
  expect(fees('main').text()).toContain('12.5 %');
  expect(fees('tbody tr').first().text().replace(/\s+/g, ' ')).toContain('$25.00$3.13$21.87');
  for (const address of ['/how-orders-work', '/how-ranking-works', '/terms', '/privacy']) {
    const response = await visit(app).get(address);
    expect([address, response.status]).toEqual([address, 200]);
    expect(page(response)('link[rel=canonical]').attr('href')).toBe(app.url + address);
  }
});

test('search engines are told what there is and where not to look', async () => {
  const robots = await visit(app).get('/robots.txt');
  expect(robots.text).toContain(`Sitemap: ${app.url}/sitemap.xml`);
  expect(robots.text).toContain('Disallow: /orders');
  const sitemap = await visit(app).get('/sitemap.xml');
  expect(sitemap.type).toBe('application/xml');
  const urls = [...sitemap.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url!);
  expect(urls.filter((url) => url.includes('/gigs/')).length).toBe(7);
  expect(urls).toEqual(expect.arrayContaining([`${app.url}/categories/design`, `${app.url}/@noor-haddad`]));
});

test('a category has a feed of its newest gigs', async () => {
  expect(page(await visit(app).get('/categories/design'))('link[type="application/atom+xml"]').attr('href')).toBe(
    '/categories/design/feed.atom',
  );
  const feed = await visit(app).get('/categories/design/feed.atom');
  expect(feed.type).toBe('application/atom+xml');
  expect(feed.text.match(/<entry>/g)?.length).toBe(7);
  expect(feed.text).toContain('<title>Gig number 7 of this shop</title>');
  expect(feed.text).toContain('<updated>2026-01-07T00:00:00.000Z</updated>');
  expect((await visit(app).get('/categories/nothing/feed.atom')).status).toBe(404);
});

test('the components are a page outside production only', async () => {
  expect((await visit(app).get('/styleguide')).status).toBe(200);
});
