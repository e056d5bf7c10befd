import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { pruneAttachments } from '../../../src/jobs/prune-attachments.ts';
import { parseS3Url } from '../../../src/storage/s3-storage.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { asSystem, orderIn, setScene, type Scene } from '../../support/orders.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';
import { chunkCount, fileHead, filesOf, openFields, openUpload, postFiles } from '../../support/uploads.ts';

const MB = 1024 * 1024;
let s3: S3Server;
let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  s3 = await startS3Server();
  app = await startTestApp({ env: { STORAGE_URL: s3.url } });
  scene = await setScene(app);
});
afterAll(async () => {
  await app.stop();
  await s3.stop();
});

const sent = async (bytes: Buffer) => {
  const id = await orderIn(app, scene, 'in_progress');
  const answer = await postFiles(scene.as.ada, `/orders/${id}/messages`, { body: 'Look' }, [{ name: 'a.bin', bytes }]);
  return { id, answer, file: (await filesOf(app, id))[0]! };
};

test.each([
  ['small', 300_000, ['PUT']],
  ['exactly one part', 5 * MB, ['POST uploads', 'PUT partNumber,uploadId', 'POST uploadId']],
  ['three parts', 12 * MB, ['POST uploads', ...Array<string>(3).fill('PUT partNumber,uploadId'), 'POST uploadId']],
])('a file of %s rests in the bucket and comes back whole and in ranges', async (_name, size, requests) => {
  s3.requests.length = 0;
  const bytes = randomBytes(size);
  const { id, answer, file } = await sent(bytes);
  expect([answer.status, s3.requests, await chunkCount(app, id)]).toEqual([303, requests, 0]);
  expect(s3.objects.get(file.id)?.equals(bytes)).toBe(true);
  const fetched = await scene.as.noor.raw.get(`/attachments/${file.id}`).buffer(true);
  expect((fetched.body as Buffer).equals(bytes)).toBe(true);
  const part = await scene.as.noor.raw.get(`/attachments/${file.id}`).set('Range', 'bytes=1000-1999').buffer(true);
  expect([part.status, (part.body as Buffer).equals(bytes.subarray(1000, 2000))]).toEqual([206, true]);
  expect((await scene.as.tomas.get(`/attachments/${file.id}`)).status).toBe(404);
});

test('a store that stumbles is asked again; one that stays away is said to be away, and nothing is half sent', async () => {
  s3.failNext(2);
  expect((await sent(randomBytes(MB))).answer.status).toBe(303);
  s3.failNext(3);
  const { id, answer } = await sent(randomBytes(MB));
  expect([answer.status, page(answer)('main').text()]).toEqual([503, expect.stringContaining('Nothing was lost')]);
  expect(await filesOf(app, id)).toEqual([]);
});

test('a cut line and too large a file leave neither rows nor parts nor objects', async () => {
  const objects = s3.objects.size;
  const id = await orderIn(app, scene, 'in_progress');
  const request = openUpload(app, scene.as.noor, `/orders/${id}/deliveries`);
  request.write(openFields([['_csrf', scene.as.noor.csrf!]]) + fileHead('files', 'menu.pdf'));
  request.write(randomBytes(6 * MB));
  await eventually(async () => expect(s3.uploads.size).toBe(1));
  request.destroy();
  await eventually(async () => expect([await filesOf(app, id), s3.uploads.size]).toEqual([[], 0]));

  const large = { name: 'film.mov', bytes: Buffer.alloc(25 * MB + 1) };
  const small = { name: 'a.txt', bytes: 'x' };
  const refused = await postFiles(scene.as.noor, `/orders/${id}/deliveries`, { message: 'x' }, [small, large]);
  expect(refused.status).toBe(413);
  expect([await filesOf(app, id), s3.uploads.size, s3.objects.size]).toEqual([[], 0, objects]);
});

test('pruning takes the object with the row', async () => {
  const { file } = await sent(randomBytes(1_000));
  await asSystem(app, (trx) =>
    trx('attachments')
      .where({ id: file.id })
      .update({ finalised_at: null, touched_at: trx.raw(`app_now() - interval '2 hours'`) }),
  );
  expect(await pruneAttachments(app.services)).toEqual({ pruned: 1 });
  expect(s3.objects.has(file.id)).toBe(false);
});

test('files of before stay readable in Postgres', async () => {
  const { file } = await sent(Buffer.from('moved'));
  await asSystem(app, async (trx) => {
    await trx('attachments').where({ id: file.id }).update({ storage: 'postgres' });
    await trx('attachment_chunks').insert({ attachment_id: file.id, number: 0, bytes: Buffer.from('older') });
  });
  const fetched = await scene.as.noor.raw.get(`/attachments/${file.id}`).buffer(true);
  expect((fetched.body as Buffer).toString()).toBe('older');
});

test('STORAGE_URL says where, or the start says what is wrong', () => {
  expect(parseS3Url('s3://key:a%2Fb@s3.eu-central-1.amazonaws.com/gigflow/files?region=eu-central-1')).toEqual({
    bucket: new URL('https://s3.eu-central-1.amazonaws.com/gigflow/files/'),
    accessKey: 'key',
    secret: 'a/b',
    region: 'eu-central-1',
  });
  for (const wrong of ['s3://host/bucket', 's3://key:secret@host', 'https://key:secret@host/bucket', 'files']) {
    expect(parseS3Url(wrong)).toBeNull();
    expect(() => loadConfig({ STORAGE_URL: wrong })).toThrow('STORAGE_URL must be s3://KEY:SECRET@HOST/BUCKET');
  }
});
