import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { pruneAttachments } from '../../../src/jobs/prune-attachments.ts';
import { evidenceOf } from '../../../src/money/evidence.ts';
import { guestToken } from '../../../src/models/guest-buyer.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, visit } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import {
  asSystem,
  CAFE_QUESTIONS,
  createPerson,
  openShop,
  orderIn,
  placeOrder,
  questionIds,
  readOrder,
  setScene,
  signIn,
  type Scene,
} from '../../support/orders.ts';
import {
  answerOf,
  chunkCount,
  END,
  fileHead,
  filesOf,
  openFields,
  openUpload,
  postFiles,
} from '../../support/uploads.ts';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
  scene = await setScene(app);
});
afterAll(() => app.stop());

const MB = 1024 * 1024;
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);
const FILE_QUESTION = {
  id: randomUUID(),
  kind: 'file' as const,
  label: 'Photos of the room?',
  required: true,
  choices: [],
};

const download = (client: Scene['as']['ada'], id: string, headers: Record<string, string> = {}) =>
  client.raw.get(`/attachments/${id}`).set(headers).buffer(true).parse(asBytes);

function asBytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const stream = response as unknown as NodeJS.ReadableStream;
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('end', () => done(null, Buffer.concat(pieces)));
}

const send = async (files: { name: string; bytes: Buffer | string; type?: string }[]) => {
  const id = await orderIn(app, scene, 'in_progress');
  const answer = await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'Look' }, files);
  expect(answer.status).toBe(303);
  return { order: id, files: await filesOf(app, id) };
};

describe('what travels', () => {
  test('a delivery of files alone is a delivery; both sides see and fetch them', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const answer = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: '', links: '' }, [
      { name: 'Menü.pdf', bytes: PDF, type: 'text/html' },
      { name: 'notes.txt', bytes: 'Print on both sides' },
    ]);
    expect([answer.status, answer.headers.location]).toEqual([303, `/sell/orders/${id}`]);
    expect((await readOrder(app, id)).status).toBe('delivered');
    const [menu, notes] = await filesOf(app, id);
    expect(menu).toMatchObject({
      name: 'Menü.pdf',
      content_type: 'application/pdf',
      byte_size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      finalised_at: expect.any(Date) as Date,
      delivery_id: expect.any(String) as string,
    });
    expect(notes).toMatchObject({ name: 'notes.txt', content_type: 'application/octet-stream' });
    const seen = page(await scene.as.ada.get(`/orders/${id}`));
    const rows = seen('.files li');
    expect(rows.map((_i, row) => seen(row).find('p.hint').text()).get()).toEqual(['293 KB', '19 bytes']);
    expect(rows.first().find('a').attr('href')).toBe(`/attachments/${menu!.id}`);
    expect(((await download(scene.as.ada, menu!.id)).body as Buffer).equals(PDF)).toBe(true);
    expect(await chunkCount(app, id)).toBe(3);
  });

  test('a message may be a file alone, or words alone in the same form', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    expect(
      (await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: '' }, [{ name: 'a.txt', bytes: 'a' }])).status,
    ).toBe(303);
    expect(
      (await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'Words' }, [{ name: '', bytes: '' }])).status,
    ).toBe(303);
    expect((await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: ' ' }, [])).status).toBe(422);
    const thread = page(await scene.as.noor.get(`/orders/${id}/messages`));
    expect(thread('.message').length).toBe(2);
    expect(thread('.message').first().find('.files a').first().text()).toBe('a.txt');
    expect(thread('.message').last().find('.text').text()).toBe('Words');
  });

  test('over htmx a message with a file brings the thread', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
    const sent = await postFiles(
      scene.as.ada,
      `/orders/${id}/messages`,
      { body: 'x' },
      [{ name: 'a.txt', bytes: 'a' }],
      headers,
    );
    expect(sent.headers.location).toBe(`/orders/${id}/messages`);
  });

  test('a form without files may come as multipart too, and nested names stay nested', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const ids = await questionIds(app, id);
    const answers = {
      [`answers[${ids.name}]`]: 'Warda',
      [`answers[${ids.dishes}]`]: 'Tea',
      [`answers[${ids.size}]`]: 'A5',
    };
    expect((await postFiles(scene.as.ada, `/orders/${id}/requirements`, answers, [])).status).toBe(303);
    expect((await readOrder(app, id)).status).toBe('in_progress');
  });

  test('the same form sent twice is one delivery with its files once', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const fields = { form_key: randomUUID(), message: 'Here' };
    const again = () =>
      postFiles(scene.as.noor, `/orders/${id}/deliveries`, fields, [{ name: 'menu.pdf', bytes: PDF }]);
    const answers = [...(await Promise.all([again(), again()])), await again()];
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
      Array(3).fill([303, `/sell/orders/${id}`]),
    );
    await eventually(async () => expect(await filesOf(app, id)).toHaveLength(1));
  });
});

