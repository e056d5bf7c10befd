import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { orderIn, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('the record holds scope, brief, deliveries, every message, history and money, for those who may see the order', async () => {
  const { ada, noor, mina, tomas } = scene.as;
  const id = await orderIn(app, scene, 'revision_requested');
  for (let number = 1; number <= 60; number += 1)
    await app.database.withActor(scene.ada.actor, (trx) =>
      trx('order_messages').insert({
        id: crypto.randomUUID(),
        order_id: id,
        sender_id: scene.ada.id,
        body: `Line ${number}.`,
      }),
    );
  const view = page(await ada.get(`/orders/${id}/record`));
  const text = view('#record').text();
  for (const words of [
    'Folded menu',
    'Second language',
    'Warda',
    'Here is the folded menu.',
    'Line 1.',
    'Line 60.',
    'Larger type',
    'Brief sent',
    'Noor Haddad',
    'Ada Marlowe',
  ])
    expect(text).toContain(words);
  const year = String(new Date().getFullYear());
  for (const time of view('.history time').get()) expect(view(time).text()).toContain(` ${year}, `);
  expect(view('.facts').text()).toContain(` ${year}, `);
  expect(view('.docket [data-cents="11500"]').length).toBe(1);
  expect(page(await ada.get(`/orders/${id}`))(`a[href="/orders/${id}/record"]`).text()).toContain(
    'Receipt and full record',
  );
  expect(page(await noor.get(`/orders/${id}/record`))('.docket [data-cents="10350"]').length).toBe(1);
  expect((await mina.get(`/orders/${id}/record`)).status).toBe(200);
  expect((await tomas.get(`/orders/${id}/record`)).status).toBe(404);
});
