import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit, type Client } from '../../support/client.ts';
import { asSystem, createPerson, setScene, signIn, type Scene } from '../../support/orders.ts';
import { postFiles } from '../../support/uploads.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

interface Thread {
  id: string;
  /** The page of the two sides. */
  href: string;
  buyer: Client;
  buyerId: string;
}

/** A new buyer's question to Noor. */
async function thread(name: string, { body = 'Do you print on linen?', role = 'user' as 'user' | 'admin' } = {}) {
  const person = await createPerson(app, name, { role });
  const buyer = await signIn(app, person);
  const { headers } = await buyer.post('/conversations', { gig: scene.shop.gigId, body });
  const href = headers.location!;
  return { id: href.split('/')[2]!, href, buyer, buyerId: person.id } satisfies Thread;
}

const report = (client: Client, { id }: Thread, reason = 'He wants to pay outside.') =>
  client.post(`/conversations/${id}/report`, { reason });
const reportsOf = ({ id }: Thread) =>
  asSystem(app, (trx) => trx('conversation_reports').where({ conversation_id: id }).orderBy('created_at'));
const auditsOf = ({ id }: Thread, action: string) =>
  asSystem(app, (trx) => trx('audit_events').where({ target_id: id, action }));

/** A thread that Noor reported, and where an admin decides about it. */
async function reported(name: string, options: { body?: string; role?: 'user' | 'admin'; reason?: string } = {}) {
  const about = await thread(name, options);
  await report(scene.as.noor, about, options.reason);
  const [row] = await reportsOf(about);
  return { ...about, desk: `/admin/reports/${row!.id as string}` };
}

const openReports = async (): Promise<number> => {
  const home = page(await scene.as.mina.get('/admin'));
  return Number(home('li:contains("Reported conversations") .amount').text());
};
const hrefsAt = async (address: string) => {
  const list = page(await scene.as.mina.get(address));
  return list('.things a.whole')
    .map((_, a) => list(a).attr('href'))
    .get();
};

test('Noor reports a conversation: it waits at the desk, Mina reads it, closes it, and it stands under Closed', async () => {
  const before = await openReports();
  const ada = await reported('Ada Outside', { body: 'Pay you in cash?', reason: 'Cash, she says.' });
  expect(await openReports()).toBe(before + 1);
  expect(page(await scene.as.mina.get('/admin'))('a[href="/admin/reports"]').length).toBeGreaterThan(1);
  expect(await hrefsAt('/admin/reports')).toContain(ada.desk);
  expect(await hrefsAt('/admin/reports?tab=closed')).not.toContain(ada.desk);

  const view = page(await scene.as.mina.get(ada.desk));
  expect(view('h1').text()).toBe('Noor Haddad reported Ada Outside');
  expect(view('#reason').text()).toBe('Cash, she says.');
  expect(view('.message .text').text()).toBe('Pay you in cash?');
  expect(view('.message .meta b').text()).toBe('Ada Outside');
  const links = view('#sides a').map((_, a) => view(a).attr('href'));
  expect(links.get()).toEqual(expect.arrayContaining([`/admin/users/${ada.buyerId}`, `/admin/users/${scene.noor.id}`]));
  for (const href of links.get()) expect([href, (await scene.as.mina.get(href)).status]).toEqual([href, 200]);
  const person = page(await scene.as.mina.get(`/admin/users/${ada.buyerId}`));
  expect(person(`form[action="/admin/users/${ada.buyerId}/suspension"]`).length).toBe(1);

  const closed = await scene.as.mina.post(view('#close form').attr('action')!, { outcome: 'Warned her.' });
  expect([closed.status, closed.headers.location]).toEqual([303, '/admin/reports']);
  expect(await openReports()).toBe(before);
  expect(await hrefsAt('/admin/reports')).not.toContain(ada.desk);
  expect(await hrefsAt('/admin/reports?tab=closed')).toContain(ada.desk);
  const done = page(await scene.as.mina.get(ada.desk));
  expect(done('#close').text()).toContain('Closed by Mina Farouk');
  expect([done('#outcome-noted').text(), done('#close form').length]).toEqual(['Warned her.', 0]);
  const [event] = await auditsOf(ada, 'conversation.report_closed');
  expect(event).toMatchObject({ details: { outcome: 'Warned her.', report: ada.desk.split('/')[3] } });
  expect(event.actor_id).not.toBe(scene.noor.id);
  expect((await scene.as.mina.get('/admin/audit')).text).toContain('Report of a conversation closed');
});