describe('the brief', () => {
  const asking = (change: Partial<typeof FILE_QUESTION> = {}) =>
    orderIn(app, scene, 'awaiting_requirements', { questions: [CAFE_QUESTIONS[0]!, { ...FILE_QUESTION, ...change }] });

  test('defect 17: a required file is asked for by the server; what has arrived meanwhile is kept', async () => {
    const id = await asking();
    const ids = await questionIds(app, id);
    const path = `/orders/${id}/requirements`;
    const missing = await postFiles(scene.as.ada, path, { [`answers[${ids.name}]`]: 'Warda' }, []);
    expect([missing.status, page(missing)('.error-list a').attr('href')]).toEqual([422, `#files-${ids.photos}`]);
    expect(page(missing)(`#files-${ids.photos}`).attr('aria-invalid')).toBe('true');

    const photo = { field: `files[${ids.photos}]`, name: 'room.jpg', bytes: 'x' };
    const half = await postFiles(scene.as.ada, path, { [`answers[${ids.name}]`]: '' }, [photo]);
    expect([half.status, page(half)('.error-list a').attr('href')]).toEqual([422, `#answers-${ids.name}`]);
    expect(page(half)('.files').text()).toContain('room.jpg');
    expect((await readOrder(app, id)).status).toBe('awaiting_requirements');

    const sent = await scene.as.ada.post(path, { answers: { [ids.name!]: 'Warda' } });
    expect(sent.status).toBe(303);
    const [file] = await filesOf(app, id);
    const row = await asSystem(app, (trx) =>
      trx('order_requirements').where({ id: ids.photos }).first<{ answer: unknown }>('answer'),
    );
    expect([row.answer, file!.requirement_id]).toEqual([{ files: [file!.id] }, ids.photos]);
    const { record } = await asSystem(app, (trx) => evidenceOf(trx, id));
    expect(record).toContain(`- Photos of the room? [files: room.jpg sha256 ${file!.sha256}]`);
    expect(page(await scene.as.noor.get(`/sell/orders/${id}`))('.answers .files a').attr('href')).toBe(
      `/attachments/${file!.id}`,
    );
  });

  test('a draft keeps its files for the buyer alone, gives them up when asked, and sends the rest', async () => {
    const id = await asking();
    const ids = await questionIds(app, id);
    const path = `/orders/${id}/requirements`;
    const photo = (name: string) => ({ field: `files[${ids.photos}]`, name, bytes: name });
    expect((await postFiles(scene.as.ada, `${path}/draft`, {}, [photo('one.jpg'), photo('two.jpg')])).status).toBe(303);
    const [one, two] = await filesOf(app, id);
    expect(page(await scene.as.ada.get(path))('#requirements-form .files').text()).toContain('two.jpg');
    for (const client of [scene.as.noor, scene.as.mina]) expect((await download(client, one!.id)).status).toBe(404);
    const { record } = await asSystem(app, (trx) => evidenceOf(trx, id));
    expect(record).not.toContain('one.jpg');

    const fields = { [`answers[${ids.name}]`]: 'Warda', 'remove_files[]': one!.id };
    const ten = Array.from({ length: 10 }, (_, n) => photo(`more-${n}.jpg`));
    expect((await postFiles(scene.as.ada, `${path}/draft`, fields, ten)).status).toBe(422);
    expect((await scene.as.noor.post(`${path}/draft`, { remove_files: [two!.id] })).status).toBe(403);
    expect((await postFiles(scene.as.ada, path, fields, [])).status).toBe(303);
    expect((await download(scene.as.ada, one!.id)).status).toBe(404);
    expect((await download(scene.as.noor, two!.id)).status).toBe(200);
    expect((await scene.as.noor.get(`/sell/orders/${id}`)).text).not.toContain('one.jpg');
    expect(await pruneAttachments(app.services)).toEqual({ pruned: 1 });
  });

  test('files can be added until the first delivery, for questions that ask for files', async () => {
    const id = await asking({ required: false });
    const ids = await questionIds(app, id);
    const path = `/orders/${id}/requirements`;
    const fields = { [`answers[${ids.name}]`]: 'Warda' };
    const photo = (name: string, field = ids.photos) => ({ field: `files[${field}]`, name, bytes: name });
    expect((await postFiles(scene.as.ada, path, fields, [])).status).toBe(303);
    expect((await postFiles(scene.as.ada, path, fields, [photo('one.jpg'), photo('two.jpg')])).status).toBe(303);
    expect((await postFiles(scene.as.ada, path, fields, [photo('three.jpg')])).status).toBe(303);
    expect((await filesOf(app, id)).map(({ name }) => name)).toEqual(['one.jpg', 'two.jpg', 'three.jpg']);
    expect((await postFiles(scene.as.ada, path, fields, [photo('x.jpg', ids.name)])).status).toBe(422);
    expect((await postFiles(scene.as.ada, path, fields, [photo('x.jpg', randomUUID())])).status).toBe(422);
    expect((await postFiles(scene.as.ada, path, fields, [{ name: 'x.jpg', bytes: 'x' }])).status).toBe(422);
    const eight = Array.from({ length: 8 }, (_, n) => photo(`more-${n}.jpg`));
    expect((await postFiles(scene.as.ada, path, fields, eight)).status).toBe(422);
    await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'Done' }, []);
    expect((await postFiles(scene.as.ada, path, fields, [photo('late.jpg')])).status).toBe(409);
    await eventually(async () => expect(await filesOf(app, id)).toHaveLength(10));
  });
});

