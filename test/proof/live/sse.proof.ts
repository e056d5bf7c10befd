import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { openEvents, type EventStream } from '../../support/event-stream.ts';
import { asSystem, createPerson } from '../../support/orders.ts';

const PEOPLE = 100;
const PAGES = 5;
const ROUNDS = 20;

let app: TestApp;
const people: { id: string; cookie: string }[] = [];

beforeAll(async () => {
  app = await startTestApp();
  for (let n = 0; n < PEOPLE; n += 1) {
    const { id } = await createPerson(app, `Listener ${n}`);
    people.push({ id, cookie: await sessionOf(id) });
  }
});
afterAll(() => app.stop());

/** A session as signing in leaves it; a hundred passwords would be checked for longer than the proof takes. */
async function sessionOf(userId: string): Promise<string> {
  const sid = randomUUID();
  const sess = { cookie: { originalMaxAge: 86_400_000, httpOnly: true, path: '/' }, userId };
  await asSystem(app, (trx) =>
    trx.raw(`insert into sessions (sid, sess, expire) values (?, ?, now() + interval '1 day')`, [
      sid,
      JSON.stringify({ ...sess, createdAt: new Date(), seenAt: new Date() }),
    ]),
  );
  const signature = createHmac('sha256', app.config.sessionSecret).update(sid).digest('base64').replace(/=+$/, '');
  return `gigflow=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}

const tell = (ids: string[]) =>
  asSystem(app, (trx) =>
    trx('notifications').insert(ids.map((user_id) => ({ user_id, kind: 'proof', data: '{"role":"buyer"}' }))),
  );

test(`${PEOPLE * PAGES} pages on one process each hear everything of their person and nothing else`, async () => {
  const before = process.memoryUsage().rss;
  const streams: EventStream[][] = [];
  for (const { cookie } of people) {
    streams.push(await Promise.all(Array.from({ length: PAGES }, () => openEvents(app.url, cookie))));
  }
  const all = streams.flat();
  expect(all.every(({ response }) => response.statusCode === 200)).toBe(true);
  await eventually(async () => expect(all.every((stream) => stream.lastId() !== '')).toBe(true), 30_000);

  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) await tell(people.map(({ id }) => id));
  await eventually(async () => {
    expect(all.reduce((sum, { events }) => sum + events.length, 0)).toBe(PEOPLE * PAGES * ROUNDS);
  }, 60_000);
  const seconds = (performance.now() - startedAt) / 1_000;

  for (const pages of streams) {
    const ids = pages.map(({ events }) => events.map(({ id }) => Number(id)));
    expect(new Set(ids.map(String)).size).toBe(1);
    expect(ids[0]).toEqual([...new Set(ids[0])].sort((a, b) => a - b));
  }
  const owned = await asSystem(app, (trx) =>
    trx('live_events').select<{ id: number; user_id: string }[]>('id', 'user_id'),
  );
  const ownerOf = new Map(owned.map(({ id, user_id }) => [id, user_id]));
  streams.forEach((pages, n) => {
    for (const { id } of pages[0]!.events) expect(ownerOf.get(Number(id))).toBe(people[n]!.id);
  });

  const connections = await asSystem(app, (trx) =>
    trx.raw(
      `select count(*)::int as n from pg_stat_activity where application_name = 'gigflow-live' and datname = current_database()`,
    ),
  );
  expect((connections as { rows: { n: number }[] }).rows[0]!.n).toBe(1);
  const grown = Math.round((process.memoryUsage().rss - before) / 1024 / 1024);
  console.log(
    `${all.length} pages, ${all.length * ROUNDS} events in ${seconds.toFixed(1)} s, ${grown} MB more (client included)`,
  );
  expect(grown).toBeLessThan(200);
  all.forEach((stream) => stream.close());
});
