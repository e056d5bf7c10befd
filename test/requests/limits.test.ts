import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, visit, type Client } from '../support/client.ts';
import { asSystem, createPerson, orderIn, setScene, signIn, type Scene, type TestPerson } from '../support/orders.ts';

let app: TestApp;
let ada: TestPerson;
let browser: Client;
let scene: Scene;
let order: string;
let unbriefed: string;
beforeAll(async () => {
  app = await startTestApp();
  ada = await createPerson(app, 'Ada Hasty');
  browser = await signIn(app, ada);
  scene = await setScene(app);
  order = await orderIn(app, scene, 'in_progress');
  unbriefed = await orderIn(app, scene, 'awaiting_requirements');
});
afterAll(() => app.stop());

interface Limit {
  attack: string;
  per: 'network' | 'account';
  allowed: number;
  send: (n: number, from: Record<string, string>) => Promise<{ status: number }>;
}

const someone = () => visit(app);
const networks = (n: number) => ({ 'X-Forwarded-For': `10.8.${n >> 8}.${n & 255}` });

const crowd: Client[] = [];
/** One of a few accounts, each of which stays below the limit for an account. */
const newcomer = async (n: number): Promise<Client> =>
  (crowd[n % 8] ??= await signIn(app, await createPerson(app, `Many ${n}`)));
const sendFile = (client: Client, from: Record<string, string>, to = `/orders/${order}/deliveries/draft`) =>
  client.raw
    .post(to)
    .set(from)
    .field('_csrf', client.csrf!)
    .field('message', 'Kept words')
    .attach('files', Buffer.from('a'), 'a.txt');

/** Every limit of src/middleware/rate-limits.ts beside the attack that it stops. The last free try, then one more. */
const LIMITS: Limit[] = [
  {
    attack: 'many accounts are tried from one network',
    per: 'network',
    allowed: 100,
    send: (n, from) => someone().post('/login', { email: `guess-${n}@gigflow.test`, password: 'x' }, from),
  },
  {
    attack: 'one account is tried from many networks',
    per: 'account',
    allowed: 10,
    send: (n) => someone().post('/login', { email: 'tried@gigflow.test', password: 'x' }, networks(n)),
  },
  {
    attack: 'accounts are made in masses, or asked for by signing up',
    per: 'network',
    allowed: 60,
    send: (_n, from) => someone().post('/signup', {}, from),
  },
  {
    attack: 'a mailbox is filled with links from many networks',
    per: 'account',
    allowed: 5,
    send: (n) => someone().post('/password-resets', { email: 'filled@gigflow.test' }, networks(n)),
  },
  {
    attack: 'many mailboxes are filled from one network',
    per: 'network',
    allowed: 30,
    send: (n, from) => someone().post('/password-resets', { email: `box-${n}@gigflow.test` }, from),
  },
  {
    attack: 'the secret of a mailed link is guessed',
    per: 'network',
    allowed: 60,
    send: (n, from) => someone().post(`/password-resets/guess-${n}`, {}, from),
  },
  {
    attack: 'the password of a browser left open is guessed',
    per: 'account',
    allowed: 20,
    send: (n) => browser.post('/account/security/password', { current_password: `guess ${n}` }, networks(n)),
  },
  {
    attack: 'a seller’s queue is filled with checkouts that nobody pays',
    per: 'account',
    allowed: 60,
    send: (n) => browser.post('/checkouts', {}, networks(n)),
  },
  {
    attack: 'a seller’s queue is filled with extras that nobody pays',
    per: 'account',
    allowed: 60,
    send: (n) => scene.as.noor.post(`/orders/${order}/extras`, {}, networks(n)),
  },
  {
    attack: 'the store is filled with pictures',
    per: 'account',
    allowed: 60,
    send: (n) => browser.post('/account/avatar', {}, networks(n)),
  },
  {
    attack: 'the digits of the second step are guessed',
    per: 'network',
    allowed: 10,
    send: (_n, from) => someone().post('/login/second-factor', { code: '000000' }, from),
  },
  {
    attack: 'tokens are asked for in a loop',
    per: 'account',
    allowed: 120,
    send: (n) => browser.get('/api/chat/token', networks(n)),
  },
  {
    attack: 'somebody is buried in messages by one account',
    per: 'account',
    allowed: 60,
    send: (n) => scene.as.ada.post(`/orders/${order}/messages`, { body: `Again ${n}` }, networks(n)),
  },
  {
    attack: 'somebody is buried in messages from one network',
    per: 'network',
    allowed: 300,
    send: async (n, from) => (await newcomer(n)).post('/conversations', { gig: scene.shop.gigId, body: 'Again' }, from),
  },
  {
    attack: 'the store is filled with files by one account',
    per: 'account',
    allowed: 40,
    send: (n) => sendFile(scene.as.noor, networks(n)),
  },
  {
    attack: 'the store is filled with files from one network',
    per: 'network',
    allowed: 200,
    send: async (n, from) =>
      n < 200 ? sendFile(await newcomer(n), from) : sendFile(scene.as.ada, from, `/orders/${unbriefed}/requirements`),
  },
  {
    attack: 'the webhook secret is guessed',
    per: 'network',
    allowed: 300,
    send: (_n, from) => someone().raw.post('/api/webhooks/whop').set(from).send({}),
  },
];

