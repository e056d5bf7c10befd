import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { orderIn, setScene, type Scene } from '../support/orders.ts';
import { BOUNDARY, cookiesOf, END, fileHead, filesOf, openFields, type StoredFile } from '../support/uploads.ts';
import { buildServer } from '../support/built-server.ts';
import { startVictim, type Victim } from '../support/victim.ts';

const MB = 1024 * 1024;
const LIMIT = 256 * MB;
const FILES = 10;

let app: TestApp;
let scene: Scene;
let built: Awaited<ReturnType<typeof buildServer>>;
let server: Victim;

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
  built = await buildServer();
  server = await startVictim(app, null, built);
});
afterAll(async () => {
  server.kill();
  await server.died;
  await built.remove();
  await app.stop();
});

/** The most memory that the process has ever had, in bytes. */
async function peak(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024;
}

/** 25 MB that differ from file to file, made as they are sent. */
function* content(file: number): Generator<Buffer> {
  for (let n = 0; n < 400; n += 1) yield Buffer.alloc(MB / 16, `file ${file}, piece ${n}; `);
}

const hashOf = (file: number): string => {
  const hash = createHash('sha256');
  for (const piece of content(file)) hash.update(piece);
  return hash.digest('hex');
};

function* form(csrf: string): Generator<Buffer | string> {
  yield openFields([
    ['_csrf', csrf],
    ['message', 'Ten films'],
  ]);
  for (let file = 0; file < FILES; file += 1) {
    yield `${file ? '\r\n' : ''}${fileHead('files', `film-${file}.mov`)}`;
    yield* content(file);
  }
  yield END;
}

async function uploadTo(orderId: string): Promise<number> {
  const { noor } = scene.as;
  const upload = httpRequest(`${server.url}/orders/${orderId}/deliveries`, {
    method: 'POST',
    headers: { Cookie: cookiesOf(noor), 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
  });
  const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(form(noor.csrf!)), upload);
  const [response] = await answered;
  response.resume();
  return response.statusCode!;
}

async function fetched({ id }: StoredFile): Promise<string> {
  const download = get(`${server.url}/attachments/${id}`, { headers: { Cookie: cookiesOf(scene.as.ada) } });
  const [response] = (await once(download, 'response')) as [IncomingMessage];
  const hash = createHash('sha256');
  for await (const piece of response) hash.update(piece as Buffer);
  return hash.digest('hex');
}

test('ten files of 25 MB, twice at once, and ten downloads at once: the server stays under 256 MB', async () => {
  const orders = [await orderIn(app, scene, 'in_progress'), await orderIn(app, scene, 'in_progress')];
  const before = await peak();
  const startedAt = performance.now();
  expect(await Promise.all(orders.map(uploadTo))).toEqual([303, 303]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const afterUploads = await peak();

  const files = await filesOf(app, orders[0]!);
  expect(files.map(({ name, byte_size }) => [name, byte_size])).toEqual(
    Array.from({ length: FILES }, (_, n) => [`film-${n}.mov`, 25 * MB]),
  );
  expect(await Promise.all(files.map(fetched))).toEqual(Array.from({ length: FILES }, (_, n) => hashOf(n)));
  const afterDownloads = await peak();
  const [start, up, down] = [before, afterUploads, afterDownloads].map((bytes) => Math.round(bytes / MB));
  console.log(
    `500 MB up in ${seconds.toFixed(1)} s; peak ${start} MB at the start, ${up} after it, ${down} after 250 MB down`,
  );
  expect(afterDownloads).toBeLessThan(LIMIT);
});
