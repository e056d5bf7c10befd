import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whopChatState } from '../../../src/models/whop-dm-channel.ts';
import { chatMessage } from '../../../src/whop/handlers/chat-message.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { asSystem, createPerson, openShop, orderIn, setScene, signIn, type Scene } from '../../support/orders.ts';
import { connectWhop, newPersona } from '../../support/whop-sign-in.ts';

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
});
afterAll(() => app.stop());

const section = async (browser: Client, orderId: string) => page(await browser.get(`/orders/${orderId}`))('#whop-chat');
const embedIn = async (browser: Client, orderId: string): Promise<Record<string, string> | undefined> =>
  (await section(browser, orderId)).find('whop-embed').attr();
const channels = (): Promise<{ channel_id: string }[]> => asSystem(app, (trx) => trx('whop_dm_channels'));

/** Two new people with an order; `linked` of them have a Whop account. */
async function pair(linked: ('buyer' | 'seller')[]) {
  const buyer = await createPerson(app, 'Ada Marlowe');
  const seller = await createPerson(app, 'Noor Haddad');
  const shop = await openShop(app, seller);
  const people = { shop, ada: buyer, noor: seller };
  const as = { buyer: await signIn(app, buyer), seller: await signIn(app, seller) };
  for (const side of linked) await connectWhop(app, as[side], await newPersona(app, side));
  return { ...people, buyer, seller, as, orderId: await orderIn(app, people, 'in_progress') };
}

test('without Whop on either side there is the thread, and the offer to connect for whoever has not', async () => {
  const { as, orderId } = await pair([]);
  const shown = page(await as.buyer.get(`/orders/${orderId}`));
  expect(shown('#messages form').length).toBe(1);
  expect(shown('#whop-chat a').attr('href')).toBe('/account/whop');
  expect(shown('#whop-chat').text()).toContain('Connect Whop');
  expect(await embedIn(as.buyer, orderId)).toBeUndefined();
});

test('who is connected already is offered nothing; the other side is', async () => {
  const { as, orderId } = await pair(['seller']);
  expect((await section(as.seller, orderId)).length).toBe(0);
  expect((await section(as.buyer, orderId)).text()).toContain('Connect Whop');
});

