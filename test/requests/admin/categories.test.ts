import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { addCategories, draftGig, signUpAdmin } from '../../support/gigs.ts';
import { row, rows } from '../../support/money.ts';
import { verifiedSeller } from '../../support/sellers.ts';

let app: TestApp;
let mina: Client;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  await addCategories(app);
  mina = await signUpAdmin(app);
});
afterAll(() => app.stop());

const PHOTO = { name: 'Photo editing', examples: 'Cut-outs, restoring old photos', position: '7' };
const named = (name: string) => row(app, 'categories', { name });

test('Mina adds a category, renames it and removes it; its address stays, and the log names her', async () => {
  expect((await mina.post('/admin/categories', PHOTO)).status).toBe(303);
  const { id, slug } = await named('Photo editing');
  expect(slug).toBe('photo-editing');
  expect(page(await mina.get(`/admin/categories/${id}`))('input[name=name]').val()).toBe('Photo editing');
  await mina.post(`/admin/categories/${id}`, { ...PHOTO, name: 'Photo work' });
  expect(await row(app, 'categories', { id })).toMatchObject({ slug: 'photo-editing', name: 'Photo work' });
  await mina.post(`/admin/categories/${id}/removal`);
  expect(await rows(app, 'categories', { id }, 'id')).toEqual([]);
  const log = await rows(app, 'audit_events', { target_id: id });
  expect(log.map(({ action }) => action)).toEqual(['category.added', 'category.changed', 'category.removed']);
  expect((await mina.get('/admin/audit')).text).toContain('Category removed');
});

test('a name that is taken, too short or missing is refused with what was typed', async () => {
  await mina.post('/admin/categories', PHOTO);
  const before = (await rows(app, 'categories', {}, 'id')).length;
  const taken = await mina.post('/admin/categories', { ...PHOTO, name: 'photo EDITING' });
  expect([taken.status, page(taken)('#name-error').text()]).toEqual([422, expect.stringContaining('already')]);
  const short = page(await mina.post('/admin/categories', { name: 'x', examples: 'Cut-outs', position: 'seven' }));
  expect(short('#position-error').text()).toContain('whole number');
  expect(short('input[name=examples]').val()).toBe('Cut-outs');
  expect(await rows(app, 'categories', {}, 'id')).toHaveLength(before);
});

test('a category with gigs stays', async () => {
  const noor = await verifiedSeller(app, 'Noor Haddad');
  const gig = await row(app, 'gigs', { id: await draftGig(noor) });
  const refused = await mina.post(`/admin/categories/${gig.category_id}/removal`);
  expect(refused.headers.location).toBe(`/admin/categories/${gig.category_id}`);
  expect((await mina.get(refused.headers.location!)).text).toContain('Gigs stand under');
  expect(await row(app, 'categories', { id: gig.category_id })).toBeDefined();
});
