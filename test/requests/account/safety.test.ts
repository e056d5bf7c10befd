import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { deleteAccounts } from '../../../src/jobs/delete-accounts.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { asSystem, createPerson, orderIn, setScene, signIn, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
});
afterAll(async () => {
  clock.set(null);
  await app.stop();
});

const DAY = 86_400_000;
const rows = (table: string, where: object) => asSystem(app, (trx) => trx(table).where(where).select());
const password = { current_password: 'correct horse battery' };

test('the sessions page shows each device and this one; one and all others can be ended', async () => {
  const person = await createPerson(app, 'Ada Devices');
  const here = await signIn(app, person);
  const firefox = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const there = visit(app);
  await there.post('/login', { email: person.email, password: 'correct horse battery' }, firefox);
  const third = await signIn(app, person);

  const list = page(await here.get('/account/sessions'));
  expect(list('.things li')).toHaveLength(3);
  expect(list('.things').text()).toContain('Firefox on Linux');
  expect(list('.things .badge').text()).toBe('This device');
  const sids = (await rows('sessions', { user_id: person.id })).map(({ sid }) => sid as string);
  for (const sid of sids) expect(list.html()).not.toContain(sid);

  const linux = list('.things li').filter((_, li) => list(li).text().includes('Firefox'));
  const key = linux.find('input[name=session]').attr('value')!;
  await here.post('/account/sessions/ending', { session: key });
  expect((await there.get('/account')).status).toBe(303);
  expect((await third.get('/account')).status).toBe(200);
  await here.post('/account/sessions/ending', { session: 'others' });
  expect((await third.get('/account')).status).toBe(303);
  expect((await here.get('/account')).status).toBe(200);
});

test("nobody ends another's session", async () => {
  const list = page(await scene.as.ada.get('/account/sessions'));
  expect(list('.things li')).toHaveLength(1);
  const { sessionKey } = await import('../../../src/models/session.ts');
  const [session] = await rows('sessions', { user_id: scene.ada.id });
  const answer = await scene.as.tomas.post('/account/sessions/ending', { session: sessionKey(session.sid) });
  expect(answer.status).toBe(404);
  expect((await scene.as.ada.get('/account')).status).toBe(200);
});

test('a session ends after 90 days although it is used, and is written once a day', async () => {
  const person = await createPerson(app, 'Ada Faithful');
  const browser = await signIn(app, person);
  const start = Date.now();
  const expiry = async () => (await rows('sessions', { user_id: person.id }))[0]?.expire as Date;
  await asSystem(app, (trx) =>
    trx('sessions')
      .where({ user_id: person.id })
      .update({ expire: trx.raw(`now() + interval '1 day'`) }),
  );
  const first = await expiry();
  await browser.get('/account');
  expect(await expiry()).toEqual(first);
  clock.set(new Date(start + 2 * DAY));
  expect((await browser.get('/account')).headers['set-cookie']?.[0]).toContain('gigflow=');
  expect((await expiry()).getTime()).toBeGreaterThan(first.getTime());
  clock.set(new Date(start + 89 * DAY));
  expect((await browser.get('/account')).status).toBe(200);
  clock.set(new Date(start + 91 * DAY));
  expect((await browser.get('/account')).status).toBe(303);
  clock.set(null);
  expect(await expiry()).toBeUndefined();
});

test('a session that nobody used for 30 days is over', async () => {
  const person = await createPerson(app, 'Ada Idle');
  const browser = await signIn(app, person);
  const [row] = await rows('sessions', { user_id: person.id });
  expect((row.expire as Date).getTime() - Date.now()).toBeLessThan(30 * DAY + 5_000);
  await asSystem(app, (trx) =>
    trx('sessions')
      .where({ user_id: person.id })
      .update({ expire: trx.raw('now()') }),
  );
  expect((await browser.get('/account')).status).toBe(303);
});

test('the security page tells what happened, from where', async () => {
  const person = await createPerson(app, 'Ada Watched');
  await visit(app).post('/login', { email: person.email, password: 'a wrong password' });
  const browser = await signIn(app, person);
  const shown = page(await browser.get('/account/security'));
  const events = shown('.things li b')
    .toArray()
    .map((node) => shown(node).text());
  expect(events).toEqual(['Signed in', 'Sign-in with a wrong password']);
  const [event] = await rows('audit_events', { subject_id: person.id, action: 'sign-in' });
  expect(event).toMatchObject({ actor_id: person.id, address: expect.stringMatching(/127\.0\.0\.1|::1/) });
  expect(event.request_id).toMatch(/^[0-9a-f-]{36}$/);
});

test('the export holds what is his, and no secret', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const answer = await scene.as.ada.get('/account/export');
  expect(answer.headers['content-disposition']).toContain('attachment');
  const data = answer.body as { account: object[]; orders: { id: string }[]; answers: object[] };
  expect(data.account).toMatchObject([{ email: scene.ada.email }]);
  expect(data.orders.map((order) => order.id)).toContain(id);
  expect(data.answers.length).toBeGreaterThan(0);
  expect(answer.text).not.toMatch(/argon2|password_hash|token|secret/);
  expect(answer.text).not.toContain(scene.noor.email);
});