test('each look at a reported thread is written down, with who looked', async () => {
  const ada = await reported('Ada Watched');
  expect(await auditsOf(ada, 'conversation.read')).toEqual([]);
  await scene.as.mina.get(ada.desk);
  await scene.as.mina.get(ada.desk);
  const events = await auditsOf(ada, 'conversation.read');
  expect(events).toHaveLength(2);
  const [mina] = await asSystem(app, (trx) => trx('profiles').where({ display_name: 'Mina Farouk' }).pluck('user_id'));
  expect(events[0]).toMatchObject({ actor_id: mina, subject_id: null, target_type: 'conversation' });
});

test('for visitors, a stranger and both sides the desk does not exist', async () => {
  const ada = await reported('Ada Curious');
  for (const client of [visit(app), scene.as.tomas, scene.as.noor, ada.buyer]) {
    for (const address of ['/admin/reports', ada.desk, `${ada.desk}/closure`]) {
      expect([address, (await client.get(address)).status]).toEqual([address, 404]);
    }
    expect((await client.post(`${ada.desk}/closure`, { outcome: 'Mine' })).status).toBe(404);
  }
  expect(await auditsOf(ada, 'conversation.read')).toEqual([]);
  expect((await reportsOf(ada))[0]).toMatchObject({ closed_at: null, outcome: null });
});

test('an admin reads no thread that nobody reported, and cannot report it himself', async () => {
  const ada = await thread('Ada Private');
  expect((await scene.as.mina.get(`/admin/reports/${ada.id}`)).status).toBe(404);
  expect((await scene.as.mina.get(`/admin/reports/${randomUUID()}`)).status).toBe(404);
  expect((await scene.as.mina.get(ada.href)).status).toBe(404);
  expect((await report(scene.as.mina, ada)).status).toBe(404);
  expect(await reportsOf(ada)).toEqual([]);
  const mina = { role: 'admin', id: randomUUID() } as const;
  const messages = (actor: typeof mina) =>
    app.database.withActor(actor, (trx) => trx('order_messages').where({ conversation_id: ada.id }).pluck('body'));
  expect(await messages(mina)).toEqual([]);
  await report(scene.as.noor, ada);
  expect(await messages(mina)).toEqual(['Do you print on linen?']);
});

test('an admin reads a reported thread at the desk only: he neither opens it as a side nor writes into it', async () => {
  const ada = await reported('Ada Between');
  expect((await scene.as.mina.get(ada.href)).status).toBe(404);
  expect((await scene.as.mina.post(ada.href, { body: 'Stop that.' })).status).toBe(404);
  expect((await report(scene.as.mina, ada)).status).toBe(404);
});

test('the files of a thread are an admin’s to read once it is reported, and not before', async () => {
  const sent = await thread('Ada Filing');
  const file = { name: 'threat.txt', bytes: 'Pay me in cash', type: 'text/plain' };
  expect((await postFiles(sent.buyer, sent.href, { body: '' }, [file])).status).toBe(303);
  const [kept] = await asSystem(app, (trx) => trx('attachments').where({ conversation_id: sent.id }).pluck('id'));
  const address = `/attachments/${kept as string}`;
  expect((await scene.as.mina.get(address)).status).toBe(404);
  await report(scene.as.noor, sent);
  const [row] = await reportsOf(sent);
  const desk = page(await scene.as.mina.get(`/admin/reports/${row!.id as string}`));
  expect(desk('.files a').first().attr('href')).toBe(address);
  expect((await scene.as.mina.get(address)).status).toBe(200);
  expect((await scene.as.tomas.get(address)).status).toBe(404);
});

