import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { seed } from '../../seeds/seed.ts';
import { tellWhop } from '../../seeds/whop.ts';
import { createApp } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import type { Database } from '../../src/database.ts';
import { setTimeouts } from '../../src/http-timeouts.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { closeServices, openServices, type Services } from '../../src/services.ts';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { startEmulator } from '../../src/whop-emulator/emulator.ts';
import { registerWithEmulator } from '../../src/whop/registration.ts';
import { createTestDatabase } from './database.ts';
import { createEmulatorControl, type EmulatorControl } from './emulator.ts';

export interface TestApp {
  url: string;
  port: number;
  config: Config;
  database: Database;
  services: Services;
  /** Present when the app was started with an emulator. */
  emulator: EmulatorControl;
  stop(): Promise<void>;
}

interface Options {
  /** A Whop emulator of its own; without it every call to Whop fails. */
  emulator?: boolean;
  /** The story of the demo stands in the database, and Whop knows it. */
  seeded?: boolean;
  /** Runs jobs (webhooks, mails) as they are enqueued. */
  worker?: boolean;
  env?: Record<string, string>;
  logger?: Logger;
}

/** The real application on a free port, with a database of its own and, when asked, a Whop emulator of its own. */
export async function startTestApp({
  emulator = false,
  seeded = false,
  worker = false,
  env = {},
  logger,
}: Options = {}): Promise<TestApp> {
  const testDatabase = await createTestDatabase();
  const folder = seeded ? mkdtempSync(path.join(tmpdir(), 'gigflow-test-')) : null;
  const stateFile = folder ? path.join(folder, 'whop-emulator.json') : undefined;
  if (stateFile) {
    await seed(testDatabase.url);
    await tellWhop(testDatabase.url, stateFile);
  }
  const whop = emulator ? await startEmulator({ port: 0, stateFile }) : null;
  const server = createServer();
  setTimeouts(server);
  const port = await listen(server);
  const config = loadConfig(
    {
      APP_URL: `http://localhost:${port}`,
      DATABASE_URL: testDatabase.url,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      WHOP_ENVIRONMENT: 'emulator',
      WHOP_EMULATOR_PORT: String(whop?.port ?? 9),
      WHOP_API_KEY: EMULATOR_CREDENTIALS.apiKey,
      WHOP_PLATFORM_COMPANY_ID: EMULATOR_CREDENTIALS.platformCompanyId,
      WHOP_WEBHOOK_SECRET: EMULATOR_CREDENTIALS.webhookSecret,
      WHOP_OAUTH_CLIENT_ID: EMULATOR_CREDENTIALS.oauthClientId,
      WHOP_OAUTH_CLIENT_SECRET: EMULATOR_CREDENTIALS.oauthClientSecret,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      ...env,
    },
    port,
  );
  const services = await openServices(config, { connections: 6, logger });
  const app = createApp(services);
  server.on('request', app.handler);
  const runner = worker ? await startWorker(services) : null;
  if (whop) await registerWithEmulator(config);
  return {
    url: config.appUrl,
    port,
    config,
    database: services.database,
    services,
    emulator: createEmulatorControl(whop?.url ?? 'http://localhost:9'),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await whop?.stop();
      await runner?.stop();
      await runner?.promise;
      await app.close();
      await closeServices(services);
      await testDatabase.drop();
      if (folder) rmSync(folder, { recursive: true });
    },
  };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, () => resolve((server.address() as AddressInfo).port)));