test('deletion waits 14 days, can be withdrawn, and takes what is personal', async () => {
  const person = await createPerson(app, 'Ada Leaving');
  const browser = await signIn(app, person);
  expect((await browser.post('/account/deletion', { current_password: 'wrong' })).status).toBe(422);
  await browser.post('/account/deletion', password);
  await browser.post('/account/deletion/withdrawal');
  expect((await rows('users', { id: person.id }))[0].deletion_asked_at).toBeNull();

  await browser.post('/account/deletion', password);
  expect((await browser.get('/account/deletion')).text).toContain('will be deleted on');
  clock.set(new Date(Date.now() + 13 * DAY));
  await deleteAccounts(app.services);
  expect((await rows('users', { id: person.id }))[0].email).toBe(person.email);
  clock.set(new Date(Date.now() + 15 * DAY));
  expect((await deleteAccounts(app.services)).deleted).toBe(1);
  clock.set(null);
  expect((await rows('users', { id: person.id }))[0]).toMatchObject({ email: null, password_hash: null });
  expect((await rows('profiles', { user_id: person.id }))[0].display_name).toBe('Former member');
  expect((await browser.get('/account')).status).toBe(303);
  expect(
    (await visit(app).post('/login', { email: person.email, ...{ password: password.current_password } })).status,
  ).toBe(422);
});

test('nobody is deleted while an order is open; finished orders stay', async () => {
  const leaver = await createPerson(app, 'Ada Bound');
  const id = await orderIn(app, { ...scene, ada: leaver }, 'delivered');
  const browser = await signIn(app, leaver);
  expect((await browser.get('/account/deletion')).text).toContain('an order that is not finished');
  expect((await browser.post('/account/deletion', password)).status).toBe(409);
  await transition(app, id, 'accept_delivery', leaver.actor);
  expect((await browser.post('/account/deletion', password)).status).toBe(303);
  clock.set(new Date(Date.now() + 15 * DAY));
  await deleteAccounts(app.services);
  clock.set(null);
  expect((await rows('orders', { id }))[0]).toMatchObject({ status: 'completed', buyer_id: leaver.id });
  expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).toContain('Former member');
});

test('Mina suspends Tomas with a reason and lifts it; he reads it, looks, and cannot act', async () => {
  const tomas = await createPerson(app, 'Tomas Suspended');
  const browser = await signIn(app, tomas);
  const place = `/admin/users/${tomas.id}`;
  const { mina } = scene.as;
  expect((await mina.get(`/admin/users?q=${encodeURIComponent(tomas.email)}`)).text).toContain(tomas.name);
  expect((await mina.post(`${place}/suspension`, { reason: '' })).status).toBe(422);
  expect((await mina.post(`${place}/suspension`, { reason: 'Sent spam to buyers.' })).headers.location).toBe(place);
  expect((await mina.post(`${place}/suspension`, { reason: 'Sent spam to buyers.' })).status).toBe(409);

  const act = await browser.post('/account/profile', { display_name: 'X', username: 'x-y-z', time_zone: 'UTC' });
  expect([act.status, page(act)('h1').text()]).toEqual([403, 'Your account is suspended']);
  expect((await browser.get('/account/security')).text).toContain('Sent spam to buyers.');
  expect((await browser.get('/account/export')).status).toBe(200);
  expect((await mina.get('/admin/users?only=suspended')).text).toContain(tomas.name);

  await mina.post(`${place}/reinstatement`);
  expect((await browser.post('/account/profile', { display_name: 'X' })).status).toBe(422);
  const log = (await mina.get('/admin/audit?action=user.')).text;
  expect(log).toContain('Account suspended');
  expect(log).toContain('Sent spam to buyers.');
  expect(log).not.toContain('Signed in');
});

test('an admin suspends neither himself nor another admin; nobody else suspends at all', async () => {
  await createPerson(app, 'Mina Other', { role: 'admin' });
  const admins = await rows('users', { role: 'admin' });
  expect(admins).toHaveLength(2);
  for (const { id } of admins) {
    const answer = await scene.as.mina.post(`/admin/users/${id}/suspension`, { reason: 'A good reason' });
    expect(answer.status).toBe(403);
  }
  for (const browser of [scene.as.ada, scene.as.noor, visit(app)]) {
    expect((await browser.get('/admin/users')).status).toBe(404);
    expect((await browser.get('/admin/audit')).status).toBe(404);
    expect((await browser.post(`/admin/users/${scene.ada.id}/suspension`, { reason: 'A good reason' })).status).toBe(
      404,
    );
  }
});

test('suspending a seller takes his listings in the same moment', async () => {
  expect(await rows('gig_listings', { seller_id: scene.noor.id })).toHaveLength(1);
  await scene.as.mina.post(`/admin/users/${scene.noor.id}/suspension`, { reason: 'Identity in doubt.' });
  expect(await rows('gig_listings', { seller_id: scene.noor.id })).toEqual([]);
});
