import { randomUUID } from 'node:crypto';
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

async function submitted(seller: Client, change: object = {}): Promise<string> {
  const id = await draftGig(seller, change);
  await seller.post(`/sell/gigs/${id}/review`);
  return id;
}
const auditsOf = (id: string) =>
  app.database.withSystem('jobs', (trx) => trx('audit_events').where({ target_id: id }).orderBy('created_at'));

test('Mina approves a new gig: it goes on sale as it was submitted, and the act is written down', async () => {
  const id = await submitted(noor, { title: 'Approve me, please do' });
  const queue = page(await mina.get('/admin/gigs'));
  expect(queue('.things').text()).toContain('Approve me, please do');
  const review = page(await mina.get(`/admin/gigs/${id}`));
  expect(review('ins').text()).toContain('Approve me, please do');
  expect(review('input[name=revision]').first().val()).toBe('1');
  const approved = await mina.post(`/admin/gigs/${id}/approval`, { revision: 1 });
  expect([approved.status, approved.headers.location]).toEqual([303, '/admin/gigs']);
  expect((await gigRow(app, id)).status).toBe('published');
  expect(await listingOf(app, id)).toMatchObject({
    title: 'Approve me, please do',
    slug: 'approve-me-please-do',
    price_from_cents: 4_500,
    delivery_days: 3,
    currency: 'usd',
    seller_name: 'Noor Haddad',
    tags: ['menu', 'print', 'café'],
    tags_text: 'menu print café',
    revision_number: 1,
  });
  expect(await auditsOf(id)).toMatchObject([
    {
      action: 'gig.approved',
      actor_id: await idOf(app, mina),
      subject_id: await idOf(app, noor),
      details: { revision: 1 },
    },
  ]);
});

test('the change is shown field by field against what is on sale', async () => {
  const id = await publishedGig(noor, mina, { title: 'Compare me field by field' });
  const typed = typedGig({
    title: 'Compare me field by field',
    description: typedGig().description.replace('an e-mail', 'a text message'),
    extras: rows([{ title: 'Express', price: '15', extra_days: '0', max_quantity: '1' }]),
  });
  typed.packages.standard.price = '99';
  await noor.post(`/sell/gigs/${id}`, typed);
  await noor.post(`/sell/gigs/${id}/review`);
  const review = page(await mina.get(`/admin/gigs/${id}`));
  const row = (field: string) =>
    review('.diff tbody tr').filter((_index, tr) => review(tr).find('th').text() === field);
  expect(row('Title').find('td').text().trim()).toBe('no change');
  expect(row('Basic package').text()).toContain('no change');
  expect([row('Standard, price').find('del').text(), row('Standard, price').find('ins').text()]).toEqual([
    '$95.00',
    '$99.00',
  ]);
  expect(row('Description').find('ins').text()).toContain('text');
  expect(row('Description').text()).toContain('as a photo, ');
  expect(row('Extras').find('ins').text()).toBe('Express, $15.00, no extra days');
  expect(review('main').text()).toContain('Change 2 against change 1, which stays on sale until you decide.');
});

test('a stale revision number is 409 and changes nothing', async () => {
  const id = await submitted(noor, { title: 'Edited under her eyes' });
  await noor.post(`/sell/gigs/${id}`, typedGig({ title: 'Something else entirely' }));
  await noor.post(`/sell/gigs/${id}/review`);
  const stale = await mina.post(`/admin/gigs/${id}/approval`, { revision: 1 });
  expect(stale.status).toBe(409);
  expect(page(stale)('main').text()).toContain('Change 2 waits now');
  expect((await mina.post(`/admin/gigs/${id}/rejection`, { revision: 1, reason: 'No thanks.' })).status).toBe(409);
  expect([(await gigRow(app, id)).status, await listingOf(app, id)]).toEqual(['review', undefined]);
  expect(await auditsOf(id)).toEqual([]);
});

