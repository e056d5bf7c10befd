import { randomBytes, randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { deleteAccounts } from '../../src/jobs/delete-accounts.ts';
import { pruneAttachments } from '../../src/jobs/prune-attachments.ts';
import { NEW_THREADS_A_DAY } from '../../src/models/conversation.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, type Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import {
  asSystem,
  createPerson,
  orderIn,
  PASSWORD,
  setScene,
  signIn,
  transact,
  type Scene,
  type TestPerson,
} from '../support/orders.ts';
import { chunkCount, fileHead, filesOf, openFields, openUpload, postFiles, type TestFile } from '../support/uploads.ts';

let app: TestApp;
let scene: Scene;
/** Two who have nothing to do with any of it. */
let tomas: TestPerson;
let mina: TestPerson;

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
  tomas = await createPerson(app, 'Tomas Novak');
  mina = await createPerson(app, 'Mina Farouk', { role: 'admin' });
});
afterAll(() => app.stop());

const MB = 1024 * 1024;
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);
const menu: TestFile = { name: 'Menü.pdf', bytes: PDF };
const note: TestFile = { name: 'a.txt', bytes: 'a' };

interface Asker {
  client: Client;
  person: TestPerson;
  /** The address of the thread with Noor, and its id. */
  thread: string;
  id: string;
}

/** A new buyer with a thread of his own. */
async function asker(name: string): Promise<Asker> {
  const person = await createPerson(app, name);
  const client = await signIn(app, person);
  const { headers } = await client.post('/conversations', { gig: scene.shop.gigId, body: 'Do you print on linen?' });
  const thread = headers.location!;
  return { client, person, thread, id: thread.split('/')[2]! };
}

const download = (client: Client, id: string) => client.raw.get(`/attachments/${id}`).buffer(true).parse(asBytes);

function asBytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const stream = response as unknown as NodeJS.ReadableStream;
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('end', () => done(null, Buffer.concat(pieces)));
}

const messagesOf = (id: string): Promise<{ id: string; body: string }[]> =>
  asSystem(app, (trx) => trx('order_messages').where({ conversation_id: id }).orderBy('number').select('id', 'body'));

const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: { code?: string }) => error.code);

describe('what travels', () => {
  test('Ada answers with words and a file: both sides see and fetch it, Tomas and Mina do not', async () => {
    const ada = await asker('Ada Sending');
    const sent = await postFiles(ada.client, ada.thread, { body: 'Like this one' }, [menu]);
    expect([sent.status, sent.headers.location]).toEqual([303, ada.thread]);
    const [file] = await filesOf(app, ada.id);
    const [, message] = await messagesOf(ada.id);
    expect(file).toMatchObject({ name: 'Menü.pdf', content_type: 'application/pdf', message_id: message!.id });
    for (const client of [ada.client, scene.as.noor]) {
      const last = page(await client.get(ada.thread))('.message').last();
      expect(last.find('.text').text()).toBe('Like this one');
      expect(last.find('.files a').attr('href')).toBe(`/attachments/${file!.id}`);
      expect(last.find('.files .hint').text()).toBe('293 KB');
      expect(((await download(client, file!.id)).body as Buffer).equals(PDF)).toBe(true);
    }
    for (const client of [scene.as.tomas, scene.as.mina, scene.as.ada]) {
      expect((await download(client, file!.id)).status).toBe(404);
    }
  });

  test('a first question may be a file alone; the list says so where words would stand', async () => {
    const person = await createPerson(app, 'Ada Beginning');
    const client = await signIn(app, person);
    await client.get(`/conversations/new?gig=${scene.shop.gigId}`);
    const fields = { gig: scene.shop.gigId, body: '', form_key: randomUUID() };
    const sent = await postFiles(client, '/conversations', fields, [note, { ...note, name: 'b.txt' }]);
    expect(sent.status).toBe(303);
    const again = await postFiles(client, '/conversations', fields, [note]);
    expect([again.status, again.headers.location]).toEqual([303, sent.headers.location]);
    const id = sent.headers.location!.split('/')[2]!;
    expect((await filesOf(app, id)).map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    const row = page(await scene.as.noor.get('/messages'))('li:contains("Ada Beginning")');
    expect(row.text()).toContain('2 files');
    expect(page(await scene.as.noor.get(sent.headers.location!))('.message .files li').length).toBe(2);
  });

  test('a message may be a file alone or words alone, but not nothing', async () => {
    const ada = await asker('Ada Sparing');
    expect((await postFiles(ada.client, ada.thread, { body: '' }, [note])).status).toBe(303);
    expect((await postFiles(ada.client, ada.thread, { body: 'Words' }, [{ name: '', bytes: '' }])).status).toBe(303);
    const empty = await postFiles(ada.client, ada.thread, { body: ' ' }, []);
    expect([empty.status, page(empty)('.error-list a').attr('href')]).toEqual([422, '#message-body']);
    expect((await messagesOf(ada.id)).map(({ body }) => body)).toEqual(['Do you print on linen?', '', 'Words']);
  });

  test('the same form three times, twice at once, is one message with its file once', async () => {
    const ada = await asker('Ada Hasty');
    const fields = { form_key: randomUUID(), body: '' };
    const send = () => postFiles(ada.client, ada.thread, fields, [menu]);
    const answers = [...(await Promise.all([send(), send()])), await send()];
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(Array(3).fill([303, ada.thread]));
    expect(await messagesOf(ada.id)).toHaveLength(2);
    await eventually(async () => expect(await filesOf(app, ada.id)).toHaveLength(1));
    expect(await chunkCount(app, ada.id)).toBe(2);
  });

  test.each([
    ['a page', 'evil.html', '<!doctype html><script>alert(1)</script>', 'text/html'],
    [
      'a drawing with a script',
      'evil.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      'image/svg+xml',
    ],
  ])('%s is saved, never run', async (what, name, bytes, type) => {
    const ada = await asker(`Ada ${what}`);
    await postFiles(ada.client, ada.thread, { body: '' }, [{ name, bytes, type }]);
    const [file] = await filesOf(app, ada.id);
    expect((await download(scene.as.noor, file!.id)).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
      'content-security-policy': "sandbox; default-src 'none'",
    });
  });

  test('over htmx a refused message comes back as the thread alone', async () => {
    const ada = await asker('Ada Partial');
    const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
    const refused = await postFiles(ada.client, ada.thread, { body: 'Kept' }, [{ name: 'a', bytes: '' }], headers);
    expect([refused.status, page(refused)('h1').length]).toEqual([422, 0]);
    expect(page(refused)('#messages #message-body').text()).toContain('Kept');
  });
});

