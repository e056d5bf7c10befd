import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEW_THREADS_A_DAY } from '../../src/models/conversation.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, type Client } from '../support/client.ts';
import { asSystem, createPerson, openShop, setScene, signIn, type Scene } from '../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const ask = (client: Client, body = 'Do you print on linen?', gig = scene.shop.gigId) =>
  client.post('/conversations', { gig, body });

/** A new buyer with a thread of his own. */
async function asker(name: string): Promise<{ client: Client; id: string; thread: string }> {
  const person = await createPerson(app, name);
  const client = await signIn(app, person);
  const { headers } = await ask(client);
  return { client, id: person.id, thread: headers.location! };
}

test('the gig page leads to a question, and the question to a thread with its seller', async () => {
  const gig = page(await scene.as.ada.get(`/gigs/${scene.shop.slug}`));
  const link = gig('a:contains("Ask Noor first")').attr('href')!;
  const form = page(await scene.as.ada.get(link));
  expect(form('form[action="/conversations"] input[name=gig]').val()).toBe(scene.shop.gigId);
  const sent = await ask(scene.as.ada);
  expect(sent.status).toBe(303);
  const noors = page(await scene.as.noor.get('/messages'));
  expect(noors('li[data-unread] a').attr('href')).toBe(sent.headers.location);
  const thread = page(await scene.as.noor.get(sent.headers.location!));
  expect(thread('.message .text').text()).toBe('Do you print on linen?');
  expect(page(await scene.as.noor.get('/messages'))('li[data-unread]').length).toBe(0);
  expect((await scene.as.noor.get(`/gigs/${scene.shop.slug}`)).text).not.toContain('Ask Noor first');
});

test('a second question goes to the same thread, also when both arrive at once (defect 57)', async () => {
  const person = await createPerson(app, 'Ada Twice');
  const client = await signIn(app, person);
  const answers = await Promise.all([ask(client, 'One'), ask(client, 'Two')]);
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  const rows = await asSystem(app, (trx) => trx('conversations').where({ buyer_id: person.id }));
  expect(rows).toHaveLength(1);
  const again = await client.get(`/conversations/new?gig=${scene.shop.gigId}`);
  expect(again.headers.location).toBe(answers[0]!.headers.location);
});

test('nobody asks himself, about nothing, with nothing, or without signing in', async () => {
  expect((await ask(scene.as.noor)).status).toBe(403);
  expect((await ask(scene.as.ada, 'Hello', randomUUID())).status).toBe(404);
  const empty = await ask(scene.as.ada, ' ');
  expect([empty.status, page(empty)('.error-list a').attr('href')]).toEqual([422, '#body']);
  const visitor = await fetch(`${app.url}/conversations/new?gig=${scene.shop.gigId}`, { redirect: 'manual' });
  expect(visitor.headers.get('location')).toMatch(/^\/login\?next=/);
});

test('a stranger, an admin among them, finds no thread', async () => {
  const { thread } = await asker('Ada Private');
  for (const client of [scene.as.tomas, scene.as.mina]) {
    expect((await client.get(thread)).status).toBe(404);
    expect((await client.post(thread, { body: 'Hello' })).status).toBe(404);
    expect((await client.post(thread.replace('/messages', '/conversations') + '/block')).status).toBe(404);
  }
});

test('both sides answer, markup stays text, a repeated form is kept once', async () => {
  const { client, thread } = await asker('Ada Talking');
  const body = { body: '<b>Yes</b>', form_key: randomUUID() };
  await Promise.all([1, 2].map(() => scene.as.noor.post(thread, body)));
  const view = page(await client.get(thread));
  expect(view('.message').length).toBe(2);
  expect(view('.message .text').last().text()).toBe('<b>Yes</b>');
});

