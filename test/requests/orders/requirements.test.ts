import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { asSystem, orderIn, questionIds, readOrder, setScene, signIn, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const answersOf = (id: string) =>
  asSystem(app, (trx) =>
    trx('order_requirements').where({ order_id: id }).orderBy('position').pluck<unknown[]>('answer'),
  );

async function complete(id: string): Promise<Record<string, string | string[]>> {
  const ids = await questionIds(app, id);
  return { [ids.name!]: 'Warda', [ids.dishes!]: 'Tea 3.00', [ids.size!]: 'A5', [ids.papers!]: ['matt', 'glossy'] };
}

test('a complete brief starts the work', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements');
  const response = await scene.as.ada.post(`/orders/${id}/requirements`, { answers: await complete(id) });
  expect([response.status, response.headers.location]).toEqual([303, `/orders/${id}`]);
  expect(await answersOf(id)).toEqual(['Warda', 'Tea 3.00', 'A5', ['matt', 'glossy']]);
  expect((await readOrder(app, id)).status).toBe('in_progress');
});

test('defect 17: required answers are asked for by the server, and what was typed stays', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements');
  const ids = await questionIds(app, id);
  const response = await scene.as.ada.post(`/orders/${id}/requirements`, { answers: { [ids.name!]: 'Warda' } });
  expect(response.status).toBe(422);
  const form = page(response);
  expect(
    form('.error-list a')
      .map((_i, link) => form(link).attr('href'))
      .get(),
  ).toEqual([`#answers-${ids.dishes}`, `#answers-${ids.size}`]);
  expect(form(`#answers-${ids.name}`).val()).toBe('Warda');
  expect(form(`#answers-${ids.dishes}`).attr('aria-invalid')).toBe('true');
  expect(await answersOf(id)).toEqual([null, null, null, null]);
  expect((await readOrder(app, id)).status).toBe('awaiting_requirements');
});

test('a foreign question, a choice that was not offered and too long an answer are refused', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements');
  const ids = await questionIds(app, id);
  const good = await complete(id);
  const bad = [
    { ...good, [randomUUID()]: 'x' },
    { ...good, [ids.size!]: 'A3' },
    { ...good, [ids.name!]: 'x'.repeat(201) },
    'not answers',
  ];
  for (const answers of bad) {
    expect((await scene.as.ada.post(`/orders/${id}/requirements`, { answers })).status).toBe(422);
  }
  expect((await scene.as.ada.post(`/orders/${id}/requirements`)).status).toBe(422);
  expect((await readOrder(app, id)).status).toBe('awaiting_requirements');
});

test('answers can be changed until the first delivery, without a second start of the clock', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const before = await readOrder(app, id);
  const response = await scene.as.ada.post(`/orders/${id}/requirements`, { answers: await complete(id) });
  expect(response.status).toBe(303);
  expect((await answersOf(id))[0]).toBe('Warda');
  expect(await readOrder(app, id)).toEqual({ ...before, updated_at: expect.any(Date) as Date });
  expect((await scene.as.ada.get(`/orders/${id}/requirements`)).text).toContain('Save your answers');
});

test('after the first delivery the brief can be read, not written', async () => {
  const id = await orderIn(app, scene, 'revision_requested');
  const late = await scene.as.ada.post(`/orders/${id}/requirements`, { answers: await complete(id) });
  expect(late.status).toBe(409);
  expect(page(late)('h1').text()).toBe('Changes have been asked for');
  const view = await scene.as.ada.get(`/orders/${id}/requirements`);
  expect(view.status).toBe(200);
  expect(page(view)('form#requirements-form').length).toBe(0);
  expect(page(view)('.answers').text()).toContain('Warda');
});

