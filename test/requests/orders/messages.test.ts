import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transaction } from '../../../src/database.ts';
import { markMessagesRead } from '../../../src/models/order/messages.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import {
  asSystem,
  createPerson,
  orderIn,
  setScene,
  transact,
  type Scene,
  type TestPerson,
} from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('both sides write in one thread, and one’s own messages say so', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.ada.post(`/orders/${id}/messages`, { body: 'Is 3 mm bleed in it?' })).status).toBe(303);
  const answered = await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Yes,\r\non all sides.' });
  expect(answered.headers.location).toBe(`/sell/orders/${id}#messages`);
  const view = page(await scene.as.ada.get(`/orders/${id}`));
  expect(
    view('.message')
      .map((_i, item) => view(item).find('.meta b').text())
      .get(),
  ).toEqual(['You', 'Noor Haddad']);
  expect(view('.message .text').last().text()).toBe('Yes,\non all sides.');
});

test('markup in a message stays text', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await scene.as.ada.post(`/orders/${id}/messages`, { body: '<script>alert(1)</script><b>bold</b>' });
  const view = page(await scene.as.noor.get(`/sell/orders/${id}`));
  expect(view('.message script, .message .text b').length).toBe(0);
  expect(view('.message .text').text()).toContain('<b>bold</b>');
});

test('an empty message is sent back, a repeated one is kept once', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const empty = await scene.as.ada.post(`/orders/${id}/messages`, { body: ' ' });
  expect([empty.status, page(empty)('.error-list a').attr('href')]).toEqual([422, '#message-body']);
  expect(page(empty)('#message-body').length).toBe(1);
  const body = { body: 'Hello', form_key: randomUUID() };
  await Promise.all([1, 2].map(() => scene.as.ada.post(`/orders/${id}/messages`, body)));
  expect(await asSystem(app, (trx) => trx('order_messages').where({ order_id: id }))).toHaveLength(1);
});

test('over htmx the thread alone comes back', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
  const sent = await scene.as.ada.post(`/orders/${id}/messages`, { body: 'Hello' }, headers);
  expect(sent.headers.location).toBe(`/orders/${id}/messages`);
  const part = await scene.as.ada.get(sent.headers.location!, headers);
  expect(part.text.trim()).toMatch(/^<section class="flow" id="messages"/);
  expect(part.text).toContain('Hello');
});

test('a long thread shows its newest messages and leads to the earlier ones (defect 58)', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await asSystem(app, (trx) =>
    trx('order_messages').insert(
      Array.from({ length: 60 }, (_, n) => ({
        id: randomUUID(),
        order_id: id,
        sender_id: scene.ada.id,
        body: `Message ${n + 1}`,
      })),
    ),
  );
  const view = page(await scene.as.noor.get(`/sell/orders/${id}`));
  const texts = (read: typeof view) =>
    read('.message .text')
      .map((_i, item) => read(item).text())
      .get();
  expect([texts(view).length, texts(view)[0], texts(view).at(-1)]).toEqual([50, 'Message 11', 'Message 60']);
  const earlier = page(await scene.as.noor.get(view('a[rel=prev]').attr('href')!));
  expect(texts(earlier)).toEqual(Array.from({ length: 10 }, (_, n) => `Message ${n + 1}`));
  expect(earlier('a[rel=prev]').length).toBe(0);
});

test('what happens to the order stands between the messages, in its place and from the reader’s side', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await scene.as.ada.post(`/orders/${id}/messages`, { body: 'Our printer asks for 3 mm bleed.' });
  await scene.as.noor.post(`/orders/${id}/deliveries`, {
    message: 'The menu, as a PDF.',
    links: 'https://a.example/menu',
  });
  await scene.as.noor.post(`/orders/${id}/messages`, { body: 'It has it.' });
  const lines = (response: Parameters<typeof page>[0]) => {
    const view = page(response);
    const words = (item: Parameters<typeof view>[0]) =>
      view(item).is('.event')
        ? view(item).find('p').contents().not('time').text().replace(/ · $/, '')
        : view(item).find('.text').text();
    return view('.thread > li').get().map(words);
  };
  const story = (brief: string, delivered: string) => [
    'Paid, $115.00',
    brief,
    'Our printer asks for 3 mm bleed.',
    delivered,
    'It has it.',
  ];
  const fromAda = story('Brief sent by you', 'Delivered by Noor');
  expect(lines(await scene.as.ada.get(`/orders/${id}`))).toEqual(fromAda);
  expect(lines(await scene.as.ada.get(`/orders/${id}/messages`))).toEqual(fromAda);
  expect(lines(await scene.as.noor.get(`/sell/orders/${id}`))).toEqual(story('Brief sent by Ada', 'Delivered by you'));
  const pageRead = page(await scene.as.ada.get(`/orders/${id}/messages`));
  expect(pageRead('#messages').attr('data-live')!.split(' ')).toEqual([`message:${id}`, `order:${id}`]);
});