test('two admins at once: one decides, the other gets 409', async () => {
  const id = await submitted(noor, { title: 'Wanted by two admins' });
  const mara = await signUpAdmin(app, 'Mara Second');
  const answers = await Promise.all([
    mina.post(`/admin/gigs/${id}/approval`, { revision: 1 }),
    mara.post(`/admin/gigs/${id}/rejection`, { revision: 1, reason: 'Not this one.' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await auditsOf(id)).toHaveLength(1);
});

test('a gig cannot be approved from any moment but review (defect 28)', async () => {
  const draft = await draftGig(noor);
  expect((await mina.post(`/admin/gigs/${draft}/approval`, { revision: 1 })).status).toBe(409);
  const rejected = await submitted(noor, { title: 'Rejected before approval' });
  await mina.post(`/admin/gigs/${rejected}/rejection`, { revision: 1, reason: 'Too thin.' });
  expect((await mina.post(`/admin/gigs/${rejected}/approval`, { revision: 1 })).status).toBe(409);
  expect([(await gigRow(app, draft)).status, (await gigRow(app, rejected)).status]).toEqual(['draft', 'rejected']);
});

test('the gig of a seller without identity check is refused with a sentence, not an error (defect 28)', async () => {
  const tomas = await openSeller(app, 'Tomas Berg');
  const id = await submitted(tomas, { title: 'Floor plan from your sketch' });
  expect(page(await mina.get(`/admin/gigs/${id}`))('.flash').text()).toContain('has not passed the identity check');
  const refused = await mina.post(`/admin/gigs/${id}/approval`, { revision: 1 });
  expect(refused.status).toBe(409);
  expect(page(refused)('main').text()).toContain('The seller has not passed the identity check.');
  expect([(await gigRow(app, id)).status, await listingOf(app, id)]).toEqual(['review', undefined]);
  const revision = await app.database.withSystem('jobs', (trx) => trx('gig_revisions').where({ gig_id: id }).first());
  expect(revision.status).toBe('review');
});

test('a rejection needs a reason; what is on sale stays', async () => {
  const id = await publishedGig(noor, mina, { title: 'On sale whatever happens' });
  await noor.post(`/sell/gigs/${id}`, typedGig({ title: 'A worse title for it' }));
  await noor.post(`/sell/gigs/${id}/review`);
  const without = await mina.post(`/admin/gigs/${id}/rejection`, { revision: 2, reason: '  ' });
  expect(without.status).toBe(422);
  expect(page(without)('#reason-error').text()).toContain('reason');
  expect(
    (await mina.post(`/admin/gigs/${id}/rejection`, { revision: 2, reason: 'The old title is better.' })).status,
  ).toBe(303);
  expect((await gigRow(app, id)).status).toBe('published');
  expect((await listingOf(app, id)).title).toBe('On sale whatever happens');
  expect((await auditsOf(id)).at(-1)).toMatchObject({
    action: 'gig.rejected',
    details: { reason: 'The old title is better.' },
  });
  expect(page(await noor.get(`/sell/gigs/${id}/edit`))('.flash.bad').text()).toContain('The old title is better.');
});

test('an admin does not review a gig of her own', async () => {
  const ivy = await verifiedSeller(app, 'Ivy Both');
  const ivyId = await idOf(app, ivy);
  const id = await submitted(ivy, { title: 'Written by the admin' });
  await app.database.withSystem('jobs', (trx) => trx('users').where({ id: ivyId }).update({ role: 'admin' }));
  for (const [act, body] of [
    ['approval', {}],
    ['rejection', { reason: 'Mine.' }],
  ] as const) {
    const refused = await ivy.post(`/admin/gigs/${id}/${act}`, { revision: 1, ...body });
    expect(refused.status).toBe(403);
    expect(page(refused)('main').text()).toContain('Another admin');
  }
  expect(page(await ivy.get(`/admin/gigs/${id}`))('form[action$=approval]').length).toBe(0);
  expect((await gigRow(app, id)).status).toBe('review');
});

test('for everybody else the admin’s rooms do not exist', async () => {
  const id = await submitted(noor);
  const ada = await signUp(app, 'Ada Marlowe');
  const visitor = visit(app);
  await visitor.get('/login');
  for (const browser of [ada, noor, visitor]) {
    for (const address of ['/admin', '/admin/gigs', `/admin/gigs/${id}`])
      expect((await browser.get(address)).status).toBe(404);
    expect((await browser.post(`/admin/gigs/${id}/approval`, { revision: 1 })).status).toBe(404);
    expect((await browser.post(`/admin/gigs/${id}/rejection`, { revision: 1, reason: 'No.' })).status).toBe(404);
  }
  expect((await gigRow(app, id)).status).toBe('review');
});

test('unknown gigs, crooked numbers and GETs on acts are answered in kind', async () => {
  const id = await submitted(noor);
  expect((await mina.get(`/admin/gigs/${randomUUID()}`)).status).toBe(404);
  expect((await mina.post(`/admin/gigs/${randomUUID()}/approval`, { revision: 1 })).status).toBe(404);
  expect((await mina.post(`/admin/gigs/${id}/approval`, { revision: 'one' })).status).toBe(422);
  expect((await mina.post(`/admin/gigs/${id}/approval`)).status).toBe(422);
  expect((await mina.get(`/admin/gigs/${id}/approval`)).headers.location).toBe(`/admin/gigs/${id}`);
});

test('the overview counts what is there', async () => {
  const overview = page(await mina.get('/admin'));
  const waiting = overview('.things li').filter((_index, row) => overview(row).text().includes('wait for review'));
  const waits = await app.database.withSystem('jobs', (trx) => trx('gig_revisions').where({ status: 'review' }));
  expect(waiting.find('.amount').text()).toBe(String(waits.length));
});
