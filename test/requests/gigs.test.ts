import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GigDocument } from '../../src/models/gig-document.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit } from '../support/client.ts';
import {
  createCategory,
  createSeller,
  publishGig,
  reviewGig,
  type TestCategory,
  type TestSeller,
} from '../support/listings.ts';
import { asSystem, createPerson, placeOrder, signIn, type TestShop } from '../support/orders.ts';
import { countRoundTrips } from '../support/round-trips.ts';

let app: TestApp;
let noor: TestSeller;
let design: TestCategory;
let menu: TestShop;

const imageId = randomUUID();
const offered: Omit<GigDocument, 'category'> = {
  title: 'Menu and price list for your café',
  description:
    'Send me your list of dishes as a photo.\n\nYou get:\n\n- a PDF your print shop accepts\n- a file you can edit',
  tags: ['menu', 'price list'],
  packages: [
    {
      tier: 'basic',
      title: 'One page',
      description: 'One side.',
      price_cents: 4_500,
      delivery_days: 3,
      revisions: 1,
      includes: ['Pages: 1', 'Print-ready PDF'],
    },
    {
      tier: 'standard',
      title: 'Folded menu',
      description: 'Up to four pages.',
      price_cents: 9_500,
      delivery_days: 5,
      revisions: 2,
      includes: ['Pages: up to 4', 'Print-ready PDF', 'Paper advice'],
    },
  ],
  extras: [{ id: randomUUID(), title: 'Second language', price_cents: 2_000, extra_days: 1, max_quantity: 3 }],
  faq: [{ question: 'Can you print it for me?', answer: 'No, but I tell you what to ask your print shop for.' }],
  questions: [{ id: randomUUID(), kind: 'long_text', label: 'What is on the menu?', required: true, choices: [] }],
  images: [
    {
      id: imageId,
      alt: 'A folded menu',
      width: 1280,
      height: 800,
      colour: '#d9a441',
      widths: [320, 640, 1280],
      formats: ['avif', 'webp'],
    },
  ],
};

beforeAll(async () => {
  app = await startTestApp();
  design = await createCategory(app, 'Design and illustration');
  noor = await createSeller(app, 'Noor Haddad', {
    level: 1,
    location: 'Amman, Jordan',
    languages: ['Arabic', 'English'],
  });
  menu = await publishGig(app, noor, { category: design, ...offered });
});
afterAll(() => app.stop());

const open = async (shop = menu, query = '') => page(await visit(app).get(`/gigs/${shop.slug}${query}`));

test('a gig answers what, when, for how much and from whom', async () => {
  const gig = await open();
  expect(gig('h1').text()).toBe(offered.title);
  expect(
    gig('.tiers label')
      .map((_, label) => gig(label).text().replace(/\s+/g, ' ').trim())
      .get(),
  ).toEqual(['Basic $45.00', 'Standard $95.00']);
  expect(gig('.tiers :checked').val()).toBe('standard');
  expect(gig('[data-package=standard] .rows').first().text()).toContain('Delivery after your brief5 days');
  expect(gig('[data-package=standard] .rows').first().text()).toContain('Pagesup to 4');
  expect(
    gig('[data-package=standard] .ticks li')
      .map((_, li) => gig(li).text().trim())
      .get(),
  ).toEqual(['Print-ready PDF', 'Paper advice']);
  expect(gig('[data-cents=9500]').length).toBeGreaterThan(1);
  expect(gig('.gig-head .person').text()).toContain('Identity checked');
  expect(
    gig('.about li, .prose li')
      .map((_, li) => gig(li).text())
      .get(),
  ).toEqual(['a PDF your print shop accepts', 'a file you can edit']);
  expect(
    gig('.crumbs a')
      .map((_, a) => gig(a).attr('href'))
      .get(),
  ).toEqual(['/search', '/categories/design-and-illustration']);
});

test('the seller leads to his profile (defect 50), the level to its explanation', async () => {
  const gig = await open();
  expect(gig('.person a').first().attr('href')).toBe(`/@${noor.username}`);
  expect((await visit(app).get(`/@${noor.username}`)).status).toBe(200);
  expect(gig('.person a[href="/how-ranking-works#levels"]').text()).toBe('Level 1');
});

test('answers of the FAQ are shown; what the seller will ask is not what you get (defect 51)', async () => {
  const gig = await open();
  expect(gig('.faq details p').text()).toBe(offered.faq[0]!.answer);
  expect(gig('main').text()).not.toContain(offered.questions[0]!.label);
});

test('extras are on the page with their price and days (defect 47)', async () => {
  const gig = await open();
  expect(gig('.gig-body .rows').text()).toContain('Second language (adds 1 day)$20.00');
});