test.each(LIMITS)('$attack: the limit per $per is $allowed', { timeout: 60_000 }, async ({ attack, allowed, send }) => {
  const from = { 'X-Forwarded-For': `10.9.9.${LIMITS.findIndex((limit) => limit.attack === attack)}` };
  const statuses: number[] = [];
  for (let n = 0; n <= allowed; n += 1) statuses.push((await send(n, from)).status);
  expect(statuses.slice(0, allowed)).not.toContain(429);
  expect(statuses[allowed]).toBe(429);
});

test('who is over the limit gets his words back, learns when to go on, and no file of his is kept', async () => {
  const files = async () => Number((await asSystem(app, (trx) => trx('attachments').count({ n: '*' })))[0]!.n);
  const before = await files();
  const refused = await sendFile(scene.as.noor, {});
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(page(refused)('textarea[name=message]').text()).toContain('Kept words');
  expect(await files()).toBe(before);

  const message = await scene.as.ada.post(`/orders/${order}/messages`, { body: 'Kept message' });
  expect(message.status).toBe(429);
  expect(page(message)('#message-body').text()).toContain('Kept message');
  const question = await scene.as.ada.post('/conversations', { gig: scene.shop.gigId, body: 'Kept question' });
  expect(question.status).toBe(429);
  expect(page(question)('#body').text()).toContain('Kept question');

  const network = LIMITS.findIndex(({ attack }) => attack === 'the store is filled with files from one network');
  const from = { 'X-Forwarded-For': `10.9.9.${network}` };
  const brief = await sendFile(scene.as.ada, from, `/orders/${unbriefed}/requirements`);
  expect(brief.status).toBe(429);
  for (const answer of [refused, message, question, brief]) {
    const view = page(answer);
    const targets = view('.error-list a')
      .map((_i, link) => view(link).attr('href'))
      .get();
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect([target, view(target).length]).toEqual([target, 1]);
  }
});

test('one proxy is believed: what a visitor writes into the header himself does not make him another', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 62; n += 1) {
    const forged = { 'X-Forwarded-For': `203.0.113.${n}, 10.7.7.7` };
    statuses.push((await someone().post('/signup', {}, forged)).status);
  }
  expect(statuses.slice(0, 60)).not.toContain(429);
  expect(statuses.slice(60)).toEqual([429, 429]);
});

test(
  'an unknown address takes as long as a known one: sign-in and reset tell nothing by time',
  { timeout: 60_000 },
  async () => {
    const timed = async (path: string, body: object, n: number): Promise<number> => {
      const client = someone();
      await client.get('/login');
      const start = performance.now();
      await client.post(path, body, networks(5_000 + n));
      return performance.now() - start;
    };
    const tries: [path: string, rest: object, count: number][] = [
      ['/login', { password: 'a wrong password' }, 9],
      ['/password-resets', {}, 4],
    ];
    for (const [path, rest, count] of tries) {
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      for (let n = 0; n < count; n += 1) {
        times.known.push(await timed(path, { email: ada.email, ...rest }, 2 * n));
        times.unknown.push(await timed(path, { email: 'nobody-here@gigflow.test', ...rest }, 2 * n + 1));
      }
      // The fastest of each: what else the machine does only ever adds to a time.
      const ratio = Math.min(...times.known) / Math.min(...times.unknown);
      expect(ratio, path).toBeGreaterThan(0.5);
      expect(ratio, path).toBeLessThan(2);
    }
  },
);
