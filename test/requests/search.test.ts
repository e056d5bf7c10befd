import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import { createCategory, createSeller, publishGig, type TestCategory, type TestSeller } from '../support/listings.ts';
import { countRoundTrips } from '../support/round-trips.ts';

let app: TestApp;
let noor: TestSeller;
let beatriz: TestSeller;
let design: TestCategory;
let code: TestCategory;

beforeAll(async () => {
  app = await startTestApp();
  design = await createCategory(app, 'Design and illustration');
  code = await createCategory(app, 'Programming');
  await createCategory(app, 'Empty shelf');
  noor = await createSeller(app, 'Noor Haddad', { level: 1, location: 'Amman, Jordan' });
  beatriz = await createSeller(app, 'Beatriz Lobo', { level: 2 });
});
afterAll(() => app.stop());

const search = async (query: string) => page(await visit(app).get(`/search?${query}`));
const titles = async (query: string): Promise<string[]> => {
  const results = await search(query);
  return results('.gigs h2')
    .map((_, heading) => results(heading).text())
    .get();
};

describe('words', () => {
  beforeAll(async () => {
    await publishGig(app, noor, { category: design, title: 'Menu and price list for your café' });
    await publishGig(app, noor, {
      category: design,
      title: 'Wall lettering drawn by hand',
      description: 'For a bar or a shop. I can also put the menu of the day on it, on wood, glass or plaster.',
    });
    await publishGig(app, beatriz, { category: code, title: 'A page behind a QR code', tags: ['menu'] });
    await publishGig(app, beatriz, { category: code, title: 'Subtitles for a ten-minute video' });
  });

  test('a word in the title counts more than one in the description, that more than a tag', async () => {
    expect(await titles('q=menu')).toEqual([
      'Menu and price list for your café',
      'Wall lettering drawn by hand',
      'A page behind a QR code',
    ]);
  });

  test('accents and grammar do not matter', async () => {
    expect(await titles('q=cafe+lists')).toEqual(['Menu and price list for your café']);
  });

  test('a wrong letter finds what was meant, and says so', async () => {
    const results = await search('q=subtitels');
    expect(results('.gigs h2').text()).toBe('Subtitles for a ten-minute video');
    expect(results('.found').text()).toContain('Nothing matches “subtitels”. These match “subtitles”.');
  });

  test('a word that one gig has lets in what was probably meant', async () => {
    const results = await search('q=lettring');
    expect(results('h1').text()).toBe('1 gig for “lettering”');
    await publishGig(app, noor, {
      category: design,
      title: 'A sign for the door',
      description: 'I paint a lettring that can be read from across the street, whatever the weather.',
    });
    const both = await search('q=lettring');
    expect(both('h1').text()).toBe('2 gigs for “lettring”');
    expect(both('.found').text()).toContain('1 gig matches “lettring”, the others match “lettering”.');
  });

  test('buyers of a better rated gig help it past an equal one', async () => {
    await publishGig(app, noor, { category: design, title: 'Zebra drawing for a card', stars: [5, 5, 5, 4] });
    await publishGig(app, noor, { category: design, title: 'Zebra painting for a card', stars: [2, 3, 2, 3] });
    await publishGig(app, noor, { category: design, title: 'Zebra knitting for a card' });
    expect(await titles('q=zebra')).toEqual([
      'Zebra drawing for a card',
      'Zebra knitting for a card',
      'Zebra painting for a card',
    ]);
  });

  test.each(['a,b(c)', '%', '_', "'; drop table gigs; --", '"menu', 'menu & | ! <->', ':*', '((((', '\\', '👩‍🍳'])(
    'punctuation is only text: %s (defect 56)',
    async (words) => {
      const response = await visit(app).get(`/search?q=${encodeURIComponent(words)}`);
      expect(response.status).toBe(200);
      expect(page(response)('input[type=search]').val()).toBe(words);
    },
  );

  test('nothing found suggests what to do', async () => {
    const results = await search('q=xylophone+lessons');
    expect(results('h1').text()).toBe('No gigs for “xylophone lessons”');
    expect(results('.empty').text()).toContain('Check the spelling');
    expect(results('.empty a').attr('href')).toBe('/search');
    const filtered = await search('q=menu&max_price=1');
    expect(filtered('.empty a').attr('href')).toBe('/search?q=menu');
  });
});