test('an admin who is a side of the conversation cannot close the report on it; another one can', async () => {
  const olga = await reported('Olga Admin', { role: 'admin' });
  const view = page(await olga.buyer.get(olga.desk));
  expect(view('#close form').length).toBe(0);
  expect(view('#close').text()).toContain('Another admin closes the report');
  for (const outcome of ['Nothing to see', '']) {
    expect((await olga.buyer.post(`${olga.desk}/closure`, { outcome })).status).toBe(403);
  }
  expect((await reportsOf(olga))[0]).toMatchObject({ closed_at: null });
  expect((await scene.as.mina.post(`${olga.desk}/closure`, { outcome: 'Talked to Olga.' })).status).toBe(303);
});

test('a report is closed once; the address of the act leads back to it', async () => {
  const ada = await reported('Ada Done');
  const closure = `${ada.desk}/closure`;
  expect((await scene.as.mina.post(closure, { outcome: 'First' })).status).toBe(303);
  for (const outcome of ['Second', '']) {
    const again = await scene.as.mina.post(closure, { outcome });
    expect([again.status, again.text.includes('closed already')]).toEqual([409, true]);
  }
  expect((await reportsOf(ada))[0]).toMatchObject({ outcome: 'First' });
  const back = await scene.as.mina.get(closure);
  expect([back.status, back.headers.location]).toEqual([303, ada.desk]);
});

test('two admins who close at once: one does, the other is told', async () => {
  const ada = await reported('Ada Contested');
  const sana = await signIn(app, await createPerson(app, 'Sana Admin', { role: 'admin' }));
  const admins: [Client, string][] = [
    [scene.as.mina, 'Mina'],
    [sana, 'Sana'],
  ];
  const answers = await Promise.all(admins.map(([client, outcome]) => client.post(`${ada.desk}/closure`, { outcome })));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  const winner = admins[answers.findIndex(({ status }) => status === 303)]![1];
  expect((await reportsOf(ada))[0]).toMatchObject({ outcome: winner });
  expect(await auditsOf(ada, 'conversation.report_closed')).toHaveLength(1);
});

test('a note is needed, at most 500 characters; what was typed stays', async () => {
  const ada = await reported('Ada Undecided');
  const empty = await scene.as.mina.post(`${ada.desk}/closure`, { outcome: ' ' });
  expect([empty.status, page(empty)('.error-list a').attr('href')]).toEqual([422, '#outcome']);
  const long = 'x'.repeat(501);
  const tooLong = await scene.as.mina.post(`${ada.desk}/closure`, { outcome: long });
  expect([tooLong.status, page(tooLong)('#outcome').text().trim()]).toEqual([422, long]);
  expect(page(tooLong)('.message .text').text()).toBe('Do you print on linen?');
  expect((await reportsOf(ada))[0]).toMatchObject({ closed_at: null });
});

test('markup in names, reasons, messages and notes stays text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const ada = await reported(`Ada ${evil}`, { body: evil, reason: evil });
  const list = page(await scene.as.mina.get('/admin/reports'));
  expect(list('main img[src=x]').length).toBe(0);
  expect(list('.things').text()).toContain(evil);
  const view = page(await scene.as.mina.get(ada.desk));
  expect([view('#reason').text(), view('.message .text').text()]).toEqual([evil, evil]);
  expect(view('h1').text()).toContain(evil);
  await scene.as.mina.post(`${ada.desk}/closure`, { outcome: evil });
  for (const address of [ada.desk, '/admin/reports?tab=closed', '/admin/audit']) {
    const after = page(await scene.as.mina.get(address));
    expect([address, after('img[src=x]').length, after('body').text().includes(evil)]).toEqual([address, 0, true]);
  }
});

test('a second report of the same person changes nothing while the first is open, also when both arrive at once', async () => {
  const ada = await thread('Ada Twice');
  const answers = await Promise.all(['One', 'Two'].map((reason) => report(scene.as.noor, ada, reason)));
  answers.push(await report(scene.as.noor, ada, 'Three'));
  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(Array(3).fill([303, ada.href]));
  expect(page(await scene.as.noor.get(ada.href))('.flash').text()).toContain('Thank you. We will look at it.');
  expect(await reportsOf(ada)).toHaveLength(1);
  expect(await auditsOf(ada, 'conversation.report')).toHaveLength(1);
  expect((await report(scene.as.noor, ada, '')).status).toBe(422);

  await report(ada.buyer, ada, 'She is rude.');
  const rows = await reportsOf(ada);
  expect(rows.map(({ reporter_id }) => reporter_id as string).sort()).toEqual([ada.buyerId, scene.noor.id].sort());
});

