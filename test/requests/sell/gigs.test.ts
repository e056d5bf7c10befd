import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import {
  addCategories,
  draftGig,
  gigRow,
  listingOf,
  publishedGig,
  rows,
  signUpAdmin,
  typedGig,
} from '../../support/gigs.ts';
import { countRoundTrips } from '../../support/round-trips.ts';
import { idOf, openSeller, verifiedSeller } from '../../support/sellers.ts';

let app: TestApp;
let noor: Client;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  await addCategories(app);
  noor = await verifiedSeller(app, 'Noor Haddad');
  mina = await signUpAdmin(app);
});
afterAll(() => app.stop());

test('Noor writes a draft; everything she typed is saved, also the extras (defect 47)', async () => {
  const saved = await noor.post('/sell/gigs', typedGig());
  expect(saved.status).toBe(303);
  const editor = page(await noor.get(saved.headers.location!));
  expect(editor('.flash').text()).toContain('Your draft is saved');
  const typed = Object.fromEntries(
    editor('main form[action^="/sell/gigs/"] :is(input, select, textarea)')
      .toArray()
      .map((control) => [editor(control).attr('name'), editor(control).val()]),
  );
  expect(typed).toMatchObject({
    title: 'Menu and price list for your café',
    category: 'design-and-illustration',
    tags: 'menu, print, café',
    'packages[basic][price]': '45.00',
    'packages[standard][price]': '95.00',
    'packages[premium][price]': '',
    'extras[0][title]': 'Second language',
    'extras[0][price]': '20.00',
    'extras[0][max_quantity]': '3',
    'faq[0][answer]': 'No, but the file is ready for any printer.',
    'questions[1][kind]': 'one_choice',
  });
  expect(typed['packages[basic][includes]']).toContain('File you can edit');
  expect(typed['questions[1][choices]']).toContain('A5');
});

test('the seller sees what she receives beside each price', async () => {
  const id = await draftGig(noor);
  const editor = page(await noor.get(`/sell/gigs/${id}/edit`));
  const nets = editor('[data-cents]')
    .toArray()
    .map((net) => [editor(net).text(), editor(net).attr('data-cents')]);
  expect(nets).toEqual([
    ['You receive $40.50', '4050'],
    ['You receive $85.50', '8550'],
    ['You receive $18.00', '1800'],
  ]);
});

test('what is wrong is said at the field and in the summary, and nothing typed is lost', async () => {
  const typed = typedGig({ title: 'Too short' });
  typed.packages.basic.price = '3.00';
  typed.packages.premium = { ...typed.packages.premium, title: 'All of it' };
  typed.extras[0]!.price = 'free';
  typed.questions[1]!.choices = 'A4';
  const answer = await noor.post('/sell/gigs', typed);
  expect(answer.status).toBe(422);
  const form = page(answer);
  const wrong = form('.error-list a')
    .toArray()
    .map((link) => form(link).attr('href'));
  expect(wrong).toEqual(
    expect.arrayContaining([
      '#title',
      '#packages-basic-price',
      '#packages-premium-price',
      '#packages-premium-delivery_days',
      '#extras-0-price',
      '#questions-1-choices',
    ]),
  );
  for (const href of wrong) expect(form(href!).length, href).toBe(1);
  expect(form('#title').val()).toBe('Too short');
  expect(form('#packages-basic-price').val()).toBe('3.00');
  expect(form('#packages-premium-title').val()).toBe('All of it');
  expect(form('#extras-0-price').val()).toBe('free');
  expect(form('#questions-0-label').val()).toBe('What is on the menu?');
});

test.each([
  ['no body at all', {}],
  ['texts where lists belong', { packages: 'x', extras: 'y', faq: 'z', questions: '1' }],
  ['lists where texts belong', { title: ['a', ['b']], packages: { basic: { price: [['1']] } } }],
  [
    'names of the language itself',
    { packages: { __proto__x: { a: 1 }, toString: 'x' }, extras: { length: '3', toString: { x: 1 } } },
  ],
  ['a category that is none', typedGig({ category: 'nothing' })],
  ['eleven extras', typedGig({ extras: rows(Array.from({ length: 11 }, () => ({ title: 'Extra', price: '5' }))) })],
])('a strange form is answered with the form: %s', async (_name, body) => {
  const answer = await noor.post('/sell/gigs', body);
  expect(answer.status).toBe(422);
  expect(page(answer)('.error-list a').length).toBeGreaterThan(0);
});