describe('filters', () => {
  beforeAll(async () => {
    const gig = (title: string, seller: TestSeller, facts: object) =>
      publishGig(app, seller, { category: code, title: `Quokka ${title}`, ...facts });
    await gig('cheap and slow', noor, { priceCents: 1_000, days: 20, stars: [4, 4] });
    await gig('dear and quick', beatriz, { priceCents: 50_000, days: 1, stars: [5] });
    await gig('in the middle', noor, { priceCents: 9_999, days: 7 });
    await publishGig(app, beatriz, { category: design, title: 'Quokka of another shelf', priceCents: 2_550, days: 2 });
  });

  test.each([
    ['max_price=99.99', ['cheap and slow', 'in the middle', 'of another shelf']],
    ['min_price=25.50&max_price=100', ['in the middle', 'of another shelf']],
    ['delivery_days=7', ['dear and quick', 'in the middle', 'of another shelf']],
    ['rating=4', ['cheap and slow', 'dear and quick']],
    ['rating=4.5', ['dear and quick']],
    ['level=2', ['dear and quick', 'of another shelf']],
    ['category=design-and-illustration', ['of another shelf']],
    ['category=programming&level=1&delivery_days=7&max_price=200', ['in the middle']],
  ])('%s', async (query, expected) => {
    expect((await titles(`q=quokka&${query}`)).sort()).toEqual(expected.map((title) => `Quokka ${title}`));
  });

  test('each is a chip that takes itself away', async () => {
    const results = await search('q=quokka&max_price=100&delivery_days=7&sort=newest');
    const chips = results('.chip')
      .map((_, chip) => [[results(chip).text().split(',')[0]!.trim(), results(chip).attr('href')]])
      .get();
    expect(chips).toEqual([
      ['Up to $100.00', '/search?q=quokka&delivery_days=7&sort=newest'],
      ['Within 7 days', '/search?q=quokka&max_price=100&sort=newest'],
    ]);
  });

  test('categories are counted over the whole result, whichever is chosen', async () => {
    for (const query of ['q=quokka', 'q=quokka&category=programming']) {
      const results = await search(query);
      const counts = results('.side-links a')
        .map((_, link) => results(link).text().replace(/\s+/g, ' ').trim())
        .get();
      expect(counts).toEqual(['All categories 4', 'Design and illustration 1', 'Programming 3']);
    }
  });

  test('sorts', async () => {
    const prices = ['cheap and slow', 'of another shelf', 'in the middle', 'dear and quick'].map((t) => `Quokka ${t}`);
    expect(await titles('q=quokka&sort=price_asc')).toEqual(prices);
    expect(await titles('q=quokka&sort=price_desc')).toEqual(prices.toReversed());
    expect((await titles('q=quokka&sort=rating')).slice(0, 2)).toEqual([
      'Quokka dear and quick',
      'Quokka cheap and slow',
    ]);
    expect((await titles('q=quokka&sort=newest'))[0]).toBe('Quokka of another shelf');
  });
});

describe('pages', () => {
  const at = new Date('2026-01-05T10:00:00.123Z');
  const total = 60;

  beforeAll(async () => {
    for (let i = 0; i < total; i += 1) {
      await publishGig(app, noor, {
        category: code,
        title: `Wombat number ${i} of many`,
        // Most rows are equal in every sort, so that only the id can tell them apart.
        priceCents: i < 40 ? 5_000 : 5_000 + i,
        stars: i % 7 === 0 ? [4, 5] : [],
        publishedAt: i < 50 ? at : new Date(at.getTime() + i),
      });
    }
  });

  test.each(['relevance', 'newest', 'price_asc', 'price_desc', 'rating'])(
    '%s: every gig once, forwards and back again',
    async (sort) => {
      const seen: string[][] = [];
      let href: string | undefined = `/search?q=wombat&sort=${sort}`;
      let back: string | undefined;
      while (href) {
        const results = page(await visit(app).get(href));
        seen.push(
          results('.gigs h2 a')
            .map((_, link) => results(link).attr('href')!)
            .get(),
        );
        href = results('a[rel=next]').attr('href');
        back = results('a[rel=prev]').attr('href');
      }
      expect(seen.map((one) => one.length)).toEqual([24, 24, 12]);
      expect(new Set(seen.flat()).size).toBe(total);
      const returned: string[][] = [];
      while (back) {
        const results = page(await visit(app).get(back));
        returned.unshift(
          results('.gigs h2 a')
            .map((_, link) => results(link).attr('href')!)
            .get(),
        );
        back = results('a[rel=prev]').attr('href');
      }
      expect(returned).toEqual(seen.slice(0, 2));
    },
  );

  test('the pager says where one is', async () => {
    const first = await search('q=wombat');
    expect(first('.pager .hint').text()).toContain('1 to 24 of 60');
    const second = page(await visit(app).get(first('a[rel=next]').attr('href')!));
    expect(second('.pager .hint').text()).toContain('25 to 48 of 60');
  });

  test('more than a thousand are walked in a stored order, completely', async () => {
    await app.database.withSystem('seeds', async (trx) => {
      await trx.raw(
        `insert into gigs (id, seller_id, category_id, slug, title, description, status)
         select gen_random_uuid(), ?, ?, 'numbat-' || n, 'Numbat number ' || n || ' of a herd', repeat('numbat ', 10), 'published'
         from generate_series(1, 1100) n`,
        [noor.id, code.id],
      );
      await trx.raw(
        `insert into gig_listings (gig_id, slug, seller_id, category_id, revision_number, title, description,
           price_from_cents, delivery_days, currency, seller_username, seller_name, seller_level, doc)
         select g.id, g.slug, g.seller_id, g.category_id, 1, g.title, g.description, 1000, 3, 'usd', 'noor', 'Noor', 1,
           '{"images": []}'
         from gigs g where g.slug like 'numbat-%'`,
      );
    });
    const first = await search('q=numbat');
    expect(first('h1').text()).toBe('More than 1,000 gigs for “numbat”');
    expect(first('.side-links a').first().text()).toContain('1,000+');
    const seen = new Set<string>();
    let read = 0;
    for (let href: string | undefined = '/search?q=numbat'; href;) {
      const results = page(await visit(app).get(href));
      for (const link of results('.gigs h2 a').get()) seen.add(results(link).attr('href')!);
      read += results('.gigs h2').length;
      href = results('a[rel=next]').attr('href');
    }
    expect([seen.size, read]).toEqual([1_100, 1_100]);
  });
});

