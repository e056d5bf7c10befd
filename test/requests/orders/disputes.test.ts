import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceOf } from '../../../src/money/evidence.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { asSystem, createPerson, orderIn, readOrder, setScene, signIn, type Scene } from '../../support/orders.ts';
import { postFiles } from '../../support/uploads.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const report = (by: Client, id: string, reason = 'This is not what we agreed') =>
  by.post(`/orders/${id}/disputes`, { reason });
const disputeOf = async (id: string): Promise<{ id: string; status: string }> =>
  asSystem(app, (trx) => trx('disputes').where({ order_id: id }).orderBy('opened_at', 'desc').first());
const refundsOf = (id: string) =>
  asSystem(app, (trx) => trx('refunds').where({ order_id: id }).select('amount_cents', 'cause'));

async function disputed(): Promise<string> {
  const id = await orderIn(app, scene, 'delivered');
  expect((await report(scene.as.ada, id)).status).toBe(303);
  return id;
}

test('reported, answered, withdrawn: the order goes on where it stood', async () => {
  const { ada, noor, mina, tomas } = scene.as;
  const id = await disputed();
  const { id: did } = await disputeOf(id);
  const at = `/orders/${id}/disputes/${did}`;
  expect((await noor.post(`${at}/statements`, { body: 'It is <b>exactly</b> that.' })).status).toBe(303);
  expect((await mina.post(`${at}/statements`, { body: 'We look into it.' })).status).toBe(303);
  expect((await tomas.post(`${at}/statements`, { body: 'Me too' })).status).toBe(404);
  expect((await noor.post(`${at}/statements`, { body: ' ' })).status).toBe(422);
  const view = page(await ada.get(`/orders/${id}`));
  expect(view('#dispute').text()).toContain('It is <b>exactly</b> that.');
  expect(view('#dispute').text()).toContain('GigFlow');
  expect((await noor.post(`${at}/withdrawal`)).status).toBe(403);
  expect((await ada.post(`${at}/withdrawal`)).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('delivered');
  expect((await noor.post(`${at}/statements`, { body: 'Late' })).status).toBe(409);
  expect((await ada.post(`${at}/withdrawal`)).status).toBe(409);
});

test('a problem is reported with what shows it; both sides and the admin have the files', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const files = [{ name: 'burnt.png', type: 'image/png', bytes: '<svg onload=alert(1)>' }];
  const sent = await postFiles(scene.as.ada, `/orders/${id}/disputes`, { reason: 'The print is burnt' }, files);
  expect(sent.status).toBe(303);
  for (const [who, at] of [
    ['ada', `/orders/${id}`],
    ['noor', `/sell/orders/${id}`],
    ['mina', `/orders/${id}`],
  ] as const) {
    const view = page(await scene.as[who].get(at));
    const link = view('#dispute .files a').attr('href')!;
    expect([who, view('#dispute .files').text()]).toEqual([who, expect.stringContaining('burnt.png')]);
    const file = await scene.as[who].get(link);
    expect([who, file.status, file.headers['content-disposition']]).toEqual([
      who,
      200,
      expect.stringContaining('attachment'),
    ]);
  }
  const kept = await asSystem(app, (trx) => trx('attachments').where({ order_id: id }).pluck('id'));
  expect(kept).toHaveLength(1);
  expect((await scene.as.tomas.get(`/attachments/${kept[0]}`)).status).toBe(404);
  const evidence = await asSystem(app, (trx) => evidenceOf(trx, id));
  expect(JSON.stringify(evidence)).toContain('burnt.png');
});

test('a report without words, or at a wrong moment, keeps no file', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const files = [{ name: 'proof.txt', type: 'text/plain', bytes: 'proof' }];
  const count = () => asSystem(app, (trx) => trx('attachments').where({ order_id: id }));
  const wordless = await postFiles(scene.as.ada, `/orders/${id}/disputes`, { reason: ' ' }, files);
  expect([wordless.status, (await readOrder(app, id)).status]).toEqual([422, 'delivered']);
  expect((await postFiles(scene.as.tomas, `/orders/${id}/disputes`, { reason: 'Mine' }, files)).status).toBe(404);
  expect((await report(scene.as.ada, id)).status).toBe(303);
  const late = await postFiles(scene.as.ada, `/orders/${id}/disputes`, { reason: 'Once more' }, files);
  expect([late.status, late.text.includes('Once more')]).toEqual([409, true]);
  expect(await count()).toEqual([]);
});

