import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page } from '../support/client.ts';
import {
  asSystem,
  createPerson,
  orderIn,
  placeOrder,
  setScene,
  signIn,
  transition,
  type Scene,
} from '../support/orders.ts';
import { tell } from '../../src/presenters/notification.ts';

const AGREEMENTS = ['extension', 'settlement'].flatMap((kind) =>
  ['propose', 'decline', 'withdraw', 'lapse'].map((verb) => `${verb}_${kind}`),
);

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const unreadOf = async (client: Scene['as']['ada']) =>
  page(await client.get('/account'))('#unread:not([hidden])').text();

test('news stand newest first, unread ones say so, and each leads to its order', async () => {
  const tomas = await createPerson(app, 'Tomas Novak');
  const client = await signIn(app, tomas);
  const first = await placeOrder(app, { shop: scene.shop, buyer: tomas });
  const second = await placeOrder(app, { shop: scene.shop, buyer: tomas });
  const view = page(await client.get('/notifications'));
  const links = view('#notifications li a').map((_i, link) => view(link).attr('href'));
  expect(links.get()).toEqual([`/orders/${second}`, `/orders/${first}`]);
  expect(view('#notifications li').first().text()).toContain('Paid: Menu and price list for your café');
  expect(view('#notifications li[data-unread]').length).toBe(2);
  expect(view('#unread:not([hidden])').text()).toBe('2 unread');
});

test('opening an order reads what was told of it, and of nothing else', async () => {
  const ada = await createPerson(app, 'Ada Second');
  const client = await signIn(app, ada);
  const opened = await placeOrder(app, { shop: scene.shop, buyer: ada });
  await placeOrder(app, { shop: scene.shop, buyer: ada });
  const order = page(await client.get(`/orders/${opened}`));
  expect(order('#unread:not([hidden])').text()).toBe('1 unread');
  expect(await unreadOf(client)).toBe('1 unread');
});

test('an admin who looks at an order reads nothing for its sides', async () => {
  const ada = await createPerson(app, 'Ada Third');
  const client = await signIn(app, ada);
  const id = await placeOrder(app, { shop: scene.shop, buyer: ada });
  await scene.as.mina.get(`/orders/${id}`);
  expect(await unreadOf(client)).toBe('1 unread');
});

test('all of it can be marked as read, one’s own only', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const noors = await unreadOf(scene.as.noor);
  const answer = await scene.as.ada.post('/notifications/reading');
  expect([answer.status, answer.headers.location]).toEqual([303, '/notifications']);
  expect(await unreadOf(scene.as.ada)).toBe('');
  expect(await unreadOf(scene.as.noor)).toBe(noors);
  await transition(app, id, 'accept_delivery', scene.ada.actor);
  expect(await unreadOf(scene.as.ada)).toBe('');
});

test('more than fifty are parted into pages that miss none', async () => {
  const ada = await createPerson(app, 'Ada Fourth');
  const client = await signIn(app, ada);
  const order = await placeOrder(app, { shop: scene.shop, buyer: ada });
  await asSystem(app, (trx) =>
    trx('notifications').insert(
      Array.from({ length: 60 }, () => ({
        user_id: ada.id,
        kind: 'order.deliver',
        order_id: order,
        data: '{"role":"buyer"}',
      })),
    ),
  );
  const first = page(await client.get('/notifications'));
  const second = page(await client.get(first('a[rel=next]').attr('href')!));
  expect([first('#notifications li').length, second('#notifications li').length]).toEqual([50, 11]);
  expect(second('a[rel=next]').length).toBe(0);
});

test('a visitor is asked to sign in; the address of the act leads to the page', async () => {
  const answer = await scene.as.tomas.get('/notifications/reading');
  expect(answer.headers.location).toBe('/notifications');
  const response = await fetch(`${app.url}/notifications`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/login?next=%2Fnotifications']);
});

test('every transition has words for whoever can be told of it', async () => {
  const rules = await asSystem(app, (trx) => trx('order_transition_rules').distinct('transition').pluck('transition'));
  const kinds = [...rules.map((name: string) => `order.${name}`), ...AGREEMENTS.map((name) => `order.${name}`)];
  const any = tell({ kind: '?', role: 'buyer', title: 'T', otherName: null, reason: null }).subject;
  for (const kind of kinds) {
    for (const role of ['buyer', 'seller'] as const) {
      const { subject, lines } = tell({ kind, role, title: 'T', otherName: 'Noor', reason: 'Because' });
      expect([kind, role, subject]).not.toEqual([kind, role, any]);
      expect(subject + lines.join('')).not.toMatch(/[{}]/);
      expect(lines.length).toBeGreaterThan(0);
    }
  }
});
