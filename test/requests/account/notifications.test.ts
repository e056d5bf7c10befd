import { afterAll, beforeAll, expect, test } from 'vitest';
import { notificationMail } from '../../../src/jobs/notification-mail.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import { asSystem, deliverWork, orderIn, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let mailbox: TestMailbox;
let scene: Scene;

beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ env: { SMTP_URL: mailbox.smtpUrl } });
  scene = await setScene(app);
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

/** Runs the job for the newest news of this kind, as the worker does. */
async function mailNewest(userId: string, kind: string): Promise<void> {
  const row = await asSystem(app, (trx) =>
    trx('notifications').where({ user_id: userId, kind }).orderBy('created_at', 'desc').first<{ id: string }>('id'),
  );
  await notificationMail(app.services, row.id);
}

test('every mail says why it came and where to choose; a topic that is switched off sends none', async () => {
  const first = await orderIn(app, scene, 'in_progress');
  await deliverWork(app, first, scene.noor);
  await mailNewest(scene.ada.id, 'order.deliver');
  const mail = await mailbox.next(scene.ada.email, /^Delivered/);
  expect(mail.text).toContain(`${app.url}/orders/${first}`);
  expect(mail.text).toContain('You get this mail because of: New orders, briefs, deliveries');
  expect(mail.text).toContain(`${app.url}/account/notifications`);

  const form = page(await scene.as.ada.get('/account/notifications'));
  expect(form('input[name=topics]:checked').length).toBe(form('input[name=topics]').length);
  const saved = await scene.as.ada.post('/account/notifications', { topics: ['messages', 'agreements', 'forged'] });
  expect(saved.headers.location).toBe('/account/notifications');
  const again = page(await scene.as.ada.get('/account/notifications'));
  const ticked = again('input[name=topics]:checked').map((_i, box) => again(box).val());
  expect(ticked.get().sort()).toEqual(['agreements', 'messages']);

  const second = await orderIn(app, scene, 'delivered');
  await mailNewest(scene.ada.id, 'order.deliver');
  await scene.as.noor.post(`/orders/${second}/messages`, { body: 'Have a look' });
  await mailNewest(scene.ada.id, 'message');
  expect((await mailbox.next(scene.ada.email, /wrote to you/)).text).toContain(`/orders/${second}#messages`);
  expect(mailbox.to(scene.ada.email).filter(({ subject }) => subject.startsWith('Delivered'))).toHaveLength(1);
  expect(page(await scene.as.ada.get('/notifications'))('#notifications li').text()).toContain('Delivered');
});

test('a message that was read meanwhile is not mailed', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  await scene.as.ada.post(`/orders/${id}/messages`, { body: 'Hello' });
  await scene.as.noor.get(`/sell/orders/${id}`);
  await mailNewest(scene.noor.id, 'message');
  expect(mailbox.to(scene.noor.email)).toEqual([]);
});