test('packages are compared, whatever they contain', async () => {
  const gig = await open();
  const rows = gig('table.compare tbody tr')
    .map((_, row) =>
      gig(row)
        .find('th, td')
        .map((_, cell) => gig(cell).text())
        .get()
        .join(' | '),
    )
    .get();
  expect(rows).toEqual([
    'Price | $45.00 | $95.00',
    'Delivery | 3 days | 5 days',
    'Rounds of changes | 1 | 2',
    'Pages | 1 | up to 4',
    'Print-ready PDF | yes | yes',
    'Paper advice | no | yes',
  ]);
});

test('the button is a form that works alone and opens the panel with JavaScript', async () => {
  const gig = await open(menu, '?package=basic');
  const form = gig('form#packages');
  expect([form.attr('action'), form.attr('method')]).toEqual([`/gigs/${menu.slug}/order`, undefined]);
  expect(gig('.tiers :checked').val()).toBe('basic');
  expect(form.find('button').attr('hx-target')).toBe('#panel-body');
  expect(gig('.bar button').attr('form')).toBe('packages');
  expect((await visit(app).get(`/gigs/${menu.slug}/order?package=basic`)).status).toBe(200);
});

test('numbers come from rows: no review, no rating; orders in progress are counted (defect 54)', async () => {
  const fresh = await publishGig(app, noor, { category: design, title: 'A gig that nobody bought yet' });
  const before = await open(fresh);
  expect(before('.gig-head .rating').text()).toBe('New, no reviews yet');
  expect(before('.facts').text()).toContain('Orders in progress0 of 20');
  expect(before('.facts').text()).not.toMatch(/on time|reply|views|online/i);
  expect(before('script[type="application/ld+json"]').text()).not.toContain('aggregateRating');
  await placeOrder(app, { shop: fresh, buyer: await createPerson(app, 'Ada Marlowe') });
  expect((await open(fresh))('.facts').text()).toContain('Orders in progress1 of 20');
});

test('who is away says so', async () => {
  const ilse = await createSeller(app, 'Ilse van den Broeck');
  const gig = await publishGig(app, ilse, { category: design });
  await asSystem(app, (trx) =>
    trx('seller_accounts')
      .where({ user_id: ilse.id })
      .update({ away_until: trx.raw(`app_now() + interval '10 days'`) }),
  );
  expect((await open(gig))('#packages .foot').text()).toContain('Ilse is away until');
});

test('published reviews with the answer; the rest on their own page', async () => {
  const [ada, ravi] = [await createPerson(app, 'Ada Marlowe'), await createPerson(app, 'Ravi Menon')];
  const shop = await publishGig(app, await createSeller(app, 'Teodora Ilic'), {
    category: design,
    title: 'Wall lettering drawn by hand',
  });
  await reviewGig(app, shop, ada, {
    rating: 4,
    body: 'The first PDF had no bleed.',
    reply: 'My mistake, the checklist now has it.',
  });
  for (let i = 0; i < 5; i += 1) await reviewGig(app, shop, ravi, { rating: 5, body: `Good work, number ${i}.` });
  await asSystem(app, (trx) =>
    trx('reviews')
      .where({ body: 'Good work, number 4.' })
      .update({ hidden_at: trx.raw('app_now()'), hidden_reason: 'Insult' }),
  );

  const gig = await open(shop);
  expect(gig('#reviews .rating').first().text().replace(/\s+/g, ' ')).toContain('4.8 out of 5, (5) reviews');
  expect(gig('.review').length).toBe(5);
  expect(gig('main').text()).not.toContain('Good work, number 4.');
  expect(gig('.review blockquote').text()).toContain('My mistake');
  const data = JSON.parse(gig('script[type="application/ld+json"]').text());
  expect(data[0].aggregateRating).toMatchObject({ ratingValue: 4.8, reviewCount: 5 });
  expect(data[0].offers[0]).toMatchObject({ '@type': 'Offer', price: '45.00', priceCurrency: 'USD' });
  expect(data[1]['@type']).toBe('BreadcrumbList');
});

test('many reviews are read page by page', async () => {
  const shop = await publishGig(app, noor, { category: design, title: 'A gig with many reviews' });
  const buyer = await createPerson(app, 'Mateo Ruiz');
  for (let i = 0; i < 22; i += 1) await reviewGig(app, shop, buyer, { rating: 5, body: `Review ${i}` });
  const first = await open(shop);
  expect(first('.review').length).toBe(5);
  const all = page(await visit(app).get(first('#reviews a[href*=reviews]').attr('href')!));
  expect(all('.review').length).toBe(20);
  const rest = page(await visit(app).get(all('a[rel=next]').attr('href')!, { 'HX-Request-Type': 'partial' }));
  expect(rest('.review').length).toBe(2);
  expect(rest('html').text()).not.toContain(offered.title);
});