describe('a draft', () => {
  test('keeps its files for the seller alone, gives them up when asked, and delivers the rest', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const draft = `/orders/${id}/deliveries/draft`;
    const two = [
      { name: 'one.pdf', bytes: PDF },
      { name: 'two.pdf', bytes: PDF },
    ];
    expect((await postFiles(scene.as.noor, draft, { message: 'Soon' }, two)).status).toBe(303);
    const [one, other] = await filesOf(app, id);
    const form = page(await scene.as.noor.get(`/sell/orders/${id}`))('#delivery-form');
    expect(form.find('.files a[href]').first().attr('href')).toBe(`/attachments/${one!.id}`);
    expect((await download(scene.as.noor, one!.id)).status).toBe(200);
    for (const client of [scene.as.ada, scene.as.mina]) expect((await download(client, one!.id)).status).toBe(404);
    expect((await scene.as.ada.get(`/orders/${id}`)).text).not.toContain('one.pdf');

    expect((await postFiles(scene.as.noor, draft, { message: 'Soon', 'remove_files[]': one!.id }, [])).status).toBe(
      303,
    );
    expect((await download(scene.as.noor, one!.id)).status).toBe(404);
    expect((await postFiles(scene.as.noor, `/orders/${id}/deliveries`, {}, [])).status).toBe(303);
    expect((await download(scene.as.ada, other!.id)).status).toBe(200);
    expect(await pruneAttachments(app.services)).toEqual({ pruned: 1 });
    expect((await filesOf(app, id)).map(({ name, draft }) => [name, draft])).toEqual([['two.pdf', false]]);
  });

  test('takes over the files of a delivery that was refused', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const refused = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { links: 'javascript:alert(1)' }, [
      { name: 'menu.pdf', bytes: PDF },
    ]);
    expect([refused.status, page(refused)('.error-list a').attr('href')]).toEqual([422, '#links']);
    expect(page(refused)('#delivery-form .files').text()).toContain('menu.pdf');
    expect((await scene.as.noor.post(`/orders/${id}/deliveries`, { links: 'https://a.test/' })).status).toBe(303);
    expect(await filesOf(app, id)).toMatchObject([
      { name: 'menu.pdf', draft: false, delivery_id: expect.any(String) as string },
    ]);
  });
});