test('with Whop on both sides both find the same channel, for every order of theirs', async () => {
  const { as, orderId, shop, buyer, seller } = await pair(['buyer', 'seller']);
  const before = (await channels()).length;
  const buyers = (await embedIn(as.buyer, orderId))!;
  const sellers = (await embedIn(as.seller, orderId))!;
  expect(buyers).toMatchObject({ session: 'chat', type: 'chat-element', 'token-url': '/api/chat/token' });
  expect(JSON.parse(buyers.options!).channelId).toMatch(/^feed_/);
  expect(sellers.options).toBe(buyers.options);
  const next = await orderIn(app, { shop, ada: buyer, noor: seller }, 'in_progress');
  expect((await embedIn(as.buyer, next))!.options).toBe(buyers.options);
  expect((await channels()).length).toBe(before + 1);
  // No token stands in a page.
  expect((await as.buyer.get(`/orders/${orderId}`)).text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
});

test('both sides opening the order for the first time at once make one channel', async () => {
  const { as, orderId } = await pair(['buyer', 'seller']);
  const shown = await Promise.all([as.buyer, as.seller, as.buyer].map((browser) => embedIn(browser, orderId)));
  expect(new Set(shown.map((embed) => embed!.options)).size).toBe(1);
});

test('where the key may not open channels, or Whop is away, the thread is there; later the chat comes by itself', async () => {
  const { as, orderId } = await pair(['buyer', 'seller']);
  await app.emulator.faults({ permissions: { denied: ['dms:channel:manage'] } });
  const refused = await as.buyer.get(`/orders/${orderId}`);
  await app.emulator.faults({ api: { status: 500, rate: 1, only: 'POST /dm_channels' } });
  const away = await as.buyer.get(`/orders/${orderId}`);
  await app.emulator.faults({});
  for (const response of [refused, away]) {
    expect([response.status, page(response)('whop-embed').length, page(response)('#messages form').length]).toEqual([
      200, 0, 1,
    ]);
  }
  expect(await embedIn(as.buyer, orderId)).toBeDefined();
});

test('disconnecting ends the chat of this person; connecting another account opens a new one', async () => {
  const { as, orderId } = await pair(['buyer', 'seller']);
  const before = (await embedIn(as.buyer, orderId))!.options;
  await as.buyer.post('/account/whop/unlink');
  expect(await embedIn(as.seller, orderId)).toBeUndefined();
  await connectWhop(app, as.buyer, await newPersona(app, 'ada'));
  const after = (await embedIn(as.buyer, orderId))!.options;
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
});

test('an admin sees no chat of other people, and opening the page opens no channel', async () => {
  const { orderId } = await pair(['buyer', 'seller']);
  const before = (await channels()).length;
  expect((await section(scene.as.mina, orderId)).length).toBe(0);
  expect((await channels()).length).toBe(before);
});

test('what one side writes in the chat the other hears here too: once until it is read, never twice of one message', async () => {
  const { as, orderId, buyer, seller } = await pair(['buyer', 'seller']);
  const channelId = JSON.parse((await embedIn(as.buyer, orderId))!.options!).channelId as string;
  const sub = async ({ id }: { id: string }): Promise<string> =>
    (await asSystem(app, (trx) => trx('whop_identities').where({ user_id: id }).first('sub'))).sub;
  const [buyersSub, sellersSub] = [await sub(buyer), await sub(seller)];
  const arrives = async (id: string, from: string, channel = channelId) => {
    const data = { message: { id, user: { id: from }, content: 'secret words' }, channel: { id: channel } };
    const event = { id: 'msg_1', type: 'chat.message.created', accountId: null, occurredAt: null, data };
    await app.database.withSystem('whop', await chatMessage({ services: app.services, event }));
  };
  const told = (user: { id: string }): Promise<{ order_id: string; data: object; read_at: Date | null }[]> =>
    asSystem(app, (trx) => trx('notifications').where({ user_id: user.id, kind: 'message' }));

  await arrives('post_1', sellersSub);
  await arrives('post_2', sellersSub);
  expect(await told(buyer)).toMatchObject([{ order_id: orderId, data: { role: 'buyer' }, read_at: null }]);
  expect(await told(seller)).toEqual([]);
  expect(JSON.stringify(await told(buyer))).not.toContain('secret');
  expect(page(await as.buyer.get('/notifications')).text()).toContain('wrote to you');

  await asSystem(app, (trx) => trx('notifications').where({ user_id: buyer.id }).update({ read_at: new Date() }));
  await arrives('post_1', sellersSub);
  expect(await told(buyer)).toHaveLength(1);
  await arrives('post_3', sellersSub);
  expect(await told(buyer)).toHaveLength(2);

  await arrives('post_4', buyersSub);
  expect(await told(seller)).toMatchObject([{ data: { role: 'seller' } }]);

  const everything = () => asSystem(app, (trx) => trx('notifications').count().first());
  const before = await everything();
  await arrives('post_5', 'user_stranger');
  await arrives('post_6', sellersSub, 'feed_of_others');
  const odd = { id: 'msg_2', type: 'chat.message.created', accountId: null, occurredAt: null, data: { message: null } };
  await app.database.withSystem('whop', await chatMessage({ services: app.services, event: odd }));
  expect(await everything()).toEqual(before);
});

test('a swap of the workspace leaves the chat alone: it is no part of it', async () => {
  const { as, orderId } = await pair(['buyer', 'seller']);
  const partial = await as.buyer.get(`/orders/${orderId}`, { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
  expect(page(partial)('#workspace').length).toBe(1);
  expect(page(partial)('whop-embed').length).toBe(0);
  expect(page(await as.buyer.get(`/orders/${orderId}`))('#workspace whop-embed').length).toBe(0);
});

test('strangers learn nothing from the database about who is connected', async () => {
  const { orderId, buyer, seller } = await pair(['buyer', 'seller']);
  const asked = (id: string) => app.database.withActor({ role: 'user', id }, (trx) => whopChatState(trx, orderId));
  expect(await asked(buyer.id)).toMatchObject({ buyer_linked: true, seller_linked: true });
  expect(await asked(scene.ada.id)).toBeNull();
  expect(await asked(randomUUID())).toBeNull();
  const asBuyer = { role: 'user', id: buyer.id } as const;
  expect(await app.database.withActor(asBuyer, (trx) => trx('whop_identities').where({ user_id: seller.id }))).toEqual(
    [],
  );
  const forged = { buyer_id: buyer.id, seller_id: seller.id, channel_id: 'feed_forged' };
  await expect(app.database.withActor(asBuyer, (trx) => trx('whop_dm_channels').insert(forged))).rejects.toThrow(
    'row-level security',
  );
});