describe('what is refused', () => {
  const nothing = async (id: string) =>
    eventually(async () => expect([await filesOf(app, id), await chunkCount(app, id)]).toEqual([[], 0]));

  test('a file over 25 MB, an eleventh, an empty one, a field that is none: nothing stays, words come back', async () => {
    const ada = await asker('Ada Refused');
    const send = (files: TestFile[]) => postFiles(ada.client, ada.thread, { body: 'The menu' }, files);
    const cases: [files: TestFile[], status: number, words: string][] = [
      [[menu, { name: 'film.mov', bytes: Buffer.alloc(25 * MB + 1) }], 413, '“film.mov” is larger than 25 MB'],
      [Array.from({ length: 11 }, (_, n) => ({ ...note, name: `${n}.txt` })), 413, 'at most 10 files'],
      [[menu, { name: 'empty.txt', bytes: '' }], 422, '“empty.txt” is empty'],
    ];
    for (const [files, status, words] of cases) {
      const answer = await send(files);
      expect([answer.status, page(answer)('.error-list a').attr('href')]).toEqual([status, '#message-files']);
      expect(page(answer)('#message-files-error').text()).toContain(words);
      expect(page(answer)('#message-body').text().trim()).toBe('The menu');
    }
    expect((await send([{ ...note, field: 'avatar' }])).status).toBe(422);
    const long = await postFiles(ada.client, ada.thread, { body: 'x'.repeat(5_001) }, [menu]);
    expect([long.status, page(long)('.error-list a').attr('href')]).toEqual([422, '#message-body']);
    expect(await messagesOf(ada.id)).toHaveLength(1);
    await nothing(ada.id);
  });

  test('a first question whose file is refused is given back, and can be asked again', async () => {
    const client = await signIn(app, await createPerson(app, 'Ada Again'));
    const form = `/conversations/new?gig=${scene.shop.gigId}`;
    await client.get(form);
    const fields = { gig: scene.shop.gigId, body: 'Like this?' };
    const large = { name: 'film.mov', bytes: Buffer.alloc(25 * MB + 1) };
    const refused = await postFiles(client, '/conversations', fields, [large]);
    expect([refused.status, page(refused)('.error-list a').attr('href')]).toEqual([413, '#files']);
    expect(page(refused)('#body').text()).toContain('Like this?');
    expect((await scene.as.noor.get('/messages')).text).not.toContain('Ada Again');
    expect((await client.get('/messages')).text).not.toContain('Noor Haddad');
    expect((await client.get(form)).status).toBe(200);
    expect((await postFiles(client, '/conversations', fields, [note])).status).toBe(303);
    expect((await scene.as.noor.get('/messages')).text).toContain('Ada Again');
  });

  test('nobody asks with a file about his own gig, about nothing, or past the twenty of a day', async () => {
    const { noor } = scene.as;
    const client = await signIn(app, tomas);
    for (const side of [noor, client]) await side.get('/account');
    const ask = (by: Client, gig: string) => postFiles(by, '/conversations', { gig, body: 'Kept' }, [note]);
    expect((await ask(noor, scene.shop.gigId)).status).toBe(403);
    expect((await ask(client, randomUUID())).status).toBe(404);
    expect((await ask(client, 'nothing')).status).toBe(404);
    const sellers = await Promise.all(
      Array.from({ length: NEW_THREADS_A_DAY }, (_, n) => createPerson(app, `Seller ${n}`)),
    );
    const buyer_id = tomas.id;
    await asSystem(app, (trx) =>
      trx('conversations').insert(sellers.map(({ id }) => ({ id: randomUUID(), buyer_id, seller_id: id }))),
    );
    const tooMany = await ask(client, scene.shop.gigId);
    expect([tooMany.status, page(tooMany)('#body').text().trim()]).toEqual([429, 'Kept']);
    expect(await asSystem(app, (trx) => trx('attachments').where({ owner_id: buyer_id }))).toEqual([]);
  });

  test('a stranger finds no thread, a blocked side a closed one, and neither leaves a byte', async () => {
    const ada = await asker('Ada Blocking');
    for (const client of [scene.as.tomas, scene.as.mina]) {
      await client.get('/account');
      expect((await postFiles(client, ada.thread, { body: '' }, [note])).status).toBe(404);
    }
    const act = (name: string) => `${ada.thread.replace('/messages', '/conversations')}/${name}`;
    await scene.as.noor.post(act('block'));
    for (const client of [ada.client, scene.as.noor]) {
      // Refused at the head of the file: the rest is never sent.
      const request = openUpload(app, client, ada.thread);
      const answered = new Promise<number | undefined>((resolve) =>
        request.once('response', (response) => resolve(response.statusCode)),
      );
      request.write(openFields([['_csrf', client.csrf!]]) + fileHead('files', 'menu.pdf') + 'x'.repeat(300_000));
      expect(await answered).toBe(409);
      request.destroy();
    }
    expect((await postFiles(ada.client, '/conversations', { gig: scene.shop.gigId, body: '' }, [note])).status).toBe(
      409,
    );
    await nothing(ada.id);
    await scene.as.noor.post(act('unblock'));
    expect((await postFiles(ada.client, ada.thread, { body: '' }, [note])).status).toBe(303);
  });

  test('a connection that is cut leaves nothing; a dead process leaves something for an hour', async () => {
    const ada = await asker('Ada Cut');
    const begin = async () => {
      const request = openUpload(app, ada.client, ada.thread);
      const fields = openFields([
        ['_csrf', ada.client.csrf!],
        ['body', 'Half'],
      ]);
      request.write(fields + fileHead('files', 'menu.pdf') + 'x'.repeat(300_000));
      await eventually(async () => expect(await chunkCount(app, ada.id)).toBe(1));
      return request;
    };
    const first = await begin();
    const [half] = await filesOf(app, ada.id);
    expect((await download(scene.as.noor, half!.id)).status).toBe(404);
    first.destroy();
    await nothing(ada.id);

    const second = await begin();
    clock.set(new Date(Date.now() + 61 * 60_000));
    try {
      expect(await pruneAttachments(app.services)).toEqual({ pruned: 1 });
    } finally {
      clock.set(null);
    }
    await nothing(ada.id);
    second.destroy();
    expect(await messagesOf(ada.id)).toHaveLength(1);
  });
});

