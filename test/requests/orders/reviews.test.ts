import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { asSystem, orderIn, readOrder, setScene, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const good = { rating: '5', body: 'Quick and exact.' };
const reviewsOf = (id: string) =>
  asSystem(app, (trx) =>
    trx('reviews')
      .where({ order_id: id })
      .orderBy('author_role')
      .select('author_role', 'author_name', 'rating', 'body', 'published_at', 'subject_id'),
  );

test('both reviews stay hidden until both are in', async () => {
  const id = await orderIn(app, scene, 'completed');
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, good)).headers.location).toBe(`/orders/${id}`);
  expect(await reviewsOf(id)).toEqual([
    {
      author_role: 'buyer',
      author_name: 'Ada Marlowe',
      rating: 5,
      body: good.body,
      published_at: null,
      subject_id: scene.noor.id,
    },
  ]);
  expect((await scene.as.ada.get(`/orders/${id}`)).text).toContain('Not public yet');
  const sellers = await scene.as.noor.get(`/sell/orders/${id}`);
  expect(sellers.text).not.toContain(good.body);
  const back = await scene.as.noor.post(`/orders/${id}/reviews`, { rating: '4', body: 'Clear brief.' });
  expect(back.headers.location).toBe(`/sell/orders/${id}`);
  const both = await reviewsOf(id);
  expect(both.map(({ published_at }: { published_at: Date | null }) => published_at)).toEqual([
    expect.any(Date),
    expect.any(Date),
  ]);
  const [listing] = await asSystem(app, (trx) => trx('gig_listings').where({ gig_id: scene.shop.gigId }));
  expect(listing).toMatchObject({ rating_count: 1, rating_sum: 5 });
});

test('reviewing a waiting delivery accepts it, and the button says so', async () => {
  const id = await orderIn(app, scene, 'delivered');
  expect(page(await scene.as.ada.get(`/orders/${id}`))('#review-send').text()).toBe('Accept delivery and send review');
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, { ...good, rating: '9' })).status).toBe(422);
  expect((await readOrder(app, id)).status).toBe('delivered');
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, good)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('completed');
  expect(await reviewsOf(id)).toHaveLength(1);
});

test.each(['0', '6', '1.5', '-1', 'five', ''])(
  'defect 15: %j stars are no rating, and nothing is rounded',
  async (rating) => {
    const id = await orderIn(app, scene, 'completed');
    const response = await scene.as.ada.post(`/orders/${id}/reviews`, { ...good, rating });
    expect(response.status).toBe(422);
    expect(page(response)('.error-list a').attr('href')).toBe('#rating');
    expect(page(response)('#body').text()).toContain(good.body);
    expect(await reviewsOf(id)).toEqual([]);
  },
);

test('defect 15: a second review is refused in words, also when both arrive at once', async () => {
  const id = await orderIn(app, scene, 'completed');
  const answers = await Promise.all([1, 2].map(() => scene.as.ada.post(`/orders/${id}/reviews`, good)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  const again = await scene.as.ada.post(`/orders/${id}/reviews`, good);
  expect([again.status, page(again)('main').text()]).toEqual([
    409,
    expect.stringContaining('You have reviewed this order already.'),
  ]);
  expect(await reviewsOf(id)).toHaveLength(1);
});

test('a review needs words, its moment and its people', async () => {
  const id = await orderIn(app, scene, 'completed');
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '5', body: ' ' })).status).toBe(422);
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '5', body: 'x'.repeat(2_001) })).status).toBe(422);
  expect((await scene.as.mina.post(`/orders/${id}/reviews`, good)).status).toBe(403);
  const early = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.ada.post(`/orders/${early}/reviews`, good)).status).toBe(409);
  const delivered = await orderIn(app, scene, 'delivered');
  expect((await scene.as.noor.post(`/orders/${delivered}/reviews`, good)).status).toBe(409);
});

test('a dispute after completion does not close the reviews', async () => {
  const id = await orderIn(app, scene, 'completed');
  await transition(app, id, 'open_dispute', scene.ada.actor, 'The file does not open');
  expect((await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '2', body: 'See the dispute.' })).status).toBe(
    303,
  );
});
