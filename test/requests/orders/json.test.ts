import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { visit } from '../../support/client.ts';
import { orderIn, questionIds, readOrder, setScene, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

test('the scripts’ addresses do the same, JSON in and out', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements');
  const ids = await questionIds(app, id);
  const { ada, noor } = scene.as;
  const answers = { [ids.name!]: 'Warda', [ids.dishes!]: 'Tea', [ids.size!]: 'A4' };
  const acts: [typeof ada, string, object, string][] = [
    [ada, 'requirements', { answers }, 'in_progress'],
    [noor, 'deliver', { message: 'Here', links: ['https://files.test/a'] }, 'delivered'],
    [ada, 'request-revision', { reason: 'Larger' }, 'revision_requested'],
    [noor, 'deliver', { message: 'Larger now' }, 'delivered'],
    [ada, 'accept-delivery', {}, 'completed'],
    [ada, 'review', { rating: 5, body: 'Fine' }, 'completed'],
  ];
  for (const [browser, act, body, status] of acts) {
    const response = await browser.postJson(`/api/orders/${id}/${act}`, body);
    expect([act, response.status, response.body]).toEqual([
      act,
      200,
      { location: browser === noor ? `/sell/orders/${id}` : `/orders/${id}` },
    ]);
    expect((await readOrder(app, id)).status).toBe(status);
  }
});

test('refusals are JSON as well', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const { ada, noor, tomas } = scene.as;
  const invalid = await noor.postJson(`/api/orders/${id}/deliver`, { links: ['javascript:alert(1)'] });
  expect([invalid.status, invalid.body]).toEqual([
    422,
    { error: expect.stringContaining('is not a link') as string, errors: [expect.any(String)] },
  ]);
  const wrongRole = await ada.postJson(`/api/orders/${id}/deliver`, { message: 'x' });
  expect([wrongRole.status, wrongRole.body]).toEqual([403, { error: 'Only the seller can deliver.' }]);
  const wrongMoment = await ada.postJson(`/api/orders/${id}/accept-delivery`);
  expect([wrongMoment.status, wrongMoment.body]).toEqual([409, { error: expect.any(String) as string }]);
  expect((await tomas.postJson(`/api/orders/${id}/accept-delivery`)).status).toBe(404);
  expect((await visit(app).postJson(`/api/orders/${id}/accept-delivery`)).status).toBeOneOf([401, 403]);
  expect((await ada.postJson(`/api/orders/${id}/review`, { rating: 1.5, body: 'x' })).status).toBe(409);
});
