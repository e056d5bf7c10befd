import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { asSystem, orderIn, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

async function reviewed(): Promise<string> {
  const id = await orderIn(app, scene, 'completed');
  await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '2', body: 'The type was small.' });
  await scene.as.noor.post(`/orders/${id}/reviews`, { rating: '5', body: 'Clear brief.' });
  return id;
}

const reviewOf = (id: string) =>
  asSystem(app, (trx) => trx('reviews').where({ order_id: id, author_role: 'buyer' }).first());
const rating = () =>
  asSystem(app, (trx) => trx('gig_listings').where({ gig_id: scene.shop.gigId }).first('rating_count', 'rating_sum'));

test('who was reviewed answers once, in public', async () => {
  const { noor, ada, mina } = scene.as;
  const id = await reviewed();
  const form = page(await noor.get(`/sell/orders/${id}`))('#reply-form');
  expect((await noor.post(form.attr('action')!, { body: 'I will make it larger next time.' })).status).toBe(303);
  expect((await noor.post(form.attr('action')!, { body: 'Once more.' })).status).toBe(409);
  expect((await reviewOf(id)).reply).toBe('I will make it larger next time.');
  expect((await ada.get(`/gigs/${scene.shop.slug}`)).text).toContain('I will make it larger next time.');
  expect(page(await noor.get(`/sell/orders/${id}`))('#reply-form').length).toBe(0);
  expect((await mina.post(`/orders/${id}/reviews/reply`, { body: 'Me' })).status).toBe(403);
});

test('a review that is not public yet cannot be answered', async () => {
  const id = await orderIn(app, scene, 'completed');
  await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '4', body: 'Good.' });
  expect((await scene.as.noor.post(`/orders/${id}/reviews/reply`, { body: 'Thanks' })).status).toBe(409);
});

test('an admin hides a review with a reason, and shows it again; the averages follow', async () => {
  const { mina, ada } = scene.as;
  const id = await reviewed();
  const before = await rating();
  const { id: review } = await reviewOf(id);
  expect((await mina.post(`/admin/reviews/${review}/hiding`, { reason: ' ' })).status).toBe(422);
  expect((await ada.post(`/admin/reviews/${review}/hiding`, { reason: 'x' })).status).toBe(404);
  expect((await mina.post(`/admin/reviews/${review}/hiding`, { reason: 'Names a third person' })).status).toBe(303);
  expect(await rating()).toEqual({ rating_count: before.rating_count - 1, rating_sum: before.rating_sum - 2 });
  expect((await mina.post(`/admin/reviews/${review}/hiding`, { reason: 'Again' })).status).toBe(409);
  expect((await mina.get('/admin/reviews?tab=hidden')).text).toContain('Names a third person');
  expect((await mina.post(`/admin/reviews/${review}/showing`)).status).toBe(303);
  expect(await rating()).toEqual(before);
  const audit = await asSystem(app, (trx) =>
    trx('audit_events').where({ target_id: review }).orderBy('created_at').pluck('action'),
  );
  expect(audit).toEqual(['review.hide', 'review.show']);
});
