import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { notificationMail } from '../../../src/jobs/notification-mail.ts';
import { orderDeadlines } from '../../../src/jobs/order-deadlines.ts';
import { remind } from '../../../src/jobs/reminders.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import {
  asSystem,
  createGuest,
  deliverWork,
  orderIn,
  placeOrder,
  sendBrief,
  setScene,
  transition,
  type Scene,
} from '../../support/orders.ts';

let app: TestApp;
let mailbox: TestMailbox;
let scene: Scene;

beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ env: { SMTP_URL: mailbox.smtpUrl } });
  scene = await setScene(app);
});
afterEach(() => clock.set(null));
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

interface Reminder {
  id: string;
  kind: string;
  data: { role: string };
  withdrawn_at: Date | null;
}

const at = (text: string) => clock.set(new Date(`${text}:00Z`));
const run = () => Promise.all([remind(app.services), remind(app.services)]);
const remindersOf = (orderId: string) =>
  asSystem(app, (trx) =>
    trx<Reminder>('notifications')
      .where({ order_id: orderId } as never)
      .andWhereLike('kind', 'reminder.%')
      .orderBy('created_at'),
  );
/** What stands of them, and `-` before what was withdrawn. */
async function told(orderId: string): Promise<string[]> {
  const rows = await remindersOf(orderId);
  return rows.map(({ kind, data, withdrawn_at: gone }) => `${gone ? '-' : ''}${kind.slice(9)} ${data.role}`);
}

test('a missing brief: after a day and after six, each once, gone with the brief', async () => {
  at('2026-03-02T09:00');
  const id = await placeOrder(app, { shop: scene.shop, buyer: scene.ada });
  at('2026-03-03T08:59');
  await run();
  expect(await told(id)).toEqual([]);
  at('2026-03-03T09:00');
  await run();
  await run();
  expect(await told(id)).toEqual(['brief buyer']);
  at('2026-03-08T09:00');
  await run();
  await run();
  expect(await told(id)).toEqual(['-brief buyer', 'brief buyer']);
  await sendBrief(app, id, scene.ada);
  expect(await told(id)).toEqual(['-brief buyer', '-brief buyer']);
});

test('a delivery: due soon, late, late for the buyer too; gone with the delivery, then the buyer is reminded of it', async () => {
  at('2026-03-02T09:00');
  const id = await orderIn(app, scene, 'in_progress');
  at('2026-03-04T08:59');
  await run();
  expect(await told(id)).toEqual([]);
  at('2026-03-04T09:00');
  await run();
  expect(await told(id)).toEqual(['due seller']);
  at('2026-03-05T09:00');
  await run();
  expect(await told(id)).toEqual(['-due seller', 'late seller']);
  at('2026-03-06T09:00');
  await run();
  expect(await told(id)).toEqual(['-due seller', 'late seller', 'late buyer']);
  await deliverWork(app, id, scene.noor);
  expect(await told(id)).toEqual(['-due seller', '-late seller', '-late buyer']);
  at('2026-03-08T12:00');
  await run();
  expect((await told(id)).slice(3)).toEqual(['accept buyer']);
  await transition(app, id, 'accept_delivery', scene.ada.actor);
  expect((await told(id)).slice(3)).toEqual(['-accept buyer']);
});

test('an answer that is needed: the other side, a day before it lapses; gone with the answer or the lapse', async () => {
  at('2026-03-02T09:00');
  const answered = await orderIn(app, scene, 'in_progress', { days: 30 });
  const lapsed = await orderIn(app, scene, 'in_progress', { days: 30 });
  for (const id of [answered, lapsed])
    await scene.as.noor.post(`/orders/${id}/extensions`, { days: '2', reason: 'The printer is ill' });
  at('2026-03-04T09:00');
  await run();
  expect([await told(answered), await told(lapsed)]).toEqual([['answer buyer'], ['answer buyer']]);
  const [proposal] = await asSystem(app, (trx) => trx('proposals').where({ order_id: answered }).pluck<string[]>('id'));
  await scene.as.ada.post(`/orders/${answered}/extensions/${proposal}/decline`, {});
  expect(await told(answered)).toEqual(['-answer buyer']);
  at('2026-03-05T09:00');
  await orderDeadlines(app.services);
  expect(await told(lapsed)).toEqual(['-answer buyer']);
});

test('a review: both sides two days before the window closes; whoever wrote one is left alone', async () => {
  at('2026-03-02T09:00');
  const id = await orderIn(app, scene, 'completed');
  at('2026-03-14T09:00');
  await run();
  expect((await told(id)).sort()).toEqual(['review buyer', 'review seller']);
  await scene.as.ada.post(`/orders/${id}/reviews`, { rating: '5', body: 'Just right.' });
  expect((await told(id)).sort()).toEqual(['-review buyer', 'review seller']);
  at('2026-03-16T09:00');
  await run();
  await run();
  expect((await told(id)).sort()).toEqual(['-review buyer', '-review seller']);
});

test('the list and the badge lose what is withdrawn; its mail is not sent any more', async () => {
  at('2026-03-02T09:00');
  const id = await orderIn(app, scene, 'in_progress');
  const gone = await orderIn(app, scene, 'in_progress');
  await scene.as.noor.post('/notifications/reading', {});
  at('2026-03-04T09:00');
  await run();
  const list = async () => page(await scene.as.noor.get('/notifications'))('#notifications li').text();
  expect((await list()).match(/Due soon/g)).toHaveLength(2);
  await deliverWork(app, gone, scene.noor);
  expect((await list()).match(/Due soon/g)).toHaveLength(1);
  const unread = await asSystem(app, (trx) =>
    trx('notifications').where({ user_id: scene.noor.id, read_at: null, kind: 'reminder.due' }).pluck('order_id'),
  );
  expect(unread).toEqual([id]);
  for (const orderId of [gone, id]) await notificationMail(app.services, (await remindersOf(orderId))[0]!.id);
  const mail = await mailbox.next(scene.noor.email, /^Due soon/);
  expect(mail.text).toContain(`${app.url}/sell/orders/${id}`);
  expect(mail.text).toContain('Reminders of what waits for you');
  expect(mailbox.to(scene.noor.email)).toHaveLength(1);
});

test('whoever does not want reminders reads them in the app alone; a guest gets them with his link', async () => {
  at('2026-03-02T09:00');
  const form = page(await scene.as.ada.get('/account/notifications'));
  const topics = form('input[name=topics]')
    .map((_i, box) => form(box).val())
    .get() as string[];
  expect(topics).toContain('reminders');
  await scene.as.ada.post('/account/notifications', { topics: topics.filter((topic) => topic !== 'reminders') });
  const guest = await createGuest(app);
  const own = await placeOrder(app, { shop: scene.shop, buyer: scene.ada });
  const theirs = await placeOrder(app, { shop: scene.shop, guest });
  at('2026-03-03T09:00');
  await run();
  for (const orderId of [own, theirs]) await notificationMail(app.services, (await remindersOf(orderId))[0]!.id);
  const mail = await mailbox.next(`guest-${guest.id.slice(0, 8)}@gigflow.test`, /^The brief is missing/);
  expect(mail.text).toContain(`${app.url}/o/`);
  expect(mailbox.to(scene.ada.email)).toEqual([]);
  expect(page(await scene.as.ada.get('/notifications'))('#notifications li').text()).toContain('The brief is missing');
});
