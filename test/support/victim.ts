import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { CrashPoint } from '../../src/crash-point.ts';
import type { TestApp } from './app.ts';

/** Where and how the server's process is started. */
export interface ServerEntry {
  cwd: string;
  args: string[];
}

const SOURCE: ServerEntry = {
  cwd: path.join(import.meta.dirname, '../..'),
  args: ['--import', 'tsx', 'src/server.ts'],
};

export interface Victim {
  url: string;
  pid: number;
  /** Resolves with the signal that ended the process. */
  died: Promise<NodeJS.Signals | null>;
  kill(): void;
}

/**
 * The real server with its worker inside, as a process of its own on the test's database and emulator. It stops dead at
 * `crashAt`. The emulator's webhooks go to it from now on.
 */
export async function startVictim(app: TestApp, crashAt: CrashPoint | null, entry = SOURCE): Promise<Victim> {
  const { config } = app;
  const port = await freePort();
  const child = spawn(process.execPath, entry.args, {
    cwd: entry.cwd,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      VITEST: 'true',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: config.databaseUrl,
      SESSION_SECRET: config.sessionSecret,
      ENCRYPTION_KEY: config.encryptionKey.toString('base64'),
      WHOP_ENVIRONMENT: 'emulator',
      WHOP_EMULATOR_PORT: new URL(app.emulator.url).port,
      WHOP_API_KEY: config.whop.apiKey,
      WHOP_PLATFORM_COMPANY_ID: config.whop.platformCompanyId,
      WHOP_WEBHOOK_SECRET: config.whop.webhookSecret,
      WHOP_OAUTH_CLIENT_ID: config.whop.oauthClientId,
      WHOP_OAUTH_CLIENT_SECRET: config.whop.oauthClientSecret ?? '',
      LOG_LEVEL: 'silent',
      ...(crashAt && { GIGFLOW_CRASH_AT: crashAt }),
    },
  });
  const died = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('The server died before it was ready')));
  });
  return { url: `http://localhost:${port}`, pid: child.pid!, died, kill: () => void child.kill('SIGKILL') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