describe('past the pages, in plain SQL', () => {
  const file = (owner: TestPerson, place: object) => ({
    ...{ id: randomUUID(), name: 'x.pdf', content_type: 'application/pdf', owner_id: owner.id },
    ...place,
  });
  const insert = (by: TestPerson, row: object) =>
    outcome(transact(app, by.actor, (trx) => trx('attachments').insert(row) as never));
  const update = (by: TestPerson, id: string, row: object) =>
    outcome(transact(app, by.actor, (trx) => trx('attachments').where({ id }).update(row) as never));

  test('Tomas hangs no file in another’s thread, nor Mina, who only administers', async () => {
    const ada = await asker('Ada Attacked');
    const place = { conversation_id: ada.id };
    expect(await insert(tomas, file(tomas, place))).toBe('42501');
    expect(await insert(mina, file(mina, place))).toBe('42501');
    expect(await insert(tomas, file(ada.person, place))).toBe('42501');
    expect(await filesOf(app, ada.id)).toEqual([]);
  });

  test('a file goes with no message but one’s own in its own thread, and is not sent before it has come', async () => {
    const ada = await asker('Ada Mixing');
    const other = await asker('Ada Elsewhere');
    const order = await orderIn(app, scene, 'in_progress');
    await scene.as.noor.post(ada.thread, { body: 'From Noor' });
    await scene.as.ada.post(`/orders/${order}/messages`, { body: 'In an order' });
    const [own, noors] = await messagesOf(ada.id);
    const [foreign] = await messagesOf(other.id);
    const [ofOrder] = await asSystem(app, (trx) =>
      trx('order_messages').where({ order_id: order }).select<{ id: string }[]>('id'),
    );
    const place = { conversation_id: ada.id };
    for (const message of [noors, foreign, ofOrder]) {
      expect(await insert(ada.person, file(ada.person, { ...place, message_id: message!.id }))).toBe('42501');
    }
    expect(await insert(ada.person, file(ada.person, { ...place, finalised_at: new Date() }))).toBe('42501');
    const row = file(ada.person, place);
    await transact(app, ada.person.actor, (trx) => trx('attachments').insert(row));
    for (const message of [noors, foreign, ofOrder]) {
      expect(await update(ada.person, row.id, { message_id: message!.id })).toBe('42501');
    }
    expect(await update(ada.person, row.id, { conversation_id: other.id })).toBe('42501');
    expect(await update(ada.person, row.id, { message_id: own!.id, finalised_at: new Date() })).toBe(1);
    expect(await update(ada.person, row.id, { name: 'y.pdf' })).toBe('42501');
    expect(await update(scene.noor, row.id, { name: 'y.pdf' })).toBe(0);

    const inOrder = file(scene.ada, { order_id: order });
    await transact(app, scene.ada.actor, (trx) => trx('attachments').insert(inOrder));
    expect(await update(scene.ada, inOrder.id, { message_id: own!.id })).toBe('42501');
    expect(await update(scene.ada, inOrder.id, { message_id: ofOrder!.id, finalised_at: new Date() })).toBe(1);
  });

  test('how far one has read is told to the other side alone', async () => {
    const ada = await asker('Ada Read');
    await scene.as.noor.get(ada.thread);
    const seenBy = (by: TestPerson) =>
      transact(app, by.actor, (trx) =>
        trx('conversation_reads').where({ conversation_id: ada.id, user_id: scene.noor.id }),
      );
    expect(await seenBy(ada.person)).toHaveLength(1);
    for (const person of [tomas, mina]) expect(await seenBy(person)).toEqual([]);
    const change = transact(app, ada.person.actor, (trx) =>
      trx('conversation_reads').where({ user_id: scene.noor.id }).update({ last_number: 0 }),
    );
    expect(await change).toBe(0);
  });
});

