import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from '../support/built-server.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { asSystem, createPerson, openShop, PASSWORD, type TestShop } from '../support/orders.ts';
import { Client } from '../support/client.ts';
import { sendPictures } from '../support/pictures.ts';
import { startVictim, type Victim } from '../support/victim.ts';

const MB = 1024 * 1024;
const SERVER_LIMIT = 256 * MB;
/** Together with the server at rest it stays below the 512 MB of a small dyno. */
const RENDERER_LIMIT = 256 * MB;
const SELLERS = ['Noor Haddad', 'Tomas Novak', 'Hana Sato'];

let app: TestApp;
let built: Awaited<ReturnType<typeof buildServer>>;
let server: Victim;

beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  built = await buildServer();
  server = await startVictim(app, null, built);
});
afterAll(async () => {
  server.kill();
  await server.died;
  await built.remove();
  await app.stop();
});

/** The most memory that a process has ever had, in bytes; 0 when it is gone. */
async function peak(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** The processes that draw for this server. */
async function renderersOf(pid: number): Promise<number[]> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
  const commands = await Promise.all(
    children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')),
  );
  return children.filter((_child, index) => commands[index]!.includes('render-process'));
}

/** The largest pictures that are taken, in the kinds that cost a decoder most. */
async function heavyPictures(): Promise<{ name: string; bytes: Buffer }[]> {
  const [width, height] = [6_000, 4_000];
  const grain = await sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .png()
    .toBuffer();
  const photo = () => sharp(grain).resize(width, height, { kernel: 'cubic' });
  return [
    {
      name: 'progressive.jpg',
      bytes: await photo().jpeg({ quality: 80, progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    },
    {
      name: 'interlaced.png',
      bytes: await sharp({ create: { width: 3_450, height: 2_300, channels: 4, background: '#d9a44180' } })
        .toColourspace('rgb16')
        .png({ progressive: true, compressionLevel: 6 })
        .toBuffer(),
    },
    { name: 'large.webp', bytes: await photo().webp({ quality: 50, effort: 0 }).toBuffer() },
    { name: 'large.avif', bytes: await sharp(grain).resize(3_450, 2_300).avif({ quality: 50, effort: 0 }).toBuffer() },
  ];
}

async function signInOn(url: string, email: string): Promise<Client> {
  const client = new Client(url);
  await client.post('/login', { email, password: PASSWORD });
  await client.get('/logout');
  return client;
}

test('three sellers send the heaviest pictures at once: neither the server nor the process that draws fills a small dyno', async () => {
  const pictures = await heavyPictures();
  const shops: [Client, TestShop][] = [];
  for (const name of SELLERS) {
    const person = await createPerson(app, name);
    shops.push([await signInOn(server.url, person.email), await openShop(app, person)]);
  }
  const before = await peak(server.pid);
  const startedAt = performance.now();
  const answers = await Promise.all(shops.map(([client, shop]) => sendPictures(client, shop.gigId, pictures)));
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(answers.map(({ status, text }) => [status, text.slice(0, 200)])).toEqual(
    SELLERS.map(() => [303, expect.anything()]),
  );
  const renderers = await renderersOf(server.pid);
  const drawn = Math.max(...(await Promise.all(renderers.map(peak))));
  const after = await peak(server.pid);
  const sizes = await asSystem(app, (trx) =>
    trx('gig_image_files')
      .groupBy('format')
      .orderBy('format')
      .select('format', trx.raw('sum(length(bytes))::int as bytes')),
  );
  const inMb = (bytes: number) => Math.round(bytes / MB);
  console.log(
    `${pictures.length * SELLERS.length} pictures of up to 24 million pixels in ${seconds.toFixed(1)} s; server ${inMb(before)} MB before, ` +
      `${inMb(after)} MB at its peak; the drawing process ${inMb(drawn)} MB; stored ${JSON.stringify(sizes)}`,
  );
  expect(renderers).toHaveLength(1);
  expect(after).toBeLessThan(SERVER_LIMIT);
  expect(drawn).toBeLessThan(RENDERER_LIMIT);
  await expect.poll(() => renderersOf(server.pid), { timeout: 15_000 }).toEqual([]);
});