describe('junk', () => {
  test.each([
    'min_price=abc',
    'min_price=50&max_price=10',
    'max_price=-4',
    'max_price=99999999999999',
    'delivery_days=0',
    'delivery_days=1e3',
    'rating=9',
    'rating=NaN',
    'level=-1',
    'level=99',
    'sort=cheapest',
    'category=no-such-shelf',
    'category=Robert%27)%3B',
    'q[]=a&q[]=b',
    'q[x][y]=1',
    'min_price=5&min_price=6',
  ])('%s is left out and said', async (query) => {
    const response = await visit(app).get(`/search?${query}`);
    expect(response.status).toBe(200);
    expect(page(response)('.flash').text()).toContain('We left it out');
    expect(page(response)('.gigs li').length).toBe(24);
  });

  const id = '00000000-0000-4000-8000-000000000001';
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    'nonsense',
    '%00',
    cursor(null),
    cursor({ order: 'quality' }),
    cursor(['quality', 'after', '1', 'no-uuid']),
    cursor(['quality', 'after', '9e99', id]),
    cursor(['quality', 'after', '1e-60', id]),
    cursor(['newest', 'after', '2026-13-45', id]),
    cursor(['price_asc', 'after', '99999999999999999999', id]),
    cursor(['price_asc', 'after', '1); drop table gigs; --', id]),
    cursor(['nothing', 'after', '1', id]),
  ])('a cursor that we did not write is the first page: %s', async (after) => {
    const first = await titles('sort=price_asc');
    const response = await visit(app).get(`/search?sort=price_asc&after=${after}`);
    expect(after === '%00' ? 422 : 200).toBe(response.status);
    if (response.status === 200) expect(page(response)('.gigs h2').first().text()).toBe(first[0]);
  });

  test('a text of any length is answered', async () => {
    expect((await visit(app).get(`/search?q=${'menu%20'.repeat(1_000)}`)).status).toBe(200);
  });

  test('markup in the words comes out as text', async () => {
    const response = await visit(app).get(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(response.text).not.toContain('<script>alert');
  });
});

test('a category is the same page under its own address', async () => {
  const response = await visit(app).get('/categories/programming?level=2');
  const results = page(response);
  expect(results('h1').text()).toMatch(/gigs? in Programming$/);
  expect(results('link[rel=canonical]').attr('href')).toBe(`${app.url}/categories/programming`);
  expect(results('.side-links [aria-current]').text()).toContain('Programming');
  expect(results('.chip').attr('href')).toBe('/categories/programming');
  expect(response.text).toContain('"@type":"BreadcrumbList"');
  expect((await visit(app).get('/categories/no-such-shelf')).status).toBe(404);
  const shouted = await visit(app).get('/categories/Programming');
  expect([shouted.status, shouted.headers.location]).toEqual([301, '/categories/programming']);
});

test('htmx gets the region, a browser the page, from the same address', async () => {
  const partial = await visit(app).get('/search?q=menu', { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
  expect(partial.text).not.toContain('<html');
  expect(page(partial)('#results h1').text()).toContain('for “menu”');
  expect(partial.headers.vary).toContain('HX-Request-Type');
});

test('without JavaScript the filters and the order are plain forms that keep each other', async () => {
  const results = await search('q=menu&category=programming&max_price=100&sort=newest');
  const filters = results('form.form');
  expect(
    filters
      .find('input[type=hidden]')
      .map((_, field) => results(field).attr('name'))
      .get(),
  ).toEqual(['q', 'category', 'sort']);
  const sort = results('form.sort');
  expect(
    sort
      .find('input[type=hidden]')
      .map((_, field) => results(field).attr('name'))
      .get(),
  ).toEqual(['q', 'category', 'max_price']);
  expect(sort.find('button').text()).toBe('Sort');
});

test('a search is at most eight round trips, also when a letter went wrong', async () => {
  await visit(app).get('/');
  for (const query of ['q=menu', 'q=subtitels', 'sort=rating&category=programming']) {
    const { statements } = await countRoundTrips(app, () => visit(app).get(`/search?${query}`));
    expect(statements.length).toBeLessThanOrEqual(8);
  }
});