test('one’s newest message says that it was seen, once the other side has opened the thread', async () => {
  const ada = await asker('Ada Waiting');
  const seen = async (client: Client) => {
    const thread = page(await client.get(ada.thread));
    return thread('.message')
      .map((_n, message) => thread(message).children().last().children('p.hint').text())
      .get();
  };
  expect(await seen(ada.client)).toEqual(['']);
  expect(await seen(scene.as.noor)).toEqual(['']);
  expect(await seen(ada.client)).toEqual(['Seen']);
  await ada.client.post(ada.thread, { body: 'And on silk?' });
  expect(await seen(ada.client)).toEqual(['', '']);
  await scene.as.noor.post(ada.thread, { body: 'Both' });
  expect(await seen(scene.as.noor)).toEqual(['', '', '']);
  expect(await seen(ada.client)).toEqual(['', 'Seen', '']);
  expect(await seen(scene.as.noor)).toEqual(['', '', 'Seen']);
});

test('files are in the export of their sender, and stay with the other side when he deletes his account', async () => {
  const ada = await asker('Ada Leaving');
  await postFiles(ada.client, ada.thread, { body: '' }, [menu]);
  const [file] = await filesOf(app, ada.id);
  const { files } = (await ada.client.get('/account/export')).body as { files: object[] };
  expect(files).toMatchObject([{ id: file!.id, conversation_id: ada.id, name: 'Menü.pdf', sha256: file!.sha256 }]);
  expect((await ada.client.post('/account/deletion', { current_password: PASSWORD })).status).toBe(303);
  clock.set(new Date(Date.now() + 15 * 86_400_000));
  try {
    expect((await deleteAccounts(app.services)).deleted).toBe(1);
    expect(await pruneAttachments(app.services)).toEqual({ pruned: 0 });
  } finally {
    clock.set(null);
  }
  const thread = page(await scene.as.noor.get(ada.thread));
  expect(thread('.message').last().text()).toContain('Former member');
  expect(thread('.message').last().find('.files a').attr('href')).toBe(`/attachments/${file!.id}`);
  expect(((await download(scene.as.noor, file!.id)).body as Buffer).equals(PDF)).toBe(true);
});
