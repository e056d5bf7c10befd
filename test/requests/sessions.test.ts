import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { page, signUp, visit } from '../support/client.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const ada = {
  display_name: 'Ada Marlowe',
  email: 'ada@gigflow.test',
  password: 'correct horse battery',
  intent: 'hire',
};

test('Ada signs up, is signed in at once, signs out and in again', async () => {
  const browser = visit(app);
  await browser.get('/signup');
  const signedUp = await browser.post('/signup', ada);
  expect([signedUp.status, signedUp.headers.location]).toEqual([303, '/']);
  expect((await browser.get('/logout')).text).toContain('Sign out');
  expect((await browser.post('/logout')).headers.location).toBe('/');
  await browser.get('/login');
  const signedIn = await browser.post('/login', {
    email: 'ADA@gigflow.test',
    password: ada.password,
    next: '/account',
  });
  expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/account']);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const browser = visit(app);
  const wrong = await browser.post('/login', { email: ada.email, password: 'wrong password here' });
  const unknown = await browser.post('/login', { email: 'nobody@gigflow.test', password: 'wrong password here' });
  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  const words = (response: typeof wrong) => page(response)('.error-list').text();
  expect(words(wrong)).toBe(words(unknown));
  expect(words(wrong)).toContain('do not belong together');
});

test('the session id changes at sign-in: a planted one stays a stranger', async () => {
  const browser = visit(app);
  const before = (await browser.get('/login')).headers['set-cookie']?.[0]?.split(';')[0];
  const after = (await browser.post('/login', { email: ada.email, password: ada.password })).headers[
    'set-cookie'
  ]?.[0]?.split(';')[0];
  expect(before).toBeTruthy();
  expect(after).toBeTruthy();
  expect(after).not.toBe(before);
  const planted = await visit(app).raw.get('/logout').set('Cookie', before!);
  expect(planted.status).toBe(303);
});

test('next leads to own pages only (defect 41)', async () => {
  for (const next of ['//evil.test', 'https://evil.test', '/\\evil.test', '@evil.test']) {
    const browser = visit(app);
    const response = await browser.post('/login', { email: ada.email, password: ada.password, next });
    expect(response.headers.location).toBe('/orders');
  }
});

test('after sign-in the person goes where he wanted to go (defect 40)', async () => {
  const browser = visit(app);
  const sent = await browser.get('/orders?page=2');
  expect(sent.headers.location).toBe('/login?next=%2Forders%3Fpage%3D2');
  const form = await browser.get(sent.headers.location!);
  expect(page(form)('input[name=next]').attr('value')).toBe('/orders?page=2');
});

test('sign-up says that an address is taken and keeps what was typed', async () => {
  const response = await visit(app).post('/signup', { ...ada, display_name: 'Another Ada' });
  expect(response.status).toBe(422);
  const form = page(response);
  expect(form('.error-list').text()).toContain('has an account already');
  expect(form('input[name=display_name]').val()).toBe('Another Ada');
  expect(form('input[name=password]').val()).toBeUndefined();
});

test.each([
  ['no name', { display_name: ' ' }, 'Enter your name'],
  ['an address without domain', { email: 'ada@' }, 'Enter an e-mail address'],
  ['nine characters', { password: '123456789' }, 'at least 10 characters'],
])('sign-up refuses %s', async (_name, change, message) => {
  const response = await visit(app).post('/signup', { ...ada, email: 'new@gigflow.test', ...change });
  expect(response.status).toBe(422);
  expect(response.text).toContain(message);
});

test('roles never come from a form (defect 21)', async () => {
  const browser = await signUp(app, 'Mallory Admin');
  await browser.post('/signup', { ...ada, email: 'm2@gigflow.test', role: 'admin' });
  const admins = await app.database.withSystem('jobs', (trx) =>
    trx('users').where({ role: 'admin' }).count({ count: '*' }),
  );
  expect(admins[0]?.count).toBe(0);
  expect((await browser.get('/admin')).status).toBe(404);
});

test('a form without token, with a foreign token, or from another site is refused and changes nothing', async () => {
  const browser = visit(app);
  await browser.get('/login');
  const stolen = (await visit(app).get('/login')).text.match(/name="_csrf" value="([^"]+)"/)![1];
  const tries = [
    await browser.raw
      .post('/signup')
      .type('form')
      .send({ ...ada, email: 'x1@gigflow.test' }),
    await browser.raw
      .post('/signup')
      .type('form')
      .send({ ...ada, email: 'x1@gigflow.test', _csrf: stolen }),
    await browser.post('/signup', { ...ada, email: 'x1@gigflow.test' }, { Origin: 'https://evil.test' }),
    await browser.post('/signup', { ...ada, email: 'x1@gigflow.test' }, { 'Sec-Fetch-Site': 'cross-site' }),
  ];
  expect(tries.map((response) => response.status)).toEqual([403, 403, 403, 403]);
  const rows = await app.database.withSystem('jobs', (trx) => trx('users').where({ email: 'x1@gigflow.test' }));
  expect(rows).toEqual([]);
});

test('ten wrong passwords close an account to guessing for a while', async () => {
  const browser = visit(app);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    statuses.push(
      (await browser.post('/login', { email: 'target@gigflow.test', password: `guess number ${i}` })).status,
    );
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(422));
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test('a NUL, a body over 100 KB and broken JSON are answered in words', async () => {
  const browser = visit(app);
  expect((await browser.post('/login', { email: 'a\u0000@b.test', password: 'x' })).status).toBe(422);
  expect((await browser.post('/login', { email: 'a@b.test', password: 'x'.repeat(101 * 1024) })).status).toBe(413);
  const broken = await browser.raw.post('/login').set('Content-Type', 'application/json').send('{"email":');
  expect(broken.status).toBe(422);
  expect(broken.text).not.toMatch(/SyntaxError|node_modules|\/src\//);
});

test(
  '1,000 wrong passwords from 1,000 networks: ten are tried, and the right one waits too',
  { timeout: 60_000 },
  async () => {
    const target = await signUp(app, 'Ada Target', { email: 'thousand@gigflow.test' });
    await target.get('/account');
    const browser = visit(app);
    await browser.get('/login');
    const statuses: Record<number, number> = {};
    for (let i = 0; i < 1_000; i += 1) {
      const from = { 'X-Forwarded-For': `10.9.${i >> 8}.${i & 255}` };
      const { status } = await browser.post('/login', { email: 'thousand@gigflow.test', password: `wrong ${i}` }, from);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    expect(statuses).toEqual({ 422: 10, 429: 990 });
    const right = await browser.post('/login', { email: 'thousand@gigflow.test', password: ada.password });
    expect(right.status).toBe(429);
    expect((await target.get('/account')).status).toBe(200);
  },
);

test('the token of another session opens nothing for a signed-in victim', async () => {
  const victim = await signUp(app, 'Ada Victim');
  const thief = await signUp(app, 'Mallory Thief');
  await thief.get('/account');
  const before = await victim.get('/account/sessions');
  const forged = await victim.raw
    .post('/account/sessions/ending')
    .type('form')
    .send({ _csrf: thief.csrf, session: 'others' });
  expect([before.status, forged.status]).toEqual([200, 403]);
});
