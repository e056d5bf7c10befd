import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit, type Client } from '../support/client.ts';
import { orderIn, readOrder, setScene, transition, type Scene } from '../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const feedOf = async (client: Client): Promise<string> =>
  new URL(page(await client.get('/account/notifications'))('a[href$=".ics"]').attr('href')!).pathname;
const stamp = (at: Date | null) => at!.toISOString().replace(/[-:]|\.\d+/g, '');

/** Read as a calendar program does: no cookie, lines unfolded. */
async function read(feed: string): Promise<string> {
  const response = await visit(app).get(feed);
  expect([response.status, response.type]).toEqual([200, 'text/calendar']);
  expect(response.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  return response.text.replaceAll('\r\n ', '');
}

test('each side’s feed holds the dates that run for it, and loses them when the order moves on', async () => {
  const [adas, noors, tomass] = [scene.as.ada, scene.as.noor, scene.as.tomas].map(feedOf);
  const working = await orderIn(app, scene, 'in_progress');
  const delivered = await orderIn(app, scene, 'delivered');
  const buyer = await read(await adas!);
  const seller = await read(await noors!);
  expect(buyer).toContain(`DTSTART:${stamp((await readOrder(app, delivered)).auto_complete_at)}`);
  expect(buyer).toContain('SUMMARY:Check the delivery: Menu and price list for your café');
  expect(seller).toContain(`DTSTART:${stamp((await readOrder(app, working)).due_at)}`);
  expect(seller).toContain(`URL:${app.url}/sell/orders/${working}`);
  expect(await read(await tomass!)).not.toContain('BEGIN:VEVENT');
  await transition(app, delivered, 'accept_delivery', scene.ada.actor);
  expect(await read(await adas!)).not.toContain(delivered);
});

test('a token that is not ours, or another person’s id with it, opens nothing', async () => {
  const feed = await feedOf(scene.as.ada);
  const foreign = feed.replace(scene.ada.id, scene.noor.id);
  for (const address of [foreign, '/calendar/x.ics', `/calendar/${scene.ada.id}.ics`]) {
    expect((await visit(app).get(address)).status).toBe(404);
  }
});