describe('a draft', () => {
  const draftsOf = (id: string) => asSystem(app, (trx) => trx('order_brief_drafts').where({ order_id: id }));

  test('waits for the buyer on every device, moves nothing, and is nobody else’s to read', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const ids = await questionIds(app, id);
    const path = `/orders/${id}/requirements`;
    for (const name of ['Wa', 'Warda']) {
      const saved = await scene.as.ada.post(`${path}/draft`, { answers: { [ids.name!]: name, [ids.papers!]: 'matt' } });
      expect([saved.status, saved.headers.location]).toEqual([303, `/orders/${id}`]);
    }
    const elsewhere = await signIn(app, scene.ada);
    for (const address of [path, `/orders/${id}`]) {
      const form = page(await elsewhere.get(address));
      expect(form(`#answers-${ids.name}`).val()).toBe('Warda');
      expect(form('#requirements-form input:checked').val()).toBe('matt');
      expect(form('#requirements-form').text()).toContain('Draft saved');
    }
    expect([await answersOf(id), (await readOrder(app, id)).status]).toEqual([
      [null, null, null, null],
      'awaiting_requirements',
    ]);
    for (const [client, address] of [
      [scene.as.noor, `/sell/orders/${id}`],
      [scene.as.noor, path],
      [scene.as.mina, `/orders/${id}`],
      [scene.as.noor, `/orders/${id}/record`],
    ] as const) {
      const seen = await client.get(address);
      expect([seen.status, seen.text.includes('Warda')]).toEqual([200, false]);
    }
    expect((await scene.as.ada.post(path, { answers: await complete(id) })).status).toBe(303);
    expect(await draftsOf(id)).toEqual([]);
  });

  test('changes a brief that was sent only when it is sent again', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const path = `/orders/${id}/requirements`;
    const before = await answersOf(id);
    const answers = { ...(await complete(id)), [(await questionIds(app, id)).name!]: 'Rewritten' };
    const saved = await scene.as.ada.post(`${path}/draft`, { answers });
    expect([saved.status, saved.headers.location]).toEqual([303, path]);
    expect(await answersOf(id)).toEqual(before);
    expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).not.toContain('Rewritten');
    expect((await scene.as.ada.get(path)).text).toContain('Rewritten');
    await scene.as.ada.post(path, { answers });
    expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).toContain('Rewritten');
  });

  test('holds to kinds and limits, moments and people; its address leads to the form', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const ids = await questionIds(app, id);
    const path = `/orders/${id}/requirements/draft`;
    for (const answers of [{ [ids.size!]: 'A3' }, { [ids.name!]: 'x'.repeat(201) }, { [randomUUID()]: 'x' }, 'none']) {
      expect((await scene.as.ada.post(path, { answers })).status).toBe(422);
    }
    expect((await scene.as.noor.post(path)).status).toBe(403);
    expect((await scene.as.mina.post(path)).status).toBe(403);
    expect(await draftsOf(id)).toEqual([]);
    const read = await scene.as.ada.get(path);
    expect([read.status, read.headers.location]).toEqual([303, `/orders/${id}`]);
    const delivered = await orderIn(app, scene, 'delivered');
    expect((await scene.as.ada.post(`/orders/${delivered}/requirements/draft`)).status).toBe(409);
    expect(await draftsOf(delivered)).toEqual([]);
  });
});

test('only the buyer sends the brief', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements');
  const refused = await scene.as.noor.post(`/orders/${id}/requirements`, { answers: await complete(id) });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('Only the buyer can send the brief.');
});

test('defect 10: a gig that asks nothing starts at once and can be delivered', async () => {
  const id = await orderIn(app, scene, 'awaiting_requirements', { questions: [] });
  const order = await readOrder(app, id);
  expect([order.status, order.due_at]).toEqual(['in_progress', expect.any(Date)]);
  const workspace = page(await scene.as.noor.get(`/sell/orders/${id}`));
  expect(workspace('.steps').text()).not.toContain('Brief');
  expect((await scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'Done' })).status).toBe(303);
  expect((await scene.as.ada.get(`/orders/${id}/requirements`)).text).toContain('This gig asks nothing');
});
