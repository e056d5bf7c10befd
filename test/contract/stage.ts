import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWhopClient, type WhopClient } from '../../src/whop/client.ts';
import { startEmulator } from '../../src/whop-emulator/emulator.ts';
import { createEmulatorControl, type EmulatorControl } from '../support/emulator.ts';
import { whopConfig } from '../support/whop-wire.ts';

/** `emulator` unless the environment says `sandbox`, and then with real keys (docs/decisions on Whop). */
export const ENVIRONMENT = process.env.WHOP_CONTRACT_ENVIRONMENT === 'sandbox' ? 'sandbox' : 'emulator';
export const isSandbox = ENVIRONMENT === 'sandbox';

/** One call as it went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  key: string | undefined;
  version: string | undefined;
  status: number;
  body: unknown;
}

export interface Stage {
  whop: WhopClient;
  /** The same adapter with WHOP_CHECKOUT_API_VERSION set. */
  stable: WhopClient;
  heard: Exchange[];
  /** Who did not sign in with Whop cannot chat: two people who did. */
  people: [string, string];
  email: string;
  /** Acts from Whop's side; only the emulator lets itself be told. */
  control: EmulatorControl;
  stop(): Promise<void>;
}

const PASSED_ON = ['authorization', 'content-type', 'idempotency-key', 'api-version-date', 'accept'];

/** GigFlow's adapter, unchanged, with an ear on its wire. */
export async function setStage(): Promise<Stage> {
  const emulator = isSandbox ? null : await startEmulator({ port: 0 });
  const env = isSandbox ? sandboxSettings() : { WHOP_EMULATOR_PORT: String(emulator!.port) };
  const config = whopConfig({ WHOP_ENVIRONMENT: ENVIRONMENT, ...env });
  const target = config.whop.hosts.api;
  const heard: Exchange[] = [];
  const wire = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void pass(request.method!, request.url!.slice('/api/v1'.length), Buffer.concat(chunks)));
    async function pass(method: string, path: string, body: Buffer): Promise<void> {
      const headers = Object.fromEntries(
        PASSED_ON.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
      );
      const answer = await fetch(target + path, { method, headers, ...(body.length > 0 && { body }) });
      const text = await answer.text();
      heard.push({
        method,
        path,
        key: headers['idempotency-key'],
        version: headers['api-version-date'],
        status: answer.status,
        body: text ? (JSON.parse(text) as unknown) : null,
      });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
    }
  });
  await new Promise<void>((resolve) => wire.listen(0, 'localhost', resolve));
  config.whop.hosts.api = `http://localhost:${(wire.address() as AddressInfo).port}/api/v1`;
  const control = createEmulatorControl(emulator?.url ?? '');
  if (emulator) {
    const appUrl = 'http://localhost:3000';
    const inbox = { webhookUrl: 'http://localhost:9/', redirectUri: `${appUrl}/api/auth/callback/whop` };
    await control.call('PUT', '/control/registration', { appUrl, ...inbox });
  }
  return {
    whop: createWhopClient(config),
    stable: createWhopClient({ ...config, whop: { ...config.whop, checkoutApiVersion: '2025-01-01' } }),
    heard,
    people: ['user_EmuAda00000001', 'user_EmuNoor0000001'],
    email: process.env.WHOP_CONTRACT_EMAIL ?? `noor-${randomUUID().slice(0, 8)}@gigflow.test`,
    control,
    stop: async () => {
      await new Promise((resolve) => wire.close(resolve).closeAllConnections());
      await emulator?.stop();
    },
  };
}

function sandboxSettings(): Record<string, string> {
  const names = ['WHOP_API_KEY', 'WHOP_PLATFORM_COMPANY_ID', 'WHOP_CONTRACT_EMAIL'];
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`The sandbox needs ${missing.join(', ')} in the environment.`);
  return Object.fromEntries(names.slice(0, 2).map((name) => [name, process.env[name]!]));
}
