import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '../src/config.ts';
import { openDatabase, type Database } from '../src/database.ts';
import { startPostgres } from '../src/embedded-postgres/start-postgres.ts';
import { migrate } from '../src/migrations.ts';
import { createWhopClient, type WhopClient } from '../src/whop/client.ts';
import { EMULATOR_CREDENTIALS } from '../src/whop-emulator/credentials.ts';
import { startEmulator } from '../src/whop-emulator/emulator.ts';
import { loadWebhooks, type LoadResult, type Target } from './webhook-load.ts';

const PURCHASES = 200;

/**
 * 500 webhooks a second for 20 seconds against the real server with its worker inside, a Postgres and an emulator of its own. The
 * letters tell of 200 paid purchases, each many times.
 * @returns the figures, and how many orders there are in the end (200 when nothing was lost or doubled)
 */
export async function benchWebhooks(perSecond = 500, seconds = 20): Promise<LoadResult & { orders: number }> {
  const postgres = await startPostgres({
    dataDir: path.join(os.tmpdir(), `gigflow-bench-${process.pid}`),
    ephemeral: true,
  });
  const emulator = await startEmulator({ port: 0 });
  try {
    await migrate(postgres.url);
    const env = {
      DATABASE_URL: postgres.url,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      WHOP_ENVIRONMENT: 'emulator',
      WHOP_EMULATOR_PORT: String(emulator.port),
      WHOP_API_KEY: EMULATOR_CREDENTIALS.apiKey,
      WHOP_PLATFORM_COMPANY_ID: EMULATOR_CREDENTIALS.platformCompanyId,
      WHOP_WEBHOOK_SECRET: EMULATOR_CREDENTIALS.webhookSecret,
      WHOP_OAUTH_CLIENT_ID: EMULATOR_CREDENTIALS.oauthClientId,
      WHOP_OAUTH_CLIENT_SECRET: EMULATOR_CREDENTIALS.oauthClientSecret,
      LOG_LEVEL: 'silent',
    };
    const config = loadConfig(env, 9);
    const database = openDatabase(postgres.url, 4);
    const payments = await sell(database, createWhopClient(config), emulator.url);
    await allowManyCalls(emulator.url);
    const { url, stop } = await startServer(env);
    const target = { url, databaseUrl: postgres.url, secret: config.whop.webhookSecret, payments, perSecond, seconds };
    const result = await loadWebhooks(target);
    const { rows } = await database.withSystem('jobs', (trx) =>
      trx.raw<{ rows: { orders: number }[] }>('select count(*)::integer as orders from orders'),
    );
    await stop();
    await database.close();
    return { ...result, orders: rows[0]!.orders };
  } finally {
    await emulator.stop();
    await postgres.stop();
  }
}

/** Purchases that were paid while nobody was listening. */
async function sell(database: Database, whop: WhopClient, emulatorUrl: string): Promise<Target['payments']> {
  const [sellerId, buyerId] = [randomUUID(), randomUUID()];
  const companyId = await whop.createCompany({
    userId: sellerId,
    attempt: 1,
    title: 'Noor Haddad',
    email: 'noor@gigflow.test',
    country: 'jo',
  });
  await database.withSystem('seeds', async (trx) => {
    for (const [id, name] of [
      [sellerId, 'Noor Haddad'],
      [buyerId, 'Ada Marlowe'],
    ] as const) {
      const handle = `${name.slice(0, 3).toLowerCase()}-${id.slice(0, 8)}`;
      await trx('users').insert({ id, email: `${handle}@gigflow.test`, password_hash: 'none' });
      await trx('profiles').insert({ user_id: id, username: handle, display_name: name });
    }
    const account = { company_title: 'Noor', country: 'jo', whop_company_id: companyId, kyc_status: 'verified' };
    await trx('seller_accounts').insert({ user_id: sellerId, ...account });
  });
  const payments: Target['payments'] = [];
  for (let count = 0; count < PURCHASES; count += 1) {
    const id = randomUUID();
    const amounts = { totalCents: 4_500, feeCents: 450, currency: 'usd' };
    const { whopCheckoutId } = await whop.createCheckout({
      ...amounts,
      checkoutId: id,
      attempt: 1,
      companyId,
      title: 'Menu',
      gigId: null,
      gigTitle: 'Menu',
      redirectUrl: 'http://localhost/',
    });
    await database.withSystem('checkout', (trx) =>
      trx('whop_checkout_configs').insert({
        id,
        seller_id: sellerId,
        buyer_id: buyerId,
        gig_revision_number: 1,
        scope: JSON.stringify(SCOPE),
        currency: 'usd',
        total_cents: 4_500,
        fee_bps: 1_000,
        fee_cents: 450,
        seller_cents: 4_050,
        status: 'open',
        whop_company_id: companyId,
        whop_checkout_id: whopCheckoutId,
        form_key: randomUUID(),
        expires_at: new Date(Date.now() + 1_800_000),
      }),
    );
    const paid = await fetch(`${emulatorUrl}/control/checkouts/${whopCheckoutId}/pay`, { method: 'POST' });
    payments.push({ id: ((await paid.json()) as { id: string }).id, accountId: companyId });
  }
  return payments;
}

const SCOPE = {
  title: 'Menu and price list',
  slug: 'menu',
  sellerName: 'Noor Haddad',
  package: { tier: 'basic', title: 'One page', description: '', includes: [], unitCents: 4_500 },
  quantity: 1,
  extras: [],
  offeredExtras: [],
  questions: [],
  days: 3,
  revisions: 1,
};

/** Whop allows 600 calls of a kind a minute (contract 0.5); here the inbox is measured, not its patience with that limit. */
const allowManyCalls = (emulatorUrl: string): Promise<Response> =>
  fetch(`${emulatorUrl}/control/limits`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ perMinute: 1_000_000 }),
  });

async function startServer(env: Record<string, string>): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', HOST: '127.0.0.1', ...env },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', () => reject(new Error('The server did not start')));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const [perSecond, seconds] = process.argv.slice(2).map(Number);
  console.table(await benchWebhooks(perSecond, seconds));
}
