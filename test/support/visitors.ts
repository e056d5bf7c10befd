import { createHash, randomUUID } from 'node:crypto';
import { demoPassword } from '../../seeds/steps/people.ts';
import { guestToken } from '../../src/models/guest-buyer.ts';
import type { TestApp } from './app.ts';
import { visit, type Client } from './client.ts';
import { crawl, type CrawlReport } from './crawl.ts';
import { foreignRows } from './foreign-rows.ts';
import { asSystem, createPerson, openShop, placeOrder } from './orders.ts';

/** Who walks through the demo's town. */
export const VISITORS = ['nobody', 'stranger', 'buyer', 'seller', 'admin', 'suspended', 'guest'] as const;
export type Visitor = (typeof VISITORS)[number];

/** Ivo has bought nothing; Kwame sells, and is suspended for the visit. */
const NAMES: Partial<Record<Visitor, string>> = {
  stranger: 'tomas',
  buyer: 'ada',
  seller: 'noor',
  admin: 'mina',
  suspended: 'kwame',
};

export interface Visit extends CrawlReport {
  before: Record<string, string>;
  after: Record<string, string>;
}

/** Lets one of them open everything and send everything. */
export async function letIn(app: TestApp, who: Visitor, each: number): Promise<Visit> {
  const { client, id, email, from } = await (who === 'guest' ? comeAsGuest(app) : comeAs(app, NAMES[who]));
  if (who === 'suspended') await suspend(app, id!);
  const ids = id ? [id] : [];
  const rows = async (people: string[]) => foreignRows(app, people, { operator: who === 'admin' });
  const known = await asSystem(app, (trx) => trx('users').pluck<string[]>('id'));
  const before = await rows(ids);
  const report = await crawl(app, client, {
    each,
    from,
    mayRead: (address) => who === 'admin' || address === email,
  });
  // Who signed up on the way is somebody of his own.
  const made = await asSystem(app, (trx) => trx('users').whereNotIn('id', known).pluck<string[]>('id'));
  return { ...report, before, after: await rows([...ids, ...made]) };
}

interface Arrival {
  client: Client;
  id: string | null;
  email: string | null;
  from: string[];
}

async function comeAs(app: TestApp, name: string | undefined): Promise<Arrival> {
  const client = visit(app);
  if (!name) return { client, id: null, email: null, from: ['/signup', '/order-links'] };
  const email = `${name}@gigflow.test`;
  const answer = await client.post('/login', { email, password: demoPassword });
  if (answer.status !== 303) throw new Error(`${name} could not sign in: ${answer.status}`);
  const { id } = await asSystem(app, (trx) => trx('users').where({ email }).first<{ id: string }>('id'));
  return { client, id, email, from: ['/account', '/orders', '/messages', '/sell/gigs'] };
}

async function comeAsGuest(app: TestApp): Promise<Arrival> {
  const client = visit(app);
  const id = randomUUID();
  const email = `guest-${id.slice(0, 8)}@gigflow.test`;
  const token = guestToken(app.config, id);
  const token_hash = createHash('sha256').update(token).digest('hex');
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id, email, token_hash }));
  const shop = await openShop(app, await createPerson(app, 'Lena Letterer'));
  const order = await placeOrder(app, { shop, guest: { id } });
  await client.get(`/o/${token}`);
  return { client, id: shop.seller.id, email, from: [`/orders/${order}`] };
}

const suspend = (app: TestApp, id: string): Promise<unknown> =>
  asSystem(app, (trx) =>
    trx('users')
      .where({ id })
      .update({ suspended_at: trx.raw('app_now()'), suspended_reason: 'Sent spam to buyers.' }),
  );
