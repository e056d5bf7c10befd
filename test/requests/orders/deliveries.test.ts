import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { asSystem, orderIn, readOrder, setScene, signIn, transition, type Scene } from '../../support/orders.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const deliveriesOf = (id: string) =>
  asSystem(app, (trx) =>
    trx('order_deliveries').where({ order_id: id }).orderBy('number').select('number', 'message', 'links'),
  );

test('a delivery is kept, numbered and leads the seller back to his side', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const response = await scene.as.noor.post(`/orders/${id}/deliveries`, {
    message: 'The menu.\r\nBoth sides.',
    links: 'https://files.test/a.pdf\r\nhttp://files.test/b',
  });
  expect([response.status, response.headers.location]).toEqual([303, `/sell/orders/${id}`]);
  expect(await deliveriesOf(id)).toEqual([
    { number: 1, message: 'The menu.\nBoth sides.', links: ['https://files.test/a.pdf', 'http://files.test/b'] },
  ]);
  const { status, auto_complete_at: ends } = await readOrder(app, id);
  expect([status, ends]).toEqual(['delivered', expect.any(Date)]);
});

test.each([
  ['nothing', {}, '#message'],
  ['blanks', { message: ' \r\n ', links: '\r\n' }, '#message'],
  ['a script for a link (defect 18)', { message: 'Look', links: 'javascript:alert(1)' }, '#links'],
  ['data for a link', { message: 'Look', links: 'https://fine.test\r\ndata:text/html,x' }, '#links'],
  ['too long a message', { message: 'x'.repeat(5_001) }, '#message'],
])('%s is no delivery', async (_name, body, field) => {
  const id = await orderIn(app, scene, 'in_progress');
  const response = await scene.as.noor.post(`/orders/${id}/deliveries`, body);
  expect(response.status).toBe(422);
  const form = page(response);
  expect(form('.error-list a').attr('href')).toBe(field);
  expect(form('#links').text().trim()).toBe('links' in body ? body.links.trim().replaceAll('\r\n', '\n') : '');
  expect(await deliveriesOf(id)).toEqual([]);
  expect((await readOrder(app, id)).status).toBe('in_progress');
});

test('a refused form can be sent again with the same key', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const form_key = randomUUID();
  expect((await scene.as.noor.post(`/orders/${id}/deliveries`, { form_key })).status).toBe(422);
  expect((await scene.as.noor.post(`/orders/${id}/deliveries`, { form_key, message: 'Here' })).status).toBe(303);
  expect(await deliveriesOf(id)).toHaveLength(1);
});

test('the same form sent twice is one delivery, and both answers lead to the order', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const body = { form_key: randomUUID(), message: 'Here' };
  const answers = await Promise.all([1, 2, 3].map(() => scene.as.noor.post(`/orders/${id}/deliveries`, body)));
  const repeat = await scene.as.noor.post(`/orders/${id}/deliveries`, body);
  expect([...answers, repeat].map(({ status, headers }) => [status, headers.location])).toEqual(
    Array(4).fill([303, `/sell/orders/${id}`]),
  );
  expect(await deliveriesOf(id)).toHaveLength(1);
  const foreign = await orderIn(app, scene, 'in_progress');
  expect((await scene.as.noor.post(`/orders/${foreign}/deliveries`, { message: 'x', form_key: 'no-key' })).status).toBe(
    422,
  );
});

test('defect 14: two deliveries at once, one wins and the other learns where the order stands', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const other = await signIn(app, scene.noor);
  const answers = await Promise.all([
    scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'From the desk' }),
    other.post(`/orders/${id}/deliveries`, { message: 'From the phone' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await deliveriesOf(id)).toHaveLength(1);
  const loser = page(answers.find(({ status }) => status === 409)!);
  expect(loser('h1').text()).toBe('This order is delivered');
  expect(loser('main').text()).toContain('Nothing was changed by your request.');
  expect(loser('blockquote').text()).toMatch(/^From the (desk|phone)$/);
  const history = await asSystem(app, (trx) => trx('order_transitions').where({ order_id: id, transition: 'deliver' }));
  expect(history).toHaveLength(1);
});

test('the text that came too late can be sent as a message', async () => {
  const id = await orderIn(app, scene, 'delivered');
  const late = page(await scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'One more file\nfor you' }));
  const form = late('form[action$="/messages"]');
  const sent = await scene.as.noor.post(form.attr('action')!, {
    body: form.find('[name=body]').attr('value'),
    form_key: form.find('[name=form_key]').attr('value'),
  });
  expect(sent.status).toBe(303);
  expect((await scene.as.ada.get(`/orders/${id}`)).text).toContain('One more file\nfor you');
});

test('only the seller delivers, and only while it is his turn', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const refused = await scene.as.ada.post(`/orders/${id}/deliveries`, { message: 'I did it myself' });
  expect([refused.status, page(refused)('main').text()]).toEqual([
    403,
    expect.stringContaining('Only the seller can deliver.'),
  ]);
  const early = await orderIn(app, scene, 'awaiting_requirements');
  const page409 = await scene.as.noor.get(`/orders/${early}/deliveries`);
  expect([page409.status, page(page409)('h1').text()]).toEqual([409, 'This order still waits for the brief']);
  const gone = await orderIn(app, scene, 'in_progress');
  await transition(app, gone, 'refund_in_full', 'whop');
  const late = page(await scene.as.noor.post(`/orders/${gone}/deliveries`, { message: 'Here' }));
  expect(late('h1').text()).toBe('This order is refunded');
});

test('a draft waits for the seller, and is nobody else’s to read', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const draft = { message: 'Almost', links: 'https://files.test/draft' };
  expect((await scene.as.noor.post(`/orders/${id}/deliveries/draft`, draft)).status).toBe(303);
  expect(
    (await scene.as.noor.post(`/orders/${id}/deliveries/draft`, { ...draft, message: 'Almost there' })).status,
  ).toBe(303);
  const workspace = page(await scene.as.noor.get(`/sell/orders/${id}`));
  expect(workspace('#message').text()).toContain('Almost there');
  expect(workspace('.card .hint').text()).toContain('Draft saved');
  expect((await scene.as.ada.get(`/orders/${id}`)).text).not.toContain('Almost there');
  expect((await readOrder(app, id)).status).toBe('in_progress');
  await scene.as.noor.post(`/orders/${id}/deliveries`, { message: 'Done' });
  expect(await asSystem(app, (trx) => trx('order_delivery_drafts').where({ order_id: id }))).toEqual([]);
});

test('without a token nothing is delivered', async () => {
  const id = await orderIn(app, scene, 'in_progress');
  const forged = await scene.as.noor.raw.post(`/orders/${id}/deliveries`).type('form').send({ message: 'x' });
  expect(forged.status).toBe(403);
  expect((await visit(app).post(`/orders/${id}/deliveries`, { message: 'x' })).headers.location).toMatch(/^\/login/);
  expect(await deliveriesOf(id)).toEqual([]);
});
