import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import type { Addresses } from '../../src/demo/ready.ts';

const root = path.join(import.meta.dirname, '../..');
const dataDir = path.join(tmpdir(), `demo-test-${process.pid}`);
const readyFile = path.join(dataDir, 'ready.json');
mkdirSync(dataDir);
chmodSync(dataDir, 0o755);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

// Drawn once on this machine; drawing them again proves nothing here.
const drawn = path.join(root, '.data/seed-pictures');
mkdirSync(drawn, { recursive: true });
symlinkSync(drawn, path.join(dataDir, 'seed-pictures'));

function startDemo(settings: Record<string, string> = {}): ChildProcess {
  const { DATABASE_URL: _embeddedHere, NODE_ENV: _notTest, VITEST: _noTest, ...env } = process.env;
  return spawn('npm', ['run', 'demo', '--', '--ready-file', readyFile], {
    cwd: root,
    env: { ...env, PORT: '0', WHOP_EMULATOR_PORT: '0', GIGFLOW_DATA_DIR: dataDir, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as in a terminal
  });
}

async function ready(demo: ChildProcess): Promise<Addresses> {
  const complaint = text(demo.stderr!);
  demo.stdout!.resume();
  const ended = once(demo, 'exit').then(async () => Promise.reject(new Error(`The demo ended: ${await complaint}`)));
  const there = expect.poll(() => existsSync(readyFile), { timeout: 90_000, interval: 100 }).toBe(true);
  await Promise.race([there, ended]);
  return JSON.parse(readFileSync(readyFile, 'utf8')) as Addresses;
}

async function expectSilence({ url, emulatorUrl, mailboxUrl, databaseUrl }: Addresses) {
  for (const address of [url, emulatorUrl, mailboxUrl, databaseUrl]) {
    await expect.poll(() => isListening(new URL(address)), { timeout: 10_000 }).toBe(false);
  }
}

async function isListening({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('the demo starts, survives kill -9 without leaving anything behind, starts again and stops on Ctrl-C', async () => {
  const first = startDemo();
  const addresses = await ready(first);
  expect((await fetch(`${addresses.url}/healthz`)).status).toBe(200);
  const page = await (await fetch(`${addresses.url}/login`)).text();
  expect(page).toContain('name="_csrf"');

  process.kill(-first.pid!, 'SIGKILL');
  await expectSilence(addresses);
  rmSync(readyFile);

  const second = startDemo();
  const again = await ready(second);
  expect((await fetch(`${again.url}/healthz`)).status).toBe(200);

  const interrupted = Date.now();
  process.kill(-second.pid!, 'SIGINT');
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(Date.now() - interrupted).toBeLessThan(8_000);
  await expectSilence(again);
  expect(existsSync(readyFile)).toBe(false);
}, 180_000);

test('a port that somebody has is said in one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const demo = startDemo({ PORT: String(port) });
  const complaint = await text(demo.stderr!);
  expect(complaint).toContain(`Port ${port} is taken. Choose another with PORT=${port + 1}`);
  expect(demo.exitCode ?? (await once(demo, 'exit'))[0]).toBe(1);
  server.close();
}, 60_000);