test('who reported reads so in the thread while the report is open, and may report again afterwards', async () => {
  const ada = await reported('Ada Hinted');
  const noors = page(await scene.as.noor.get(ada.href));
  expect(noors('#reported').text()).toMatch(/^You reported this conversation on \d+ \w+ \d{4}\.$/);
  expect(noors('form[action$="/report"]').length).toBe(0);
  const adas = page(await ada.buyer.get(ada.href));
  expect([adas('#reported').length, adas('form[action$="/report"]').length]).toEqual([0, 1]);

  await scene.as.mina.post(`${ada.desk}/closure`, { outcome: 'Warned her.' });
  const after = await scene.as.noor.get(ada.href);
  expect([page(after)('#reported').length, after.text.includes('Warned her.')]).toEqual([0, false]);
  await report(scene.as.noor, ada, 'Again');
  expect(await reportsOf(ada)).toHaveLength(2);
});

test('a long thread is read page by page', async () => {
  const ada = await reported('Ada Chatty');
  await asSystem(app, (trx) =>
    trx('order_messages').insert(
      Array.from({ length: 60 }, (_, n) => ({
        ...{ id: randomUUID(), conversation_id: ada.id, sender_id: n % 2 ? ada.buyerId : scene.noor.id },
        body: `Message ${n + 1}`,
      })),
    ),
  );
  const view = page(await scene.as.mina.get(ada.desk));
  expect([view('.message').length, view('.message .text').last().text()]).toEqual([50, 'Message 60']);
  expect(view('.message .meta b').slice(-2).text()).toBe('Noor HaddadAda Chatty');
  const earlier = page(await scene.as.mina.get(view('#messages a[rel=prev]').attr('href')!));
  expect(earlier('.message').length).toBe(11);
  expect(earlier('.message .text').first().text()).toBe('Do you print on linen?');
  expect(earlier('#messages a[rel=next]').attr('href')).toBe(ada.desk);
});

test('the list goes on where a page ends: open reports from the oldest, closed ones from the newest', async () => {
  const ids = Array.from({ length: 31 }, () => randomUUID());
  const ada = await thread('Ada Many');
  await asSystem(app, async (trx) => {
    await trx('conversation_reports').whereNull('closed_at').update({ closed_at: new Date(), outcome: 'Cleared' });
    await trx('conversation_reports').insert(
      ids.map((id, n) => ({
        ...{ id, conversation_id: ada.id, reason: `Reason ${n}` },
        created_at: trx.raw(`timestamptz '2020-01-01' + ? * interval '1 hour'`, [n]),
      })),
    );
  });
  const both = async (address: string) => {
    const first = page(await scene.as.mina.get(address));
    const next = first('.pager a[rel=next]').attr('href')!;
    return [...(await hrefsAt(address)), ...(await hrefsAt(next))];
  };
  const hrefs = ids.map((id) => `/admin/reports/${id}`);
  expect(await both('/admin/reports')).toEqual(hrefs);
  await asSystem(app, (trx) =>
    trx('conversation_reports').whereIn('id', ids).update({ closed_at: new Date(), outcome: 'Seen' }),
  );
  const closed = await both('/admin/reports?tab=closed');
  expect(closed.filter((href) => hrefs.includes(href!)).slice(0, 5)).toEqual([...hrefs].reverse().slice(0, 5));
  const odd = await scene.as.mina.get('/admin/reports?tab=nothing&after=x');
  expect([odd.status, page(odd)('h1').text()]).toEqual([200, 'Reported conversations']);
});

test('what somebody reported is in his export, without the note of the admin', async () => {
  const ada = await thread('Ada Exported');
  await report(ada.buyer, ada, 'She is rude.');
  const [row] = await reportsOf(ada);
  await scene.as.mina.post(`/admin/reports/${row!.id as string}/closure`, { outcome: 'No, she is not.' });
  const { text, body } = await ada.buyer.get('/account/export');
  expect((body as { reports: object[] }).reports).toMatchObject([{ conversation_id: ada.id, reason: 'She is rude.' }]);
  expect(text).not.toContain('No, she is not.');
});