test('"Add another" and "Remove" work without JavaScript and lose nothing', async () => {
  const count = (form: ReturnType<typeof page>, kind: string) => form(`#${kind} [role=group]`).length;
  const before = page(await noor.get('/sell/gigs/new'));
  expect([count(before, 'extras'), count(before, 'faq'), count(before, 'questions')]).toEqual([1, 1, 1]);
  const more = await noor.post('/sell/gigs', { ...typedGig({ title: 'half' }), add: 'extras' });
  expect(more.status).toBe(200);
  const form = page(more);
  expect(count(form, 'extras')).toBe(2);
  expect(form('#title').val()).toBe('half');
  expect(form('.error-summary').length).toBe(0);
  const less = page(await noor.post('/sell/gigs', { ...typedGig(), remove: 'questions.0' }));
  expect(less('#questions-0-label').val()).toBe('Which format?');
  const without = page(await noor.post('/sell/gigs', { ...typedGig(), remove: 'standard' }));
  expect(without('#packages-standard-price').val() ?? '').toBe('');
  expect(without('#packages-basic-price').val()).toBe('45.00');
});

test('a form sent twice makes one gig', async () => {
  const form = page(await noor.get('/sell/gigs/new'));
  const body = typedGig({ form_key: form('input[name=form_key]').val(), title: 'Sent twice in a hurry' });
  const answers = await Promise.all([noor.post('/sell/gigs', body), noor.post('/sell/gigs', body)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(answers[0].headers.location).toBe(answers[1].headers.location);
  const gigs = await app.database.withSystem('jobs', (trx) => trx('gigs').where({ title: 'Sent twice in a hurry' }));
  expect(gigs).toHaveLength(1);
});

test('two gigs of one title get addresses of their own', async () => {
  const [first, second] = [
    await draftGig(noor, { title: 'The same title twice' }),
    await draftGig(noor, { title: 'The same title twice' }),
  ];
  expect((await gigRow(app, first)).slug).toBe('the-same-title-twice');
  expect((await gigRow(app, second)).slug).toMatch(/^the-same-title-twice-[0-9a-f]{6}$/);
});

test('an edit keeps the ids of extras and questions, takes out what was emptied and adds what is new', async () => {
  const id = await draftGig(noor);
  const before = await app.database.withSystem('jobs', (trx) => trx('gig_extras').where({ gig_id: id }).first());
  const [menu, format] = (await gigRow(app, id)).questions;
  const foreign = (await gigRow(app, await draftGig(noor))).questions[0].id;
  const typed = typedGig({
    extras: rows([
      { id: '', title: 'Express', price: '15', extra_days: '0', max_quantity: '1' },
      { id: before.id, title: 'Second or third language', price: '25', extra_days: '2', max_quantity: '3' },
    ]),
    questions: rows([
      { id: format.id, kind: 'short_text', label: 'Which format do you print?', required: '1', choices: '' },
      { id: foreign, kind: 'file', label: 'Your logo as a file', required: '', choices: '' },
    ]),
  });
  expect((await noor.post(`/sell/gigs/${id}`, typed)).status).toBe(303);
  const extras = await app.database.withSystem('jobs', (trx) =>
    trx('gig_extras').where({ gig_id: id }).orderBy('position'),
  );
  expect(extras.map(({ title }) => title)).toEqual(['Express', 'Second or third language']);
  expect(extras[1]).toMatchObject({ id: before.id, price_cents: 2_500 });
  const { questions } = await gigRow(app, id);
  expect(questions[0]).toMatchObject({ id: format.id, label: 'Which format do you print?', required: true });
  expect([menu.id, foreign]).not.toContain(questions[1].id);
});

test('a package can be taken out and another put in', async () => {
  const id = await draftGig(noor);
  const typed = typedGig();
  typed.packages.premium = { ...typed.packages.standard, title: 'Everything', price: '180' };
  typed.packages.standard = { title: '', description: '', price: '', delivery_days: '', revisions: '', includes: '' };
  await noor.post(`/sell/gigs/${id}`, typed);
  const tiers = await app.database.withSystem('jobs', (trx) =>
    trx('gig_packages').where({ gig_id: id }).orderBy('tier').pluck('tier'),
  );
  expect(tiers).toEqual(['basic', 'premium']);
});

test('submitting freezes the gig; a second press changes nothing; a later edit replaces what waits', async () => {
  const id = await draftGig(noor);
  const answers = await Promise.all([noor.post(`/sell/gigs/${id}/review`), noor.post(`/sell/gigs/${id}/review`)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  const revisions = () =>
    app.database.withSystem('jobs', (trx) => trx('gig_revisions').where({ gig_id: id }).orderBy('number'));
  expect(await revisions()).toMatchObject([
    {
      number: 1,
      status: 'review',
      doc: { title: 'Menu and price list for your café', images: [], extras: [{ price_cents: 2_000 }] },
    },
  ]);
  expect((await gigRow(app, id)).status).toBe('review');
  await noor.post(`/sell/gigs/${id}`, typedGig({ title: 'Menu and price list, better' }));
  expect((await revisions())[0].doc.title).toBe('Menu and price list for your café');
  await noor.post(`/sell/gigs/${id}/review`);
  expect(await revisions()).toMatchObject([
    { number: 1, status: 'rejected', reason: 'Replaced by change 2.' },
    { number: 2, status: 'review' },
  ]);
});

test('"Save and submit" does both', async () => {
  const saved = await noor.post('/sell/gigs', { ...typedGig(), then: 'review' });
  const id = saved.headers.location!.split('/')[3]!;
  expect((await gigRow(app, id)).status).toBe('review');
});

test('a published gig stays on sale as approved while its edit waits (defect 48)', async () => {
  const id = await publishedGig(noor, mina);
  expect((await listingOf(app, id)).price_from_cents).toBe(4_500);
  const typed = typedGig({ title: 'Menu and price list, dearer' });
  typed.packages.basic.price = '55.00';
  await noor.post(`/sell/gigs/${id}`, typed);
  expect((await noor.post(`/sell/gigs/${id}/review`)).status).toBe(303);
  expect((await gigRow(app, id)).status).toBe('published');
  expect(await listingOf(app, id)).toMatchObject({ price_from_cents: 4_500, revision_number: 1 });
  await mina.post(`/admin/gigs/${id}/approval`, { revision: 2 });
  expect(await listingOf(app, id)).toMatchObject({ price_from_cents: 5_500, revision_number: 2, title: typed.title });
  expect((await noor.post(`/sell/gigs/${id}/review`)).status).toBe(409);
});

test('pause takes the gig off sale; resuming shows what was approved last (defect 24)', async () => {
  const id = await publishedGig(noor, mina);
  const { published_at } = await listingOf(app, id);
  expect((await noor.post(`/sell/gigs/${id}/pause`)).status).toBe(303);
  expect(await listingOf(app, id)).toBeUndefined();
  await noor.post(`/sell/gigs/${id}`, typedGig({ title: 'Never approved at all' }));
  expect((await noor.post(`/sell/gigs/${id}/publication`)).status).toBe(303);
  expect(await listingOf(app, id)).toMatchObject({ title: 'Menu and price list for your café', published_at });
  expect((await noor.post(`/sell/gigs/${id}/publication`)).status).toBe(409);
});

test('neither pause nor resume publishes what was never approved (defect 24)', async () => {
  const id = await draftGig(noor);
  for (const act of ['pause', 'publication']) {
    const refused = await noor.post(`/sell/gigs/${id}/${act}`);
    expect(refused.status).toBe(409);
    expect(page(refused)('main').text()).toContain('submit it for review first');
  }
  await noor.post(`/sell/gigs/${id}`, { ...typedGig(), status: 'published', seller_id: 'x' });
  expect((await gigRow(app, id)).status).toBe('draft');
});

test('a rejected gig shows its reason in the list and the editor, and can be submitted again (defect 59)', async () => {
  const id = await draftGig(noor, { title: 'A rejected piece of work' });
  await noor.post(`/sell/gigs/${id}/review`);
  await mina.post(`/admin/gigs/${id}/rejection`, { revision: 1, reason: 'The cover shows a brand.' });
  const list = page(await noor.get('/sell/gigs?status=rejected'));
  expect(list('.tabs [aria-current]').text()).toMatch(/Rejected\s+1/);
  expect(list('.things').text()).toContain('The cover shows a brand.');
  expect(page(await noor.get(`/sell/gigs/${id}/edit`))('.flash.bad').text()).toContain('The cover shows a brand.');
  expect((await noor.post(`/sell/gigs/${id}/review`)).status).toBe(303);
  expect((await gigRow(app, id)).status).toBe('review');
});

test('who lost the identity check cannot put a paused gig back', async () => {
  const tess = await verifiedSeller(app, 'Tess Once-Verified');
  const id = await publishedGig(tess, mina, { title: 'Soon without its seller' });
  const userId = await idOf(app, tess);
  await app.database.withSystem('jobs', (trx) =>
    trx('seller_accounts').where({ user_id: userId }).update({ kyc_status: 'action_required' }),
  );
  expect([(await gigRow(app, id)).status, await listingOf(app, id)]).toEqual(['paused', undefined]);
  const refused = await tess.post(`/sell/gigs/${id}/publication`);
  expect(refused.status).toBe(409);
  expect(page(refused)('main').text()).toContain('identity is not checked');
});

test('gigs belong to their seller: others get 404, buyers 403, visitors the sign-in page', async () => {
  const id = await draftGig(noor);
  const other = await openSeller(app, 'Other Olga');
  const ada = await signUp(app, 'Ada Marlowe');
  const visitor = visit(app);
  expect((await other.get(`/sell/gigs/${id}/edit`)).status).toBe(404);
  for (const act of ['', '/review', '/pause', '/publication']) {
    expect((await other.post(`/sell/gigs/${id}${act}`, typedGig())).status, act).toBe(404);
    expect((await ada.post(`/sell/gigs/${id}${act}`, typedGig())).status, act).toBe(404);
  }
  expect((await mina.get(`/sell/gigs/${id}/edit`)).headers.location).toBe('/sell/onboarding');
  expect((await ada.post('/sell/gigs', typedGig())).status).toBe(403);
  expect((await ada.get('/sell/gigs')).headers.location).toBe('/sell/onboarding');
  expect((await visitor.get('/sell/gigs')).headers.location).toBe('/login?next=%2Fsell%2Fgigs');
  expect((await noor.get('/sell/gigs/1/edit')).status).toBe(404);
  expect((await noor.get(`/sell/gigs/${id}/pause`)).headers.location).toBe(`/sell/gigs/${id}/edit`);
  expect((await noor.get(`/sell/gigs/${id}`)).headers.location).toBe(`/sell/gigs/${id}/edit`);
});

test('the editor, the list and the dashboard need at most eight round trips to Postgres', async () => {
  const id = await draftGig(noor);
  for (const address of [`/sell/gigs/${id}/edit`, '/sell/gigs', '/sell/dashboard', '/sell/onboarding', '/account']) {
    const { statements } = await countRoundTrips(app, () => noor.get(address));
    expect(statements.length, `${address}: ${statements.join(' | ')}`).toBeLessThanOrEqual(8);
  }
});

test('an empty list says what belongs there', async () => {
  const fresh = await openSeller(app, 'Fresh Fay');
  const list = page(await fresh.get('/sell/gigs'));
  expect(list('.empty h2').text()).toBe('No gigs yet');
  expect(list('.empty a').attr('href')).toBe('/sell/gigs/new');
});