describe('what is refused', () => {
  test('a file over 25 MB: 413 on the form, with what was typed, and nothing stays', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const answer = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'The menu' }, [
      { name: 'small.pdf', bytes: PDF },
      { name: 'film.mov', bytes: Buffer.alloc(25 * MB + 1) },
    ]);
    expect([answer.status, page(answer)('.error-list a').attr('href')]).toEqual([413, '#files']);
    expect(page(answer)('#files-error').text()).toContain('“film.mov” is larger than 25 MB');
    expect(page(answer)('#message').text().trim()).toBe('The menu');
    expect([await filesOf(app, id), await chunkCount(app, id)]).toEqual([[], 0]);
    expect((await readOrder(app, id)).status).toBe('in_progress');
  });

  test('25 MB to the byte are taken', async () => {
    const { files } = await send([{ name: 'film.mov', bytes: Buffer.alloc(25 * MB) }]);
    expect(files).toMatchObject([{ byte_size: 25 * MB }]);
  });

  test('an eleventh file, an empty file, a field that is none', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const files = Array.from({ length: 11 }, (_, n) => ({ name: `${n}.txt`, bytes: 'x' }));
    const eleven = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'x' }, files);
    expect([eleven.status, page(eleven)('#files-error').text()]).toEqual([
      413,
      expect.stringContaining('at most 10 files'),
    ]);
    const empty = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'x' }, [
      { name: 'a', bytes: '' },
    ]);
    expect([empty.status, page(empty)('#files-error').text()]).toEqual([422, expect.stringContaining('“a” is empty')]);
    const stray = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'x' }, [
      { field: 'avatar', name: 'a', bytes: 'x' },
    ]);
    expect(stray.status).toBe(422);
    expect(await filesOf(app, id)).toEqual([]);
  });

  test('a message with too large a file says so at its own field', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const answer = await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'Film' }, [
      { name: 'film.mov', bytes: Buffer.alloc(25 * MB + 1) },
    ]);
    expect([
      answer.status,
      page(answer)('.error-list a').attr('href'),
      page(answer)('#message-body').text().trim(),
    ]).toEqual([413, '#message-files', 'Film']);
  });

  test('more text than a form may hold', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const answer = await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'x'.repeat(101 * 1024) }, []);
    expect(answer.status).toBe(413);
    const nul = await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'a\u0000b' }, [
      { name: 'a', bytes: 'a' },
    ]);
    expect(nul.status).toBe(422);
    expect(await filesOf(app, id)).toEqual([]);
  });

  test('other people and the wrong moment, before the first byte is kept', async () => {
    const id = await orderIn(app, scene, 'awaiting_requirements');
    const file = [{ name: 'a.pdf', bytes: PDF }];
    const cases: [Scene['as']['ada'], string, number][] = [
      [scene.as.tomas, 'messages', 404],
      [scene.as.tomas, 'deliveries', 404],
      [scene.as.ada, 'deliveries', 403],
      [scene.as.mina, 'messages', 403],
      [scene.as.noor, 'deliveries', 409],
    ];
    for (const [client, act, status] of cases) {
      expect((await postFiles(client, `/orders/${id}/${act}`, { message: 'x', body: 'x' }, file)).status).toBe(status);
    }
    const late = page(await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'My text' }, file));
    expect(late('h1').text()).toBe('This order still waits for the brief');
    expect(late('blockquote').text()).toBe('My text');
    expect(await filesOf(app, id)).toEqual([]);
    const nobody = await visit(app)
      .raw.post(`/orders/${id}/messages`)
      .field('_csrf', 'x')
      .attach('files', PDF, 'a.pdf');
    expect(nobody.status).toBe(403);
  });

  test.each([
    ['no token', openFields([['body', 'x']])],
    ['a late token', openFields([['body', 'x']]) + fileHead('files', 'a.txt') + 'x\r\n'],
    ['another session’s token', openFields([['_csrf', 'f'.repeat(64)]])],
  ])('%s: answered before the rest is sent', async (_name, start) => {
    const id = await orderIn(app, scene, 'in_progress');
    const request = openUpload(app, scene.as.ada, `/orders/${id}/messages`, { 'Content-Length': String(250 * MB) });
    request.write(start + fileHead('files', 'menu.pdf') + 'x'.repeat(1_000));
    expect((await answerOf(request)).status).toBe(403);
    request.destroy();
    expect(await filesOf(app, id)).toEqual([]);
  });

  test('another site’s form is refused although it has the token', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const foreign: Record<string, string>[] = [{ Origin: 'https://evil.test' }, { 'Sec-Fetch-Site': 'cross-site' }];
    for (const headers of foreign) {
      const answer = await postFiles(
        scene.as.ada,
        `/orders/${id}/messages`,
        { body: 'x' },
        [{ name: 'a', bytes: 'a' }],
        headers,
      );
      expect(answer.status).toBe(403);
    }
    expect(await filesOf(app, id)).toEqual([]);
  });

  test('a form that is none', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const path = `/orders/${id}/messages`;
    const noBoundary = await scene.as.ada.raw.post(path).set('Content-Type', 'multipart/form-data').send('x');
    expect(noBoundary.status).toBe(422);
    const elsewhere = await postFiles(scene.as.ada, `/orders/${id}/acceptance`, {}, [{ name: 'a', bytes: 'a' }]);
    expect(elsewhere.status).toBe(409);
    expect((await filesOf(app, id)).length).toBe(0);
  });
});