test('on pages of a long thread each event stands once, between its neighbours', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const say = (from: number, to: number) =>
    asSystem(app, (trx) =>
      trx('order_messages').insert(
        Array.from({ length: to - from + 1 }, (_, n) => ({
          id: randomUUID(),
          order_id: id,
          sender_id: scene.ada.id,
          body: `Message ${from + n}`,
        })),
      ),
    );
  await say(1, 5);
  await scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'Done.', links: 'https://a.example/menu' });
  await say(6, 57);
  const items = (view: ReturnType<typeof page>) =>
    view('.thread > li')
      .map((_i, item) => (view(item).is('.event') ? view(item).find('b').text() : view(item).find('.text').text()))
      .get();
  const newest = page(await scene.as.ada.get(`/orders/${id}/messages`));
  expect([items(newest).length, items(newest)[0]]).toEqual([50, 'Message 8']);
  const earlier = page(await scene.as.ada.get(newest('a[rel=prev]').attr('href')!));
  expect(items(earlier)).toEqual([
    ...['Paid', 'Brief sent', 'Message 1', 'Message 2', 'Message 3', 'Message 4', 'Message 5', 'Delivered'],
    ...['Message 6', 'Message 7'],
  ]);
});

test('one’s newest message says when the other side has seen it; what an admin sees is nobody’s mark', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const seen = async (who: 'ada' | 'noor' | 'mina', at = `/orders/${id}/messages`) => {
    const view = page(await scene.as[who].get(at));
    return view('.message:contains("Seen") .text')
      .map((_i, text) => view(text).text())
      .get();
  };
  const say = (who: 'ada' | 'noor', body: string) => scene.as[who].post(`/orders/${id}/messages`, { body });
  await say('ada', 'First');
  await say('ada', 'Second');
  expect([await seen('mina'), await seen('ada')]).toEqual([[], []]);
  expect(await seen('noor', `/sell/orders/${id}`)).toEqual([]);
  expect([await seen('ada'), await seen('ada', `/orders/${id}`)]).toEqual([['Second'], ['Second']]);
  await say('ada', 'Third');
  expect(await seen('ada')).toEqual([]);
  await seen('noor');
  await say('noor', 'Answer');
  expect(await seen('ada')).toEqual(['Third']);
  expect(await seen('noor')).toEqual(['Answer']);
  expect(await seen('mina')).toEqual([]);
});

test('nobody marks for the other side, moves a mark back, or sees those of other people’s orders', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const as = (who: TestPerson, work: (trx: Transaction) => Promise<unknown>) =>
    transact(app, who.actor, work).catch((error: { code: string }) => error.code);
  const tomas = await createPerson(app, 'Tomas Elsewhere');
  await as(scene.ada, (trx) => markMessagesRead(trx, id, 'buyer', 7));
  await as(scene.ada, (trx) => markMessagesRead(trx, id, 'buyer', 3));
  expect(await as(scene.ada, (trx) => markMessagesRead(trx, id, 'seller', 9))).toBe('42501');
  expect(await as(tomas, (trx) => markMessagesRead(trx, id, 'buyer', 9))).toBe('42501');
  expect(await as(tomas, (trx) => trx('order_reads').where({ order_id: id }))).toEqual([]);
  expect(
    await as(scene.noor, (trx) => trx('order_reads').where({ order_id: id }).select('role', 'last_number')),
  ).toEqual([{ role: 'buyer', last_number: 7 }]);
});

test('an admin reads and does not write', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.mina.get(`/orders/${id}/messages`)).status).toBe(200);
  expect((await scene.as.mina.post(`/orders/${id}/messages`, { body: 'Hello' })).status).toBe(403);
});