test.each([
  ['refund', {}, 'refunded', [{ amount_cents: 11_500, cause: 'resolution' }]],
  ['split', { refund: '40.25' }, 'completed', [{ amount_cents: 4_025, cause: 'resolution' }]],
  ['release', {}, 'completed', []],
])('an admin decides: %s', async (outcome, more, status, refunds) => {
  const id = await disputed();
  const view = page(await scene.as.mina.get(`/admin/orders/${id}`));
  expect(view('#resolution-form [data-cents]').attr('data-cents')).toBe('11500');
  const decided = await scene.as.mina.post(`/admin/orders/${id}/resolution`, {
    outcome,
    reason: 'As agreed in the thread',
    ...more,
  });
  expect([decided.status, decided.headers.location]).toEqual([303, `/admin/orders/${id}`]);
  expect((await readOrder(app, id)).status).toBe(status);
  expect(await refundsOf(id)).toEqual(refunds);
  const audit = await asSystem(app, (trx) => trx('audit_events').where({ target_id: id }).pluck('action'));
  expect(audit).toEqual(['order.resolution']);
  expect((await scene.as.ada.get(`/orders/${id}`)).text).toContain('As agreed in the thread');
  // Final: no second one.
  const again = await report(scene.as.ada, id, 'Once more');
  expect(again.status).toBe(409);
  expect((await scene.as.mina.post(`/admin/orders/${id}/resolution`, { outcome: 'release', reason: 'x' })).status).toBe(
    409,
  );
});

test('a split is less than all, and every decision has a reason', async () => {
  const id = await disputed();
  const decide = (body: object) => scene.as.mina.post(`/admin/orders/${id}/resolution`, body);
  for (const refund of ['', '0', '115', '200'])
    expect([refund, (await decide({ outcome: 'split', refund, reason: 'Fair' })).status]).toEqual([refund, 422]);
  expect((await decide({ outcome: 'refund', reason: '' })).status).toBe(422);
  expect((await decide({ outcome: 'keep', reason: 'Fair' })).status).toBe(422);
  expect((await readOrder(app, id)).status).toBe('disputed');
});

test('nobody else decides, nor an admin about his own order', async () => {
  const id = await disputed();
  for (const by of [scene.as.ada, scene.as.noor, scene.as.tomas]) {
    expect((await by.post(`/admin/orders/${id}/resolution`, { outcome: 'release', reason: 'x' })).status).toBe(404);
    expect((await by.get(`/admin/orders/${id}`)).status).toBe(404);
  }
  const omar = await createPerson(app, 'Omar Buyer', { role: 'admin' });
  const browser = await signIn(app, omar);
  const own = await orderIn(app, { ...scene, ada: omar }, 'delivered');
  await report(browser, own);
  const refused = await browser.post(`/admin/orders/${own}/resolution`, { outcome: 'refund', reason: 'Mine' });
  expect(refused.status).toBe(403);
  expect(
    (await browser.post(`/admin/orders/${own}/transitions`, { transition: 'resolve_refund', reason: 'Mine' })).status,
  ).toBe(403);
  expect(page(await browser.get(`/admin/orders/${own}`))('#decide').text()).toContain('Another admin has to decide');
  expect((await readOrder(app, own)).status).toBe('disputed');
});