test('one unread notification stands for a thread, however many messages follow; reading the thread reads it', async () => {
  const { client, id, thread } = await asker('Ada Told');
  for (const body of ['One', 'Two', 'Three']) await scene.as.noor.post(thread, { body });
  const rows = () => asSystem(app, (trx) => trx('notifications').where({ user_id: id, kind: 'message' }));
  expect(await rows()).toHaveLength(1);
  const list = page(await client.get('/notifications'));
  expect(list('#notifications li a').attr('href')).toBe(thread);
  expect(list('#notifications li').text()).toContain('Noor Haddad wrote to you');
  expect(page(await client.get(thread))('#unread:not([hidden])').length).toBe(0);
  await scene.as.noor.post(thread, { body: 'Four' });
  expect(await rows()).toHaveLength(2);
});

test('contact details in a first message are pointed out, not refused', async () => {
  const person = await createPerson(app, 'Ada Elsewhere');
  const client = await signIn(app, person);
  const { headers } = await ask(client, 'Write to ada@example.com instead');
  expect(page(await scene.as.noor.get(headers.location!))('.flash').text()).toContain('contact details');
});

test('who is blocked cannot write, neither can who blocked; taking it back opens the thread', async () => {
  const { client, thread } = await asker('Ada Blocked');
  const act = (name: string) => `${thread.replace('/messages', '/conversations')}/${name}`;
  expect((await scene.as.noor.post(act('block'))).status).toBe(303);
  expect((await client.post(thread, { body: 'Hello?' })).status).toBe(409);
  expect((await scene.as.noor.post(thread, { body: 'No' })).status).toBe(409);
  expect(page(await client.get(thread))('#message-form').length).toBe(0);
  expect((await client.post(act('unblock'))).status).toBe(303);
  expect((await client.post(thread, { body: 'Hello?' })).status).toBe(409);
  await scene.as.noor.post(act('unblock'));
  expect((await client.post(thread, { body: 'Hello!' })).status).toBe(303);
});

test('a report needs a reason and stands in the audit log', async () => {
  const { thread } = await asker('Ada Rude');
  const action = `${thread.replace('/messages', '/conversations')}/report`;
  expect((await scene.as.noor.post(action, { reason: '' })).status).toBe(422);
  expect((await scene.as.noor.post(action, { reason: 'Insults' })).status).toBe(303);
  const [event] = await asSystem(app, (trx) => trx('audit_events').where({ action: 'conversation.report' }));
  expect(event).toMatchObject({
    actor_id: scene.noor.id,
    target_id: thread.split('/')[2],
    details: { reason: 'Insults' },
  });
});

test('a person begins twenty threads a day, old ones stay open to him (defect 31)', async () => {
  const { client, id, thread } = await asker('Ada Curious');
  const sellers = await Promise.all(
    Array.from({ length: NEW_THREADS_A_DAY - 1 }, (_, n) => createPerson(app, `Seller ${n}`)),
  );
  await asSystem(app, (trx) =>
    trx('conversations').insert(sellers.map((seller) => ({ id: randomUUID(), buyer_id: id, seller_id: seller.id }))),
  );
  const other = await openShop(app, await createPerson(app, 'Tomas Shop'));
  expect((await ask(client, 'One more', other.gigId)).status).toBe(429);
  expect((await client.post(thread, { body: 'Still here' })).status).toBe(303);
});

test('a long thread shows its newest fifty and leads to the earlier ones (defect 58)', async () => {
  const { client, id, thread } = await asker('Ada Chatty');
  await asSystem(app, (trx) =>
    trx('order_messages').insert(
      Array.from({ length: 60 }, (_, n) => ({
        id: randomUUID(),
        conversation_id: thread.split('/')[2],
        sender_id: id,
        body: `Message ${n + 1}`,
      })),
    ),
  );
  const view = page(await client.get(thread));
  expect([view('.message').length, view('.message .text').last().text()]).toEqual([50, 'Message 60']);
  const earlier = page(await client.get(view('a[rel=prev]').attr('href')!));
  expect([earlier('.message').length, earlier('.message .text').first().text()]).toEqual([
    11,
    'Do you print on linen?',
  ]);
});
