import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createApp } from '../../src/app.ts';
import type { TestApp } from './app.ts';
import type { Client } from './client.ts';
import { asSystem, orderIn, setScene } from './orders.ts';
import { allRoutes } from './routes.ts';

const FIELDS = [
  ...[
    'email',
    'password',
    'current_password',
    'display_name',
    'intent',
    'next',
    'code',
    'session',
    'confirm',
    'username',
  ],
  ...[
    'title',
    'category',
    'description',
    'tags',
    'packages',
    'extras',
    'faq',
    'questions',
    'country',
    'revision',
    'reason',
  ],
  ...[
    'gig',
    'package',
    'quantity',
    'post',
    'offer',
    'amount',
    'answers',
    'message',
    'links',
    'rating',
    'body',
    'days',
    'refund',
  ],
  ...[
    'outcome',
    'transition',
    'payout_method_id',
    'form_key',
    'checkout',
    'time_zone',
    'bio',
    '__proto__',
    'constructor',
  ],
];
const NASTY = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e309',
    'NaN',
    '9'.repeat(40),
    '٣',
    'null',
    'true',
    '\u0000',
    '\uD800',
    '\u202Eevil',
    'a'.repeat(5_000),
  ],
  ...[
    "' or 1=1 --",
    '${7*7}',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '%00',
    'javascript:alert(1)',
    '//evil.test',
  ],
  ...[
    '2026-02-31',
    '{"a":1}',
    '[]',
    'ada@gigflow.test',
    'a@b.c',
    '00000000-0000-0000-0000-000000000000',
    '1.005',
    '5,00',
    '10.00',
  ],
];
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.uuid() },
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('basic', '0', 'price', 'title', 'length', 'kind'), fc.string({ maxLength: 8 })),
      tie('value'),
      {
        maxKeys: 4,
      },
    ),
  ),
}));
const body = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 9 });

/** Rows that are none of the sender's business, in one word per table. */
async function foreignRows(app: TestApp, senders: string[]): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  const mine = (column: string) => `t.${column} not in (${senders.map(() => '?').join(', ')})`;
  for (const [table, where] of Object.entries({
    ...{
      orders: 'true',
      order_items: 'true',
      order_requirements: 'true',
      order_deliveries: 'true',
      order_messages: 'true',
    },
    ...{
      order_transitions: 'true',
      reviews: 'true',
      whop_payments: 'true',
      refunds: 'true',
      disputes: 'true',
      proposals: 'true',
    },
    ...{
      gig_listings: 'true',
      gig_revisions: 'true',
      ledger_entries: 'true',
      webhook_events: 'true',
      operator_settings: 'true',
    },
    ...{ users: mine('id'), profiles: mine('user_id'), seller_accounts: mine('user_id'), gigs: mine('seller_id') },
  })) {
    const { rows } = (await asSystem(app, (trx) =>
      trx.raw(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from ${table} t where ${where}`,
        where === 'true' ? [] : senders,
      ),
    )) as { rows: { print: string }[] };
    prints[table] = rows[0]!.print;
  }
  return prints;
}

export interface FuzzReport {
  sent: number;
  statuses: Record<string, number>;
  failures: string[];
  before: Record<string, string>;
  after: Record<string, string>;
}

/** Sends generated bodies to every address that takes one, as somebody who has no part in anything that stands there. */
export async function fuzz(app: TestApp, count: number, seed: number): Promise<FuzzReport> {
  const scene = await setScene(app);
  const orderId = await orderIn(app, scene, 'delivered');
  const { handler, close } = createApp(app.services);
  const routes = allRoutes(handler).filter((route) => route.startsWith('POST ') && route !== 'POST /logout');
  await close();
  const sender = await asSystem(app, (trx) =>
    trx('profiles').where({ display_name: 'Tomas Novak' }).first<{ user_id: string }>('user_id'),
  );
  const known = await asSystem(app, (trx) => trx('users').whereNot({ id: sender.user_id }).pluck<string[]>('id'));
  const before = await foreignRows(app, [sender.user_id]);
  const report: FuzzReport = { sent: 0, statuses: {}, failures: [], before, after: {} };
  const client = scene.as.tomas;
  for (const [index, sample] of fc.sample(body, { numRuns: count, seed }).entries()) {
    const path = routes[index % routes.length]!.slice('POST '.length);
    const address = path
      .replace(':id', /gigs/.test(path) ? scene.shop.gigId : /users/.test(path) ? scene.ada.id : orderId)
      .replace(/:\w+/g, randomUUID());
    const status = await send(client, address, sample, index);
    report.sent += 1;
    report.statuses[status] = (report.statuses[status] ?? 0) + 1;
    if (status === 500) report.failures.push(`${address} ${JSON.stringify(sample).slice(0, 300)}`);
  }
  // Sign-ups among the bodies made people of their own: what they have is theirs.
  const made = await asSystem(app, (trx) => trx('users').whereNotIn('id', known).pluck<string[]>('id'));
  report.after = await foreignRows(app, made);
  return report;
}

/** Every network address has limits of its own, so each body comes from another one. */
async function send(client: Client, address: string, sample: object, index: number): Promise<number> {
  const from = { 'X-Forwarded-For': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` };
  const json = address.startsWith('/api/') || index % 7 === 0;
  if (!json) return (await client.post(address, sample, from)).status;
  return (
    await client.raw
      .post(address)
      .set(from)
      .set('X-CSRF-Token', client.csrf ?? '')
      .send(sample)
  ).status;
}
