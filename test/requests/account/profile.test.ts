import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit } from '../../support/client.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());

const typed = {
  display_name: 'Noor Haddad',
  username: 'noor-prints',
  tagline: 'Menus and small print',
  bio: 'I set menus.\r\n\r\nIn Arabic and English.',
  location: 'Amman, Jordan',
  languages: 'Arabic, English, arabic , English',
  time_zone: 'Asia/Amman',
};

test('Noor fills in her profile and sets her username (defect 50)', async () => {
  const browser = await signUp(app, 'Noor H');
  const saved = await browser.post('/account/profile', typed);
  expect([saved.status, saved.headers.location]).toEqual([303, '/account']);
  const account = page(await browser.get('/account'));
  expect(account('.flash').text()).toContain('Your profile is saved.');
  expect(account('input[name=username]').val()).toBe('noor-prints');
  expect(account('input[name=languages]').val()).toBe('Arabic, English, arabic');
  expect(account('select[name=time_zone]').val()).toBe('Asia/Amman');
  expect(account('footer').text()).toContain('Amman time');
  expect((await browser.get('/account/profile')).status).toBe(200);
});

test('a username that somebody has, or that is ours, is refused at the field', async () => {
  await (await signUp(app, 'First')).post('/account/profile', { ...typed, username: 'only-one' });
  const second = await signUp(app, 'Second');
  const taken = await second.post('/account/profile', { ...typed, username: 'ONLY-one', bio: 'Kept.' });
  expect(taken.status).toBe(422);
  expect(page(taken)('#username-error').text()).toContain('Somebody has this username already');
  expect(page(taken)('#bio').val()).toContain('Kept.');
  expect((await second.post('/account/profile', { ...typed, username: 'admin' })).status).toBe(422);
});

test.each([
  ['display_name', ''],
  ['username', 'a'],
  ['username', 'two words'],
  ['username', '-first'],
  ['tagline', 'x'.repeat(161)],
  ['bio', 'x'.repeat(2001)],
  ['location', 'x'.repeat(81)],
  ['languages', Array.from({ length: 21 }, (_, index) => `L${index}`).join(',')],
  ['time_zone', 'Mars/Olympus'],
])('the profile refuses %s %j', async (field, value) => {
  const browser = await signUp(app, 'Strict');
  const answer = await browser.post('/account/profile', { ...typed, username: 'strict-one', [field]: value });
  expect(answer.status).toBe(422);
  expect(page(answer)(`#${field}-error`).length).toBe(1);
});

test('role, level and the identity badge do not come from this form (defect 21)', async () => {
  const browser = await signUp(app, 'Mallory');
  const more = { ...typed, username: 'mallory', role: 'admin', level: '3', identity_checked: 'true', user_id: 'x' };
  expect((await browser.post('/account/profile', more)).status).toBe(303);
  const profile = await app.database.withSystem('jobs', (trx) =>
    trx('profiles').where({ username: 'mallory' }).first(),
  );
  expect(profile).toMatchObject({ level: 0, identity_checked: false });
  expect((await browser.get('/admin')).status).toBe(404);
});

test('visitors sign in first; the page says how one signs in', async () => {
  expect((await visit(app).get('/account')).headers.location).toBe('/login?next=%2Faccount');
  const account = page(await (await signUp(app, 'Ada Marlowe', { email: 'ada@gigflow.test' })).get('/account'));
  expect(account('.answers').text()).toContain('ada@gigflow.test, not confirmed yet');
  expect(account('.answers').text()).toContain('e-mail and password');
});