describe('a cut line', () => {
  test('leaves nothing, and nobody sees the file before it is whole', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const request = openUpload(app, scene.as.noor, `/orders/${id}/deliveries`);
    request.write(
      openFields([
        ['_csrf', scene.as.noor.csrf!],
        ['message', 'Here'],
      ]) + fileHead('files', 'menu.pdf'),
    );
    request.write(randomBytes(MB));
    await eventually(async () => expect(await chunkCount(app, id)).toBeGreaterThanOrEqual(3));
    const [file] = await filesOf(app, id);
    expect(file!.finalised_at).toBeNull();
    for (const client of [scene.as.ada, scene.as.noor]) expect((await download(client, file!.id)).status).toBe(404);
    expect((await scene.as.ada.get(`/orders/${id}`)).text).not.toContain('menu.pdf');
    request.destroy();
    await eventually(async () => expect(await filesOf(app, id)).toEqual([]));
    expect([await chunkCount(app, id), (await readOrder(app, id)).status]).toEqual([0, 'in_progress']);
  });

  test('a form that ends in the middle is no form', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const request = openUpload(app, scene.as.noor, `/orders/${id}/deliveries`);
    request.end(
      openFields([
        ['_csrf', scene.as.noor.csrf!],
        ['message', 'Here'],
      ]) +
        fileHead('files', 'menu.pdf') +
        'half',
    );
    await new Promise((resolve) => request.on('close', resolve));
    await eventually(async () => expect(await filesOf(app, id)).toEqual([]));
    expect((await readOrder(app, id)).status).toBe('in_progress');
  });

  test('what a dead process left is pruned after an hour without a sign of life, not before', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const request = openUpload(app, scene.as.noor, `/orders/${id}/deliveries`);
    request.write(openFields([['_csrf', scene.as.noor.csrf!]]) + fileHead('files', 'menu.pdf') + 'x'.repeat(300_000));
    await eventually(async () => expect(await chunkCount(app, id)).toBe(1));
    const now = Date.now();
    try {
      clock.set(new Date(now + 59 * 60_000));
      expect(await pruneAttachments(app.services)).toEqual({ pruned: 0 });
      clock.set(new Date(now + 61 * 60_000));
      expect(await pruneAttachments(app.services)).toEqual({ pruned: 1 });
    } finally {
      clock.set(null);
    }
    expect(await chunkCount(app, id)).toBe(0);
    request.destroy();
  });

  test('a whole upload after the fields works, in whatever pieces it comes', async () => {
    const id = await orderIn(app, scene, 'in_progress');
    const body = Buffer.concat([
      Buffer.from(openFields([['_csrf', scene.as.noor.csrf!]]) + fileHead('files', 'menu.pdf')),
      PDF.subarray(0, 70_000),
      Buffer.from(`\r\n${openFields([['message', 'After the file']])}`.replace(/\r\n$/, '') + END),
    ]);
    const request = openUpload(app, scene.as.noor, `/orders/${id}/deliveries`);
    for (let at = 0; at < body.length; at += 4_099) {
      if (!request.write(body.subarray(at, at + 4_099))) await new Promise((resolve) => request.once('drain', resolve));
    }
    request.end();
    expect((await answerOf(request)).status).toBe(303);
    expect(await filesOf(app, id)).toMatchObject([{ byte_size: 70_000 }]);
    expect((await scene.as.ada.get(`/orders/${id}`)).text).toContain('After the file');
  });
});

