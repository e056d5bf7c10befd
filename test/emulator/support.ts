import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Whop from '@whop/sdk';
import { expect } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { startEmulator, type RunningEmulator } from '../../src/whop-emulator/emulator.ts';
import { createEmulatorControl, type EmulatorControl } from '../support/emulator.ts';

export interface Stage {
  emulator: RunningEmulator;
  control: EmulatorControl;
  whop: Whop;
  inbox: Inbox;
  stop(): Promise<void>;
}

/** An emulator that has been told where "the app" is: a bare inbox for webhooks. */
export async function setStage(): Promise<Stage> {
  const emulator = await startEmulator({ port: 0 });
  const inbox = await openInbox();
  const control = createEmulatorControl(emulator.url);
  await control.call('PUT', '/control/registration', {
    appUrl: 'http://localhost:3000',
    redirectUri: 'http://localhost:3000/api/auth/callback/whop',
    webhookUrl: inbox.url,
  });
  return {
    emulator,
    control,
    inbox,
    whop: clientFor(emulator.url),
    stop: async () => {
      await emulator.stop();
      await inbox.close();
    },
  };
}

export const clientFor = (url: string, options: Partial<ConstructorParameters<typeof Whop>[0]> = {}): Whop =>
  new Whop({
    apiKey: EMULATOR_CREDENTIALS.apiKey,
    baseURL: `${url}/api/v1`,
    webhookKey: btoa(EMULATOR_CREDENTIALS.webhookSecret),
    maxRetries: 0,
    timeout: 5_000,
    ...options,
  });

export interface Letter {
  headers: Record<string, string>;
  body: string;
  event: { id: string; type: string; company_id?: string; account_id?: string; data: Record<string, unknown> };
}

interface Inbox {
  url: string;
  letters: Letter[];
  /** What to answer from now on; 200 unless told. */
  answerWith(...statuses: number[]): void;
  close(): Promise<void>;
}

async function openInbox(): Promise<Inbox> {
  const letters: Letter[] = [];
  let answers: number[] = [];
  const server = createServer(async (req, res) => {
    const body = await read(req);
    letters.push({ headers: req.headers as Record<string, string>, body, event: JSON.parse(body) as Letter['event'] });
    res.statusCode = answers.shift() ?? 200;
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/api/webhooks/whop`,
    letters,
    answerWith: (...statuses) => void (answers = statuses),
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}

async function read(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

let sellers = 0;

/** Noor's company, connected to the platform. */
export function addSeller(whop: Whop, details: Partial<Whop.CompanyCreateParams> = {}): Promise<Whop.Company> {
  sellers += 1;
  return whop.companies.create({
    title: `Noor Haddad ${sellers}`,
    email: 'noor@gigflow.test',
    parent_company_id: EMULATOR_CREDENTIALS.platformCompanyId,
    metadata: { gigflow_user_id: 'noor' },
    ...details,
  });
}

export const checkoutBody = (companyId: string, change: object = {}): Whop.CheckoutConfigurationCreateParams =>
  ({
    account_id: companyId,
    mode: 'payment',
    plan: {
      account_id: companyId,
      plan_type: 'one_time',
      currency: 'usd',
      initial_price: 150,
      application_fee_amount: 22.5,
      title: 'Logo design - Standard',
      visibility: 'hidden',
      release_method: 'buy_now',
      force_create_new_plan: true,
      product: { external_identifier: 'gig:logo-design', title: 'Logo design' },
      ...change,
    },
    metadata: { gigflow_order_id: 'order-1042' },
  }) as Whop.CheckoutConfigurationCreateParams;

/** A checkout of 150.00 with a fee of 22.50, paid by Ada unless told otherwise. */
export async function paidOrder(
  { whop, control }: Stage,
  companyId: string,
  price: object = {},
): Promise<{ checkoutId: string; payment: Whop.Payment }> {
  const checkout = await whop.checkoutConfigurations.create(checkoutBody(companyId, price));
  const { id } = await control.pay(checkout.id, 'paid', 'ada@gigflow.test');
  return { checkoutId: checkout.id, payment: await whop.payments.retrieve(id) };
}

/** Asks until the answer is the wanted one: for what the emulator finishes a moment later by itself. */
export async function until<Value>(ask: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
  }
}

export const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'whop', `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

/** The same fields with the same kinds of values at every depth; where either side is null, anything goes. */
export function expectShape(actual: unknown, wanted: unknown, at = '$'): void {
  if (actual === null || wanted === null || actual === undefined) {
    expect(actual === undefined, `${at} is missing`).toBe(false);
    return;
  }
  if (Array.isArray(wanted)) {
    expect(Array.isArray(actual), `${at} is a list`).toBe(true);
    const [first] = actual as unknown[];
    if (first !== undefined && wanted[0] !== undefined) expectShape(first, wanted[0], `${at}[0]`);
    return;
  }
  expect(typeof actual, `type of ${at}`).toBe(typeof wanted);
  if (typeof wanted !== 'object' || at.endsWith('.metadata')) return;
  expect(Object.keys(actual as object).sort(), `fields of ${at}`).toEqual(Object.keys(wanted as object).sort());
  for (const [key, value] of Object.entries(wanted as object)) {
    expectShape((actual as Record<string, unknown>)[key], value, `${at}.${key}`);
  }
}
