import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt, stepAt } from '../../../src/models/totp.ts';
import { safeNext } from '../../../src/paths.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestMailbox, type TestMailbox } from '../../support/mailbox.ts';
import { asSystem, createPerson, openShop, placeOrder, signIn } from '../../support/orders.ts';

let app: TestApp;
let mailbox: TestMailbox;
beforeAll(async () => {
  mailbox = await startTestMailbox();
  app = await startTestApp({ worker: true, env: { SMTP_URL: mailbox.smtpUrl } });
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

const PASSWORD = 'correct horse battery';
const together = <T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => act(n)));
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

test('eight sign-ups with one address at the same moment: one account', async () => {
  const browsers = await together(8, async () => {
    const browser = visit(app);
    await browser.get('/signup');
    return browser;
  });
  const form = { display_name: 'Ada Many', email: 'many@gigflow.test', password: PASSWORD, intent: 'hire' };
  const answers = await together(8, (n) => browsers[n]!.post('/signup', form));
  expect(statuses(answers)).toEqual([303, ...Array<number>(7).fill(422)]);
  const users = await asSystem(app, (trx) => trx('users').where({ email: form.email }).pluck('id'));
  expect(users).toHaveLength(1);
});

test('two people claim one guest order at the same moment: one has it', async () => {
  const shop = await openShop(app, await createPerson(app, 'Noor Claimed'));
  const email = 'guest-claimed@gigflow.test';
  const guest = randomUUID();
  await asSystem(app, (trx) => trx('guest_buyers').insert({ id: guest, email, token_hash: randomUUID() }));
  const order = await placeOrder(app, { shop, guest: { id: guest } });
  const person = await createPerson(app, 'Ada Claims');
  await asSystem(app, (trx) => trx('users').where({ id: person.id }).update({ email }));
  const devices = await together(4, () => signIn(app, { ...person, email }));
  const answers = await together(4, (n) => devices[n]!.post(`/orders/${order}/claim`));
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const row = await asSystem(app, (trx) => trx('orders').where({ id: order }).first('buyer_id', 'guest_buyer_id'));
  expect(row).toEqual({ buyer_id: person.id, guest_buyer_id: null });
  const claims = await asSystem(app, (trx) => trx('audit_events').where({ target_id: order }).pluck('action'));
  expect(claims.length).toBeLessThanOrEqual(1);
});

test('one code, or one recovery code, sent four times at once opens one session', async () => {
  const person = await createPerson(app, 'Ada Replayed');
  const browser = await signIn(app, person);
  const place = '/account/security/second-factor';
  await browser.post(place);
  const secret = page(await browser.get(place))('code')
    .text()
    .replaceAll(' ', '');
  const start = stepAt(new Date());
  await browser.post(`${place}/confirmation`, { code: codeAt(secret, start) });
  const shown = page(await browser.get(place));
  const recovery = shown('.card code').first().text();
  for (const code of [codeAt(secret, start + 1), recovery]) {
    const devices = await together(4, async () => {
      const device = visit(app);
      await device.post('/login', { email: person.email, password: PASSWORD });
      return device;
    });
    const answers = await together(4, (n) => devices[n]!.post('/login/second-factor', { code }));
    expect(statuses(answers)).toEqual([303, 422, 422, 422]);
  }
});

test('two accounts change to one free address: one gets it', async () => {
  const movers = await together(2, (n) => signUp(app, `Ada Mover ${n}`, { email: `mover-${n}@gigflow.test` }));
  for (const mover of movers) {
    await mover.post('/account/security/email', { email: 'coveted@gigflow.test', current_password: PASSWORD });
  }
  await eventually(async () => expect(mailbox.to('coveted@gigflow.test')).toHaveLength(2));
  const links = mailbox.to('coveted@gigflow.test').map(({ text }) => new URL(/https?:\S+/.exec(text!)![0]).pathname);
  const answers = await together(2, (n) => movers[n]!.post(links[n]!));
  expect(statuses(answers)).toEqual([303, 409]);
});

