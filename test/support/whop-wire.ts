import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { loadConfig, type Config } from '../../src/config.ts';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';

const folder = path.join(import.meta.dirname, '../fixtures/whop');

export const fixtureNames = (part: '' | 'rest' | 'variants'): string[] =>
  readdirSync(path.join(folder, part)).filter((name) => name.endsWith('.json'));

export const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, name.endsWith('.json') ? name : `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

/** Settings without a server behind them. */
export const whopConfig = (env: Record<string, string> = {}): Config =>
  loadConfig({
    DATABASE_URL: 'postgres://nobody@localhost/none',
    SESSION_SECRET: 's'.repeat(32),
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    WHOP_ENVIRONMENT: 'emulator',
    WHOP_API_KEY: EMULATOR_CREDENTIALS.apiKey,
    WHOP_PLATFORM_COMPANY_ID: EMULATOR_CREDENTIALS.platformCompanyId,
    WHOP_WEBHOOK_SECRET: EMULATOR_CREDENTIALS.webhookSecret,
    WHOP_OAUTH_CLIENT_ID: EMULATOR_CREDENTIALS.oauthClientId,
    ...env,
  });

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export interface Wire {
  config: Config;
  /** What was sent, in order. */
  sent: Sent[];
  stop(): Promise<void>;
}

type Answer = { status?: number; body: unknown };

/** Whop as a wire: answers what the test says, and remembers what it was sent. */
export async function stretchWire(answer: (sent: Sent) => Answer, env: Record<string, string> = {}): Promise<Wire> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const one: Sent = {
        method: request.method!,
        path: request.url!.replace('/api/v1', ''),
        headers: request.headers as Record<string, string>,
        body: (text ? JSON.parse(text) : {}) as Record<string, unknown>,
      };
      sent.push(one);
      const { status = 200, body } = answer(one);
      response.writeHead(status, { 'Content-Type': 'application/json', 'x-request-id': 'req_wire' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const config = whopConfig(env);
  config.whop.hosts.api = `http://localhost:${(server.address() as AddressInfo).port}/api/v1`;
  return { config, sent, stop: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()) };
}