test('the admin twin of a transition, with its refund and its line in the audit log', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const move = (body: object) => scene.as.mina.post(`/admin/orders/${id}/transitions`, body);
  expect((await move({ transition: 'cancel_late', reason: '' })).status).toBe(422);
  expect((await move({ transition: 'explode', reason: 'x' })).status).toBe(422);
  expect((await move({ transition: 'accept_delivery', reason: 'x' })).status).toBe(409);
  expect((await move({ transition: 'open_dispute', reason: 'Both wrote to us' })).status).toBe(303);
  expect((await move({ transition: 'resolve_split', reason: 'x' })).status).toBe(422);
  expect((await move({ transition: 'withdraw_dispute', reason: 'Settled on the phone' })).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('in_progress');
  await app.database.withSystem('seeds', (trx) =>
    trx('orders')
      .where({ id })
      .update({ due_at: new Date(Date.now() - 1_000) }),
  );
  expect((await move({ transition: 'cancel_late', reason: 'The seller is in hospital' })).status).toBe(303);
  expect((await readOrder(app, id)).status).toBe('cancelled');
  expect(await refundsOf(id)).toEqual([{ amount_cents: 11_500, cause: 'cancellation' }]);
});

test('the lists of orders and disputes lead to the order', async () => {
  const id = await disputed();
  for (const address of [
    '/admin/orders?tab=disputed',
    `/admin/orders?q=${id.slice(0, 8)}`,
    '/admin/orders?status=disputed',
    '/admin/disputes',
  ]) {
    const view = page(await scene.as.mina.get(address));
    expect([address, view(`a[href="/admin/orders/${id}"]`).length]).toEqual([address, 1]);
    expect((await scene.as.ada.get(address)).status).toBe(404);
  }
  expect((await scene.as.mina.get('/admin/orders?tab=x&status=y&after=1')).status).toBe(200);
  expect((await scene.as.mina.get('/admin/disputes?tab=closed')).status).toBe(200);
});

test('files of a statement: for both sides and the admin; in the record with hashes, and in the evidence', async () => {
  const { ada, noor, mina, tomas } = scene.as;
  const id = await disputed();
  const { id: did } = await disputeOf(id);
  const address = `/orders/${id}/disputes/${did}/statements`;
  const proof = { name: 'proof <b>.txt', bytes: 'The colours that we agreed on', type: 'text/html' };
  expect(page(await noor.get(address))('#statement-form').attr('enctype')).toBe('multipart/form-data');
  expect((await postFiles(noor, address, { body: 'See the colours.' }, [proof])).status).toBe(303);
  expect((await postFiles(tomas, address, { body: 'Mine' }, [proof])).status).toBe(404);
  expect((await postFiles(ada, address, { body: ' ' }, [proof])).status).toBe(422);
  const [file, ...more] = await asSystem(app, (trx) =>
    trx('attachments')
      .where({ order_id: id })
      .whereNotNull('finalised_at')
      .select<{ id: string; sha256: string }[]>('*'),
  );
  expect(more).toEqual([]);

  for (const [by, path] of [
    [ada, `/orders/${id}`],
    [noor, `/sell/orders/${id}`],
    [mina, `/admin/orders/${id}`],
  ] as const) {
    expect([path, page(await by.get(path))(`#dispute .files a[href="/attachments/${file!.id}"]`).length]).toEqual([
      path,
      2,
    ]);
    const sent = await by.get(`/attachments/${file!.id}`);
    expect([sent.status, sent.headers['content-disposition']]).toEqual([200, expect.stringMatching(/^attachment/)]);
  }
  expect((await tomas.get(`/attachments/${file!.id}`)).status).toBe(404);
  expect(page(await ada.get(`/orders/${id}/record`))('#record').text()).toContain(`SHA-256 ${file!.sha256}`);
  const { record } = await asSystem(app, (trx) => evidenceOf(trx, id));
  expect(record).toMatch(new RegExp(`In the dispute, the seller: See the colours. \\[files: .*sha256 ${file!.sha256}`));

  // Nor does plain SQL move it to another order.
  const other = await disputed();
  await expect(
    app.database.withActor(scene.noor.actor, (trx) =>
      trx('attachments').where({ id: file!.id }).update({ order_id: other }),
    ),
  ).rejects.toThrow();

  await ada.post(`/orders/${id}/disputes/${did}/withdrawal`);
  expect((await postFiles(noor, address, { body: 'Late' }, [proof])).status).toBe(409);
  const left = await asSystem(app, (trx) => trx('attachments').where({ order_id: id }).pluck('id'));
  expect(left).toEqual([file!.id]);
});