test.each([
  ...[
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'https:evil.test',
    'https://evil.test',
    '///evil.test',
    '/\t/evil.test',
  ],
  ...['/\n/evil.test', ' //evil.test', 'javascript:alert(1)', '@evil.test', '/%0d%0aSet-Cookie:x=y', '%2f%2fevil.test'],
  ...['/\u2028/evil.test', '／／evil.test', '/.//evil.test', '/orders/..//evil.test', '', '.', 'evil.test'],
])('next=%j stays here', (next) => {
  const target = new URL(safeNext(next, '/orders'), 'https://gigflow.test');
  expect(target.origin).toBe('https://gigflow.test');
});

test.each(['//evil.test', '/\\evil.test', '/.//evil.test', '/%0d%0aSet-Cookie:x=y', '/\u2028/evil.test'])(
  'signing in with next=%j sends no header of the attacker’s and nobody away',
  async (next) => {
    const person = await createPerson(app, 'Ada Sent');
    const answer = await visit(app).post('/login', { email: person.email, password: PASSWORD, next });
    expect(answer.status).toBe(303);
    expect(new URL(answer.headers.location!, app.url).origin).toBe(app.url);
    expect(answer.headers['x-evil']).toBeUndefined();
    expect(JSON.stringify(answer.headers['set-cookie'])).not.toContain('x=y');
  },
);

const LONG = 'x'.repeat(20_000);
const BODIES: [name: string, type: string, body: string][] = [
  ['__proto__ in a form', 'form', '__proto__[role]=admin&constructor[prototype][role]=admin&email=a@b.test&password=x'],
  ['__proto__ in JSON', 'json', '{"__proto__":{"role":"admin"},"email":"a@b.test","password":"x"}'],
  ['a field twice', 'form', 'email=a@b.test&email=c@d.test&password=x&password=y'],
  ['lists for words', 'form', 'email[]=a@b.test&password[]=x&next[]=/orders'],
  ['objects for words', 'form', 'email[a]=1&password[b][c]=2&next[d]=3'],
  ['1,900 fields', 'form', Array.from({ length: 1_900 }, (_, n) => `f${n}=1`).join('&')],
  ['10,000 fields', 'form', Array.from({ length: 10_000 }, (_, n) => `f${n}=1`).join('&')],
  ['a hundred levels', 'form', `a${'[a]'.repeat(100)}=1`],
  ['a NUL', 'form', 'email=a%00@b.test&password=x'],
  ['a lone surrogate', 'json', '{"email":"\\ud800@b.test","password":"\\udfff"}'],
  ['bytes that are no UTF-8', 'form', 'email=%ff%fe@b.test&password=%c0%af'],
  ['overlong words', 'form', `email=${LONG}@b.test&password=${LONG}&display_name=${LONG}&next=/${LONG}`],
  ['a list as the whole', 'json', '[]'],
  ['null as the whole', 'json', 'null'],
];
const PLACES = ['/login', '/signup', '/password-resets', '/order-links', '/checkouts', '/account/profile', '/messages'];

test.each(BODIES)('%s is answered in words, everywhere', async (_name, type, body) => {
  const browser: Client = await signUp(app, 'Mallory Nonsense');
  for (const place of PLACES) {
    const token = type === 'form' ? `_csrf=${browser.csrf ?? ''}&${body}` : body;
    const request = browser.raw.post(place).set('X-CSRF-Token', browser.csrf ?? '');
    request.set('X-Forwarded-For', `10.4.${BODIES.findIndex(([, , other]) => other === body)}.1`);
    const answer = await request.type(type).send(token);
    expect([place, answer.status < 500]).toEqual([place, true]);
  }
  expect(({} as { role?: string }).role).toBeUndefined();
});

test('nonsense in the address is answered in words', async () => {
  const browser = visit(app);
  const addresses = [
    ...[
      '/%',
      '/%00',
      '/search?q=%00',
      '/search?q[]=a&q[]=b',
      '/search?q[a]=b',
      '/search?__proto__[x]=1',
      '/gigs/%F0%9F',
    ],
    ...[
      '/login?next[]=/a',
      '/orders?page[]=x',
      `/search?q=${LONG.slice(0, 6_000)}`,
      '/@%ED%A0%80',
      '/categories/..%2f',
    ],
  ];
  for (const address of addresses) {
    const { status } = await browser.get(address);
    expect([address, status < 500]).toEqual([address, true]);
  }
});
