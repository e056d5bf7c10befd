import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { visit, type Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { openEvents, type EventStream } from '../support/event-stream.ts';
import {
  asSystem,
  createPerson,
  deliverWork,
  orderIn,
  PASSWORD,
  setScene,
  transition,
  type Scene,
  type TestPerson,
} from '../support/orders.ts';

let app: TestApp;
let scene: Scene;
const open: EventStream[] = [];

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterEach(() => open.splice(0).forEach((stream) => stream.close()));
afterAll(() => app.stop());

/** Signs in and keeps the cookie, as the browser that opens the stream does. */
async function enter(person: TestPerson): Promise<{ client: Client; cookie: string }> {
  const client = visit(app);
  const response = await client.post('/login', { email: person.email, password: PASSWORD });
  const cookie = (response.headers['set-cookie'] as unknown as string[]).map((line) => line.split(';')[0]).join('; ');
  await client.get('/logout');
  return { client, cookie };
}

async function listen(cookie: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const stream = await openEvents(app.url, cookie, headers);
  open.push(stream);
  if (stream.response.statusCode === 200) {
    await eventually(async () => expect(stream.lastId()).not.toBe(''));
  }
  return stream;
}

const namesOf = ({ events }: EventStream) => events.map(({ name }) => name);

test('a page hears of its person’s orders, messages and news, and is not compressed on the way', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const { cookie } = await enter(scene.ada);
  const stream = await listen(cookie);
  expect(stream.response.headers).toMatchObject({ 'content-type': expect.stringContaining('text/event-stream') });
  expect(stream.response.headers['cache-control']).toContain('no-transform');
  expect(stream.response.headers['content-encoding']).toBeUndefined();
  await deliverWork(app, id, scene.noor);
  await eventually(async () => expect(namesOf(stream).sort()).toEqual(['notification', 'order']));
  expect(stream.events.find(({ name }) => name === 'order')!.data).toEqual({ subject: id, own: false });
  await scene.as.noor.post(`/orders/${id}/messages`, { body: 'Have a look' });
  await eventually(async () =>
    expect(stream.events).toContainEqual(
      expect.objectContaining({ name: 'message', data: { subject: id, own: false } }),
    ),
  );
  const ids = stream.events.map((event) => Number(event.id));
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
});

test('the actor’s other pages hear it too, marked as his own', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const { cookie } = await enter(scene.ada);
  const stream = await listen(cookie);
  await transition(app, id, 'accept_delivery', scene.ada.actor);
  await eventually(async () =>
    expect(stream.events).toMatchObject([{ name: 'order', data: { subject: id, own: true } }]),
  );
});

test('nobody hears of other people’s orders', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const tomas = await listen((await enter(await createPerson(app, 'Tomas Novak'))).cookie);
  const ada = await listen((await enter(scene.ada)).cookie);
  await deliverWork(app, id, scene.noor);
  await eventually(async () => expect(ada.events).toHaveLength(2));
  expect(tomas.events).toEqual([]);
});

test('whoever comes back with the last id is told what he missed, and what follows', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const { cookie } = await enter(scene.ada);
  const first = await listen(cookie);
  await asSystem(app, (trx) => trx.raw(`update live_events set created_at = created_at - interval '1 minute'`));
  const lastId = first.lastId();
  first.close();
  await deliverWork(app, id, scene.noor);
  const second = await listen(cookie, { 'last-event-id': lastId });
  await eventually(async () => expect(namesOf(second).sort()).toEqual(['notification', 'order']));
  expect(second.events.every((event) => Number(event.id) > Number(lastId))).toBe(true);
  await scene.as.noor.post(`/orders/${id}/messages`, { body: 'And more' });
  await eventually(async () => expect(namesOf(second)).toContain('message'));
});

test('a last id that is none starts afresh', async () => {
  const { cookie } = await enter(scene.ada);
  const stream = await listen(cookie, { 'last-event-id': '1; drop table orders' });
  expect([stream.response.statusCode, stream.events]).toEqual([200, []]);
});

test('signing out ends the stream for good, and leaves no session behind', async () => {
  const { client, cookie } = await enter(await createPerson(app, 'Ada Leaving'));
  const stream = await listen(cookie);
  await client.post('/logout');
  await stream.ended;
  expect(namesOf(stream)).toEqual(['end']);
  expect((await openEvents(app.url, cookie)).response.statusCode).toBe(401);
});

test('suspension ends the stream, and it does not open again', async () => {
  const ada = await createPerson(app, 'Ada Suspended');
  const { cookie } = await enter(ada);
  const stream = await listen(cookie);
  await asSystem(app, (trx) =>
    trx('users')
      .where({ id: ada.id })
      .update({ suspended_at: trx.raw('app_now()') }),
  );
  await stream.ended;
  expect((await listen(cookie)).response.statusCode).toBe(403);
});

test('an eleventh page of one person is refused; one that closes makes room', async () => {
  const { cookie } = await enter(await createPerson(app, 'Ada With Tabs'));
  const pages = await Promise.all(Array.from({ length: 10 }, () => listen(cookie)));
  expect((await listen(cookie)).response.statusCode).toBe(429);
  pages[0]!.close();
  await eventually(async () => expect((await listen(cookie)).response.statusCode).toBe(200));
});

test('when the database drops the line the pages are sent away to come back', async () => {
  const { cookie } = await enter(await createPerson(app, 'Ada Patient'));
  const stream = await listen(cookie);
  await asSystem(app, (trx) =>
    trx.raw(`select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'gigflow-live' and datname = current_database()`),
  );
  await stream.ended;
  expect(namesOf(stream)).toEqual([]);
  const again = await listen(cookie, { 'last-event-id': stream.lastId() });
  expect(again.response.statusCode).toBe(200);
});

test('a visitor gets 401, not a page that a stream would read', async () => {
  expect((await openEvents(app.url, '')).response.statusCode).toBe(401);
});

test('signed-in pages listen, a suspended person’s do not', async () => {
  expect((await scene.as.ada.get('/orders')).text).toContain('hx-sse:connect="/events"');
  expect((await visit(app).get('/')).text).not.toContain('/events');
});
