import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createApp } from '../../src/app.ts';
import type { TestApp } from './app.ts';
import { page, type Client } from './client.ts';
import { fillIn, submit, type Filled } from './forms.ts';
import { foreignRows } from './foreign-rows.ts';
import { asSystem, createPerson, openShop, orderIn, setScene, type Scene } from './orders.ts';
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

export interface FuzzReport {
  sent: number;
  statuses: Record<string, number>;
  failures: string[];
  before: Record<string, string>;
  after: Record<string, string>;
}

const ADDRESSED_TO_ONESELF = /^\/(logout|login|signup|account\/(security|deletion|sessions))/;
const merge = (report: FuzzReport, status: number, what: () => string): void => {
  report.sent += 1;
  report.statuses[status] = (report.statuses[status] ?? 0) + 1;
  if (status === 500) report.failures.push(what());
};

/**
 * Sends generated bodies: 45 of 100 to every address that takes one, as somebody who has no part in what stands there; 45 as
 * changed copies of the forms that Ada and Noor are shown in their own orders, gigs and posts; 10 so of the operator's forms.
 */
export async function fuzz(app: TestApp, count: number, seed: number): Promise<FuzzReport> {
  const report: FuzzReport = { sent: 0, statuses: {}, failures: [], before: {}, after: {} };
  const scene = await setScene(app);
  const others = { ...scene, ada: await createPerson(app, 'Lina Other'), noor: await createPerson(app, 'Sami Other') };
  others.shop = await openShop(app, others.noor);
  for (const status of ['in_progress', 'delivered', 'completed'] as const) await orderIn(app, others, status);
  const { user_id: tomas } = await asSystem(app, (trx) =>
    trx('profiles').where({ display_name: 'Tomas Novak' }).first<{ user_id: string }>('user_id'),
  );
  const { ada, noor } = scene;
  const orderId = await orderIn(app, scene, 'delivered');
  const share = (part: number) => Math.round((count * part) / 100);

  await phase(app, report, [tomas], {}, () => strangerBodies(app, scene, orderId, report, share(45), seed));
  await phase(app, report, [ada.id, noor.id], {}, async () => {
    const stage = () => pagesOfAnOrder(app, scene);
    await mutations(report, [scene.as.ada, scene.as.noor], stage, count - share(45) - share(10), seed);
  });
  const { mina } = scene.as;
  await phase(app, report, [], { operator: true }, () =>
    mutations(report, [mina], () => pagesOfTheOperator(app, others, scene), share(10), seed),
  );
  return report;
}

/** Runs a part and compares the rows that its senders may not change. Who signed up on the way is somebody of his own. */
async function phase(
  app: TestApp,
  report: FuzzReport,
  senders: string[],
  rights: { operator?: boolean },
  run: () => Promise<void>,
): Promise<void> {
  const known = await asSystem(app, (trx) => trx('users').pluck<string[]>('id'));
  const before = await foreignRows(app, senders, rights);
  await run();
  const made = await asSystem(app, (trx) => trx('users').whereNotIn('id', known).pluck<string[]>('id'));
  const after = await foreignRows(app, [...senders, ...made], rights);
  const name = senders.length === 1 ? 'stranger' : senders.length ? 'parties' : 'operator';
  for (const [table, print] of Object.entries(before)) report.before[`${name} ${table}`] = print;
  for (const [table, print] of Object.entries(after)) report.after[`${name} ${table}`] = print;
}

async function strangerBodies(
  app: TestApp,
  scene: Scene,
  orderId: string,
  report: FuzzReport,
  count: number,
  seed: number,
) {
  const { handler, close } = createApp(app.services);
  const routes = allRoutes(handler).filter((route) => route.startsWith('POST ') && route !== 'POST /logout');
  await close();
  const client = scene.as.tomas;
  for (const [index, sample] of fc.sample(body, { numRuns: count, seed }).entries()) {
    const path = routes[index % routes.length]!.slice('POST '.length);
    const address = path
      .replace(':id', /gigs/.test(path) ? scene.shop.gigId : /users/.test(path) ? scene.ada.id : orderId)
      .replace(/:\w+/g, randomUUID());
    const status = await send(client, address, sample, index);
    merge(report, status, () => `${address} ${JSON.stringify(sample).slice(0, 300)}`);
  }
}