test('the seller sees that the gig is his own', async () => {
  const owner = page(await (await signIn(app, noor)).get(`/gigs/${menu.slug}`));
  expect(owner('#packages .foot').text()).toContain('This is your gig');
  expect(owner('#packages .foot a').attr('href')).toBe(`/sell/gigs/${menu.gigId}/edit`);
  expect(owner('button:contains("Choose options")').length).toBe(0);
});

test('what is not on sale does not exist', async () => {
  expect((await visit(app).get('/gigs/no-such-gig')).status).toBe(404);
  const paused = await publishGig(app, noor, { category: design, title: 'A gig that gets paused' });
  await asSystem(app, (trx) => trx('gigs').where({ id: paused.gigId }).update({ status: 'paused' }));
  expect((await visit(app).get(`/gigs/${paused.slug}`)).status).toBe(404);
});

test('one address per gig', async () => {
  const gig = await open();
  expect(gig('link[rel=canonical]').attr('href')).toBe(`${app.url}/gigs/${menu.slug}`);
  for (const other of [menu.slug.toUpperCase(), `${menu.slug}/`]) {
    const response = await visit(app).get(`/gigs/${other}`);
    expect([response.status, response.headers.location]).toEqual([301, `/gigs/${menu.slug}`]);
  }
});

test('whatever sellers and buyers type comes out as text', async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
  const mallory = await createSeller(app, `M${evil}`.slice(0, 80), {
    location: evil.slice(0, 80),
    tagline: evil,
    bio: evil,
    languages: [evil],
  });
  const shop = await publishGig(app, mallory, {
    category: design,
    title: `Gig ${evil}`.slice(0, 80),
    description: `${evil} and more, so that it is long enough to be taken.`,
    tags: [evil],
    packages: [
      {
        tier: 'basic',
        title: evil,
        description: evil,
        price_cents: 500,
        delivery_days: 1,
        revisions: 0,
        includes: [evil, `Pages: ${evil}`],
      },
    ],
    extras: [{ id: randomUUID(), title: evil, price_cents: 500, extra_days: 0, max_quantity: 1 }],
    faq: [{ question: evil, answer: evil }],
    images: [{ ...offered.images[0]!, alt: evil }],
  });
  await reviewGig(app, shop, await createPerson(app, `B${evil}`.slice(0, 80)), { rating: 1, body: evil, reply: evil });
  for (const address of [
    `/gigs/${shop.slug}`,
    `/@${mallory.username}`,
    '/',
    '/search?q=gig',
    '/sitemap.xml',
    `/categories/${design.slug}/feed.atom`,
  ]) {
    const { text } = await visit(app).get(address);
    expect(text).not.toMatch(/<script>alert|<img src=x/);
  }
});

test('no e-mail address and no Whop id on a public page (defect 22)', async () => {
  for (const address of [`/gigs/${menu.slug}`, `/@${noor.username}`, '/', '/search']) {
    const { text } = await visit(app).get(address);
    expect(text).not.toContain(noor.email);
    expect(text).not.toMatch(/@gigflow\.test|biz_|user_[A-Za-z0-9]{6}/);
  }
});

test('a gig page is at most eight round trips, also for somebody signed in', async () => {
  const ada = await signIn(app, await createPerson(app, 'Ada Marlowe'));
  for (const browser of [visit(app), ada]) {
    const { statements, result } = await countRoundTrips(app, () => browser.get(`/gigs/${menu.slug}`));
    expect(result.status).toBe(200);
    expect(statements.length).toBeLessThanOrEqual(8);
  }
});

test('a strict policy that opens for Whop alone, and no session for a visitor', async () => {
  const { headers } = await visit(app).get(`/gigs/${menu.slug}`);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).not.toContain("'unsafe-inline'");
  expect(headers['content-security-policy']).toMatch(/frame-src http/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['set-cookie']).toBeUndefined();
});

test('pictures come in the widths that exist and never change', async () => {
  const bytes = Buffer.from('not really a picture');
  await asSystem(app, async (trx) => {
    await trx('gig_images').insert({ id: imageId, gig_id: menu.gigId, width: 1280, height: 800, colour: '#d9a441' });
    await trx('gig_image_files').insert({ image_id: imageId, width: 640, format: 'avif', bytes });
  });
  const gig = await open();
  expect(gig('.gallery source').attr('srcset')).toContain(`/images/${imageId}/640.avif 640w`);
  expect(gig('.gallery img').attr()).toMatchObject({ width: '1280', height: '800', alt: 'A folded menu' });
  const response = await visit(app).get(`/images/${imageId}/640.avif`);
  expect(response.status).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'image/avif',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(response.body)).toEqual(bytes);
  for (const other of [
    `${imageId}/641.avif`,
    `${imageId}/640.webp`,
    `${imageId}/640.png`,
    'x/640.avif',
    `${randomUUID()}/640.avif`,
    `${imageId}/640e1.avif`,
  ]) {
    expect((await visit(app).get(`/images/${other}`)).status).toBe(404);
  }
});