describe('fetching', () => {
  test.each([
    ['a page', 'evil.html', '<!doctype html><script>alert(1)</script>', 'text/html'],
    [
      'a drawing with a script (defect 18)',
      'evil.svg',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      'image/svg+xml',
    ],
    ['a script', 'evil.js', 'alert(1)', 'text/javascript'],
  ])('defect 61: %s is saved, never run', async (_name, name, bytes, type) => {
    const { files } = await send([{ name, bytes, type }]);
    const { headers } = await download(scene.as.noor, files[0]!.id);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  test('names arrive whole, and cannot break out of header or page', async () => {
    const { order, files } = await send([
      { name: "Menü's <b>Ada;*%.pdf", bytes: PDF },
      { name: '../../../etc/passwd', bytes: 'x' },
    ]);
    const named = files.find(({ name }) => name.startsWith('Menü'))!;
    const { headers } = await download(scene.as.noor, named.id);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="Men_'s <b>Ada;*_.pdf"; filename*=UTF-8''Men%C3%BC%27s%20%3Cb%3EAda%3B%2A%25.pdf`,
    );
    expect(headers['content-type']).toBe('application/pdf');
    expect(files.map(({ name }) => name)).toContain('passwd');
    expect(page(await scene.as.noor.get(`/orders/${order}`))('.files b').length).toBe(0);
  });

  test('in ranges, and again only when it changed', async () => {
    const { files } = await send([{ name: 'menu.pdf', bytes: PDF }]);
    const { id } = files[0]!;
    const part = async (range: string, more: Record<string, string> = {}) =>
      download(scene.as.noor, id, { Range: range, ...more });
    const middle = await part('bytes=262100-262199');
    expect([middle.status, middle.headers['content-range'], middle.headers['content-length']]).toEqual([
      206,
      `bytes 262100-262199/${PDF.length}`,
      '100',
    ]);
    expect((middle.body as Buffer).equals(PDF.subarray(262_100, 262_200))).toBe(true);
    const end = await part('bytes=-9');
    expect((end.body as Buffer).equals(PDF.subarray(-9))).toBe(true);
    const beyond = await part(`bytes=${PDF.length}-`);
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${PDF.length}`]);
    expect((await part('bytes=0-1,5-6')).status).toBe(200);
    const whole = await download(scene.as.noor, id);
    expect([whole.headers['accept-ranges'], whole.headers['content-encoding']]).toEqual(['bytes', undefined]);
    const etag = whole.headers.etag!;
    expect((await part('bytes=0-9', { 'If-Range': etag })).status).toBe(206);
    expect((await part('bytes=0-9', { 'If-Range': '"another"' })).status).toBe(200);
    expect((await download(scene.as.noor, id, { 'If-None-Match': etag })).status).toBe(304);
    const head = await scene.as.noor.raw.head(`/attachments/${id}`);
    expect([head.status, head.headers['content-length']]).toEqual([200, String(PDF.length)]);
  });

  test('for the two sides and admins only', async () => {
    const { files } = await send([{ name: 'menu.pdf', bytes: PDF }]);
    const { id } = files[0]!;
    const status = async (client: Scene['as']['ada']) => (await download(client, id)).status;
    const { ada, noor, mina, tomas } = scene.as;
    expect(await Promise.all([ada, noor, mina, tomas].map(status))).toEqual([200, 200, 200, 404]);
    const nobody = await visit(app).get(`/attachments/${id}`);
    expect([nobody.status, nobody.headers.location]).toEqual([
      303,
      `/login?next=${encodeURIComponent(`/attachments/${id}`)}`,
    ]);
    expect((await scene.as.ada.get(`/attachments/${randomUUID()}`)).status).toBe(404);
    expect((await scene.as.ada.get('/attachments/menu.pdf')).status).toBe(404);
  });

  test('a guest with his link sends and fetches files too', async () => {
    const id = randomUUID();
    const token = guestToken(app.config, id);
    const token_hash = createHash('sha256').update(token).digest('hex');
    await asSystem(app, (trx) => trx('guest_buyers').insert({ id, email: 'guest@gigflow.test', token_hash }));
    const order = await placeOrder(app, { shop: scene.shop, guest: { id } });
    const guest = visit(app);
    await guest.get(`/o/${token}`);
    await guest.get(`/orders/${order}`);
    const sending = await postFiles(guest, `/orders/${order}/messages`, { body: '' }, [
      { name: 'menu.pdf', bytes: PDF },
    ]);
    expect(sending.status).toBe(303);
    const [file] = await filesOf(app, order);
    const fetched = await Promise.all([guest, scene.as.noor, scene.as.ada].map((client) => download(client, file!.id)));
    expect(fetched.map(({ status }) => status)).toEqual([200, 200, 404]);
  });

  test('a file outlives the gig, and the name of its sender', async () => {
    const ilse = await createPerson(app, 'Ilse Brandt');
    const shop = await openShop(app, ilse);
    const order = await orderIn(app, { shop, ada: scene.ada, noor: ilse }, 'in_progress');
    const path = `/orders/${order}/messages`;
    expect((await postFiles(scene.as.ada, path, { body: 'Look' }, [{ name: 'menu.pdf', bytes: PDF }])).status).toBe(
      303,
    );
    await asSystem(app, async (trx) => {
      await trx('gig_listings').where({ gig_id: shop.gigId }).delete();
      await trx('whop_checkout_configs').where({ gig_id: shop.gigId }).update({ gig_id: null });
      expect(await trx('gigs').where({ id: shop.gigId }).delete()).toBe(1);
      await trx('attachments').where({ order_id: order }).update({ owner_id: null });
    });
    const [file] = await filesOf(app, order);
    for (const client of [await signIn(app, ilse), scene.as.ada]) {
      expect(((await download(client, file!.id)).body as Buffer).equals(PDF)).toBe(true);
    }
  });
});

test('a file that was sent cannot be changed or taken back, by whoever wrote it', async () => {
  const { files } = await send([{ name: 'menu.pdf', bytes: PDF }]);
  const { id } = files[0]!;
  const as = <T>(work: Parameters<typeof app.database.withActor<T>>[1]) =>
    app.database.withActor(scene.ada.actor, work);
  const change = (row: object) => as((trx) => trx('attachments').where({ id }).update(row));
  await expect(change({ sha256: 'x' })).rejects.toMatchObject({ code: '42501' });
  await expect(change({ name: 'other.pdf' })).rejects.toMatchObject({ code: '42501' });
  await expect(change({ message_id: null })).rejects.toMatchObject({ code: '42501' });
  await expect(change({ finalised_at: null })).rejects.toMatchObject({ code: '42501' });
  expect(await as((trx) => trx('attachments').where({ id }).delete())).toBe(0);
  await expect(
    as((trx) => trx('attachment_chunks').insert({ attachment_id: id, number: 9, bytes: Buffer.from('x') })),
  ).rejects.toMatchObject({ code: '42501' });
  expect(await as((trx) => trx('attachment_chunks').where({ attachment_id: id }).delete())).toBe(0);
});
