import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guestToken } from '../../../src/models/guest-buyer.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit } from '../../support/client.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import { asSystem, PASSWORD, placeOrder, setScene, signIn, type Scene } from '../../support/orders.ts';
import { createHash } from 'node:crypto';

let app: TestApp;
let mailbox: TestMailbox;
let scene: Scene;
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
  scene = await setScene(app);
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

/** A guest with a real link, and what he bought. */
async function buyAsGuest(email: string): Promise<{ link: string; orderId: string }> {
  const id = randomUUID();
  const token = guestToken(app.config, id);
  const token_hash = createHash('sha256').update(token).digest('hex');
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id, email, token_hash }));
  return { link: `/o/${token}`, orderId: await placeOrder(app, { shop: scene.shop, guest: { id } }) };
}
const buyerOf = async (orderId: string) =>
  (await asSystem(app, (trx) => trx('orders').where({ id: orderId }).first('buyer_id', 'guest_buyer_id'))) as {
    buyer_id: string | null;
    guest_buyer_id: string | null;
  };

test('the link opens the order and tells no other site; without it the order is not there', async () => {
  const { link, orderId } = await buyAsGuest('guest@gigflow.test');
  const guest = visit(app);
  expect((await guest.get(`/orders/${orderId}`)).status).toBe(303);
  const opened = await guest.get(link);
  expect([opened.status, opened.headers.location]).toEqual([303, `/orders/${orderId}`]);
  expect(opened.headers['referrer-policy']).toBe('no-referrer');
  expect((await guest.get(`/orders/${orderId}`)).status).toBe(200);
  expect((await scene.as.tomas.get(`/orders/${orderId}`)).status).toBe(404);
});

test('a proven equal address claims at once; the link ends', async () => {
  const { link, orderId } = await buyAsGuest(scene.ada.email);
  expect((await scene.as.ada.post(`/orders/${orderId}/claim`)).headers.location).toBe(`/orders/${orderId}`);
  expect(await buyerOf(orderId)).toEqual({ buyer_id: scene.ada.id, guest_buyer_id: null });
  expect((await scene.as.ada.get(`/orders/${orderId}`)).status).toBe(200);
  expect((await visit(app).get(link)).status).toBe(404);
});

test('an equal address that is not proven, a stranger and the seller get nothing', async () => {
  const { link, orderId } = await buyAsGuest('unproven@gigflow.test');
  const unproven = await signUp(app, 'Ada Unproven', { email: 'unproven@gigflow.test' });
  for (const browser of [unproven, scene.as.tomas, scene.as.noor, scene.as.mina]) {
    expect((await browser.get(`/orders/${orderId}/claim`)).status).toBe(404);
    expect((await browser.post(`/orders/${orderId}/claim`, { confirm: 'yes' })).status).toBe(404);
  }
  await scene.as.noor.get(link);
  expect((await scene.as.noor.post(`/orders/${orderId}/claim`, { confirm: 'yes' })).status).toBe(404);
  expect((await buyerOf(orderId)).buyer_id).toBeNull();
});

test('the link in the session claims after a question, asked at sign-in', async () => {
  const { link, orderId } = await buyAsGuest('somebody@gigflow.test');
  const browser = visit(app);
  await browser.get(link);
  const answer = await browser.post('/login', { email: scene.ada.email, password: 'correct horse battery' });
  expect(answer.headers.location).toBe(`/orders/${orderId}/claim`);
  expect((await browser.get(`/orders/${orderId}/claim`)).text).toContain('somebody@gigflow.test');
  expect((await browser.post(`/orders/${orderId}/claim`)).headers.location).toBe(`/orders/${orderId}/claim`);
  expect((await buyerOf(orderId)).buyer_id).toBeNull();
  await browser.post(`/orders/${orderId}/claim`, { confirm: 'yes' });
  expect((await buyerOf(orderId)).buyer_id).toBe(scene.ada.id);
  expect((await browser.get('/orders')).text).toContain(orderId);
});

test('whoever is signed in and opens a link is asked', async () => {
  const { link, orderId } = await buyAsGuest('other@gigflow.test');
  const browser = await signIn(app, scene.ada);
  expect((await browser.get(link)).headers.location).toBe(`/orders/${orderId}/claim`);
});

test('the links are mailed again; nobody learns whether somebody bought with an address', async () => {
  const { link } = await buyAsGuest('again@gigflow.test');
  const answers = [];
  for (const email of ['again@gigflow.test', 'never@gigflow.test']) {
    const browser = visit(app);
    const answer = await browser.post('/order-links', { email });
    answers.push([
      answer.status,
      page(await browser.get('/order-links'))('.flash')
        .text()
        .replace(email, 'X'),
    ]);
  }
  expect(answers[0]).toEqual(answers[1]);
  const { text } = await mailbox.next('again@gigflow.test', /The links to your orders/);
  expect(text).toContain(app.url + link);
  expect(mailbox.to('never@gigflow.test')).toEqual([]);
});

test('a guest is shown the way into an account; signed in from the order’s page he is asked, not turned away', async () => {
  const { link, orderId } = await buyAsGuest('lena@gigflow.test');
  const guest = visit(app);
  await guest.get(link);
  const view = page(await guest.get(`/orders/${orderId}`));
  expect(view('a:contains("Keep this order in an account")').attr('href')).toBe(
    `/signup?next=${encodeURIComponent(`/orders/${orderId}/claim`)}`,
  );
  await guest.post('/login', { email: scene.ada.email, password: PASSWORD, next: `/orders/${orderId}` });
  const opened = await guest.get(`/orders/${orderId}`);
  expect([opened.status, opened.headers.location]).toEqual([303, `/orders/${orderId}/claim`]);
  await guest.post(`/orders/${orderId}/claim`, { confirm: 'yes' });
  expect((await guest.get(`/orders/${orderId}`)).status).toBe(200);
});