/** Sends the forms of these pages, some fields changed; new pages when each form was sent a few times. */
async function mutations(
  report: FuzzReport,
  clients: Client[],
  stage: () => Promise<string[]>,
  count: number,
  seed: number,
): Promise<void> {
  const until = report.sent + count;
  const changes = fc.sample(change, { numRuns: count, seed: seed + 1 });
  for (let used = 0; report.sent < until;) {
    const pages = await stage();
    for (const client of clients) {
      for (const form of await formsOf(client, pages)) {
        for (let copy = 0; copy < COPIES && report.sent < until; copy += 1) {
          const altered = { ...form, fields: alter(form.fields, changes[used++ % count]!) };
          const { status } = await submit(client, altered, report.sent);
          merge(
            report,
            status,
            () => `${form.action} ${JSON.stringify(altered.fields.filter(([name]) => name !== '_csrf')).slice(0, 300)}`,
          );
        }
      }
    }
  }
}

const COPIES = 12;
const change = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'double', 'nest', 'add'),
    value: leaf,
  }),
  { maxLength: 3 },
);

/** None, one, two or three fields otherwise than the form has them; the token stays. */
function alter(fields: Filled['fields'], changes: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  const altered = fields.map(([name, value]): [string, string] => [name, value]);
  for (const { at, how, value } of changes) {
    const index = at % altered.length;
    const field = altered[index];
    if (how === 'add' || !field) altered.push([FIELDS[at % FIELDS.length]!, value]);
    else if (field[0] === '_csrf') continue;
    else if (how === 'replace') field[1] = value;
    else if (how === 'nest') field[0] = `${field[0]}[${at % 3 ? 'x' : '__proto__'}]`;
    else if (how === 'double') altered.push([field[0], value]);
    else altered.splice(index, 1);
  }
  return altered;
}

async function formsOf(client: Client, pages: string[]): Promise<Filled[]> {
  const forms = new Map<string, Filled>();
  for (const address of pages) {
    const answer = await client.get(address);
    if (answer.status !== 200 || !answer.type.includes('html')) continue;
    const shown = page(answer);
    for (const form of shown('form[method=post]').toArray()) {
      const filled = fillIn(shown, form, 'well', address);
      if (!ADDRESSED_TO_ONESELF.test(filled.action)) forms.set(`${filled.action} ${filled.names}`, filled);
    }
  }
  return [...forms.values()];
}

const ACT_PAGES = [
  ...['', '/requirements', '/deliveries', '/revisions', '/acceptance', '/reviews', '/messages', '/cancellations'],
  ...['/extensions', '/settlements', '/disputes', '/tips', '/extras'],
];
const STATES = ['awaiting_requirements', 'in_progress', 'delivered', 'completed'] as const;
let turn = 0;

/** A fresh order of Ada's from Noor, and what both find besides. */
async function pagesOfAnOrder(app: TestApp, scene: Scene): Promise<string[]> {
  const id = await orderIn(app, scene, STATES[turn++ % STATES.length]!);
  const own = [`/gigs/${scene.shop.slug}`, `/gigs/${scene.shop.slug}/order`, '/account', '/account/notifications'];
  const selling = [`/sell/gigs/${scene.shop.gigId}/edit`, '/sell/gigs', '/sell/gigs/new', '/sell/posts/new'];
  return [...ACT_PAGES.map((act) => `/orders/${id}${act}`), `/sell/orders/${id}`, ...own, ...selling, '/notifications'];
}

async function pagesOfTheOperator(app: TestApp, others: Scene, scene: Scene): Promise<string[]> {
  const id = await orderIn(app, turn++ % 2 ? others : scene, 'delivered');
  const guinea = await createPerson(app, 'Petra Pig');
  return [
    ...[`/admin/orders/${id}`, `/admin/orders/${id}/refunds/new`, `/admin/users/${guinea.id}`, '/admin/categories'],
    ...['/admin/settings', '/admin/money', '/admin/webhooks', '/admin/reviews', '/admin/gigs', '/admin/sellers'],
  ];
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
