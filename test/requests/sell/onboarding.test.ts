import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit } from '../../support/client.ts';
import { accountOf, companiesOf, idOf, openSeller } from '../../support/sellers.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());
afterEach(() => app.emulator.faults({}));

const noor = { display_name: 'Noor Haddad', country: 'jo' };

test('Noor opens a seller account and is led to the identity check', async () => {
  const browser = await signUp(app, 'Noor Haddad', { intent: 'sell' });
  expect(page(await browser.get('/sell/onboarding'))('h1').text()).toBe('Start selling');
  const opened = await browser.post('/sell/onboarding', { display_name: 'Noor Studio', country: 'JO' });
  expect([opened.status, opened.headers.location]).toEqual([303, '/sell/onboarding']);
  const step = page(await browser.get('/sell/onboarding'));
  expect(step('[data-kyc-status]').attr('data-kyc-status')).toBe('not_started');
  const account = await accountOf(app, browser);
  expect(account).toMatchObject({ company_title: 'Noor Studio', country: 'jo', kyc_status: 'not_started' });
  expect(step('whop-embed').attr()).toMatchObject({
    session: 'payouts',
    type: 'verify-element',
    'token-url': '/api/sell/payouts-token',
    'company-id': account.whop_company_id,
    'redirect-url': `${app.url}/sell/onboarding?returned=1`,
  });
  expect(page(await browser.get('/account'))('input[name=display_name]').val()).toBe('Noor Studio');
});

test('ten presses at once make one company (defect 41)', async () => {
  const browser = await signUp(app, 'Impatient Ines');
  await browser.get('/sell/onboarding');
  const body = { display_name: 'Impatient Ines', country: 'pt' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post('/sell/onboarding', body)));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
  await browser.post('/sell/onboarding', body);
  const companies = await companiesOf(app, await idOf(app, browser));
  expect(companies).toHaveLength(1);
  expect((await accountOf(app, browser)).whop_company_id).toBe(companies[0]!.id);
});

test('whoever presses while Whop is still asked sees a page that asks again; a claim that died gives way', async () => {
  const browser = await signUp(app, 'Waiting Wanda');
  const userId = await idOf(app, browser);
  const body = { display_name: 'Waiting Wanda', country: 'pl' };
  const claim = (age: number) =>
    app.database.withSystem('jobs', (trx) =>
      trx('seller_accounts')
        .insert({
          user_id: userId,
          company_title: 'Waiting Wanda',
          country: 'pl',
          company_attempt: 1,
          company_claimed_at: new Date(Date.now() - age),
        })
        .onConflict('user_id')
        .merge(['company_claimed_at']),
    );
  await claim(0);
  expect((await browser.post('/sell/onboarding', body)).status).toBe(303);
  const waiting = await browser.get('/sell/onboarding');
  expect(page(waiting)('h1').text()).toBe('Opening your seller account');
  expect(page(waiting)('meta[http-equiv=refresh]').attr('content')).toBe('3');
  expect(await companiesOf(app, userId)).toEqual([]);
  await claim(3 * 60_000);
  expect((await browser.post('/sell/onboarding', body)).status).toBe(303);
  expect(await companiesOf(app, userId)).toHaveLength(1);
});

test('a lost answer is looked up: no second company, and the page goes on', async () => {
  const browser = await signUp(app, 'Lost Lena');
  await browser.get('/sell/onboarding');
  await app.emulator.faults({ api: { cut: 'after', only: 'POST /companies', times: 3 } });
  const answer = await browser.post('/sell/onboarding', { display_name: 'Lost Lena', country: 'de' });
  expect(answer.status).toBe(303);
  const companies = await companiesOf(app, await idOf(app, browser));
  expect(companies).toHaveLength(1);
  expect((await accountOf(app, browser)).whop_company_id).toBe(companies[0]!.id);
});

test('while Whop is away the page says so in words; the next press goes through', async () => {
  const browser = await signUp(app, 'Patient Pia');
  await browser.get('/sell/onboarding');
  await app.emulator.faults({ api: { status: 500 } });
  const body = { display_name: 'Patient Pia', country: 'it' };
  const away = await browser.post('/sell/onboarding', body);
  expect(away.status).toBe(503);
  expect(away.text).toContain('Nothing was lost');
  await app.emulator.faults({});
  expect(page(await browser.get('/sell/onboarding'))('select[name=country]').val()).toBe('it');
  expect((await browser.post('/sell/onboarding', body)).status).toBe(303);
  expect(await companiesOf(app, await idOf(app, browser))).toHaveLength(1);
});

test('two sellers of the same name both get their company', async () => {
  const first = await openSeller(app, 'Maria Silva');
  const second = await openSeller(app, 'Maria Silva');
  const titles = await Promise.all(
    [first, second].map(async (browser) => (await accountOf(app, browser)).company_title),
  );
  expect(titles[0]).toBe('Maria Silva');
  expect(titles[1]).toMatch(/^Maria Silva [0-9a-f]{4}$/);
});

test('an address that takes no mail is refused at the field, in Whop’s words; another one works', async () => {
  const browser = await signUp(app, 'Eva Example', { email: 'eva@example.com' });
  await browser.get('/sell/onboarding');
  const refused = await browser.post('/sell/onboarding', { display_name: 'Eva Example', country: 'gb' });
  expect(refused.status).toBe(422);
  const form = page(refused);
  expect(form('#email-error').text()).toContain('does not accept incoming mail');
  expect(form('.error-list a').attr('href')).toBe('#email');
  expect(form('input[name=email]').val()).toBe('eva@example.com');
  const taken = await browser.post('/sell/onboarding', {
    display_name: 'Eva Example',
    country: 'gb',
    email: 'eva@gigflow.test',
  });
  expect(taken.status).toBe(303);
  expect((await accountOf(app, browser)).whop_company_id).toMatch(/^biz_/);
});

test('an account without an e-mail address is asked for one', async () => {
  const browser = await signUp(app, 'Nameless Nils');
  const userId = await idOf(app, browser);
  await app.database.withSystem('jobs', (trx) => trx('users').where({ id: userId }).update({ email: null }));
  expect(page(await browser.get('/sell/onboarding'))('input[name=email]').length).toBe(1);
  const without = await browser.post('/sell/onboarding', { display_name: 'Nameless Nils', country: 'se' });
  expect(without.status).toBe(422);
  expect(page(without)('#email-error').text()).toContain('Enter your e-mail address');
  const taken = { display_name: 'Nameless Nils', country: 'se', email: 'eva@example.com' };
  expect(page(await browser.post('/sell/onboarding', taken))('#email-error').text()).toContain(
    'has an account already',
  );
  const given = await browser.post('/sell/onboarding', { ...taken, email: 'nils@gigflow.test' });
  expect(given.status).toBe(303);
  const user = await app.database.withSystem('jobs', (trx) => trx('users').where({ id: userId }).first());
  expect(user.email).toBe('nils@gigflow.test');
});

test.each([
  ['no name', { display_name: ' ' }, 'display_name'],
  ['no country', { country: '' }, 'country'],
  ['a country that is none', { country: 'zz' }, 'country'],
  ['a list instead of a name', { display_name: ['a', 'b'] }, 'display_name'],
])('onboarding refuses %s', async (_name, change, field) => {
  const browser = await signUp(app, 'Noor Haddad');
  await browser.get('/sell/onboarding');
  const answer = await browser.post('/sell/onboarding', { ...noor, ...change });
  expect(answer.status).toBe(422);
  expect(page(answer)(`#${field}-error`).length).toBe(1);
});

test('the identity check: the status follows Whop after a visit there, on request and never by the browser’s word', async () => {
  const browser = await openSeller(app, 'Tomas Berg');
  const { whop_company_id: company } = await accountOf(app, browser);
  const link = await browser.post('/sell/kyc/link');
  expect(link.status).toBe(200);
  expect(page(link)('main a.button').attr('href')).toMatch(new RegExp(`^${app.emulator.url}/account-links/`));

  await app.emulator.setKyc(company!, 'needs_action');
  const synced = await browser.postJson('/api/sell/kyc/sync', { status: 'verified' });
  expect([synced.status, synced.body]).toEqual([200, { status: 'action_required' }]);

  await app.emulator.setKyc(company!, 'approved');
  const back = page(await browser.get('/sell/onboarding?returned=1'));
  expect(back('[data-kyc-status]').attr('data-kyc-status')).toBe('verified');
  expect(back('whop-embed').length).toBe(0);
  const account = await accountOf(app, browser);
  expect(account).toMatchObject({ kyc_status: 'verified', payout_enabled: false });
  expect(account.whop_references.length).toBeGreaterThan(0);
  const profile = await app.database.withSystem('jobs', (trx) =>
    trx('profiles').where({ user_id: account.user_id }).first(),
  );
  expect(profile.identity_checked).toBe(true);
});

test('htmx gets the status as a partial of the same page, and the way to Whop in one press', async () => {
  const browser = await openSeller(app, 'Hanna Htmx');
  const htmx = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
  const synced = await browser.post('/api/sell/kyc/sync', {}, htmx);
  expect([synced.status, synced.headers.location]).toEqual([303, '/sell/onboarding']);
  const partial = await browser.get('/sell/onboarding', htmx);
  expect(partial.text).toContain('data-kyc-status="not_started"');
  expect(partial.text).not.toContain('<html');
  const link = await browser.post('/sell/kyc/link', {}, htmx);
  expect(link.headers['hx-redirect']).toContain('/account-links/');
});

test('the token for the elements is the session’s own, spelled out, and never stored', async () => {
  const browser = await openSeller(app, 'Token Tess');
  const other = await openSeller(app, 'Other Otto');
  const { whop_company_id: own } = await accountOf(app, browser);
  const { whop_company_id: foreign } = await accountOf(app, other);
  const answer = await browser.get(`/api/sell/payouts-token?company_id=${foreign}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['cache-control']).toContain('no-store');
  const claims = JSON.parse(Buffer.from(answer.body.token.split('.')[1], 'base64url').toString());
  expect(JSON.stringify(claims)).toContain(own);
  expect(JSON.stringify(claims)).not.toContain(foreign);
  expect(JSON.stringify(claims)).toContain('company:balance:read');
});

test('nobody, a buyer and a seller without a company get no token and no sync', async () => {
  const urls = ['/api/sell/payouts-token', '/api/sell/kyc/sync'];
  const nobody = visit(app);
  await nobody.get('/login');
  const buyer = await signUp(app, 'Ada Marlowe');
  const half = await signUp(app, 'Half Hugo');
  const hugo = await idOf(app, half);
  await app.database.withSystem('jobs', (trx) =>
    trx('seller_accounts').insert({ user_id: hugo, company_title: 'Half Hugo', country: 'fr' }),
  );
  const statuses = async (browser: typeof buyer) => [
    (await browser.get(urls[0]!)).status,
    (await browser.postJson(urls[1]!)).status,
  ];
  expect(await statuses(nobody)).toEqual([401, 401]);
  expect(await statuses(buyer)).toEqual([403, 403]);
  expect(await statuses(half)).toEqual([404, 404]);
});

test('while Whop is away token and sync answer 503 with a sentence', async () => {
  const browser = await openSeller(app, 'Away Anna');
  await app.emulator.faults({ api: { status: 500 } });
  for (const answer of [await browser.get('/api/sell/payouts-token'), await browser.postJson('/api/sell/kyc/sync')]) {
    expect(answer.status).toBe(503);
    expect(answer.body.error).toContain('try again');
  }
  expect((await browser.get('/sell/onboarding?returned=1')).status).toBe(200);
});

test('visitors are asked to sign in, and a GET changes nothing (defect 41)', async () => {
  expect((await visit(app).get('/sell/onboarding')).headers.location).toBe('/login?next=%2Fsell%2Fonboarding');
  const browser = await signUp(app, 'Looking Luis');
  await browser.get('/sell/onboarding');
  await browser.get('/sell/kyc/link');
  expect(await companiesOf(app, await idOf(app, browser))).toEqual([]);
});

test('POST /api/sell/onboard is the same act in JSON', async () => {
  const browser = await signUp(app, 'Json Jana');
  const wrong = await browser.postJson('/api/sell/onboard', { display_name: 'Json Jana', country: '??' });
  expect([wrong.status, wrong.body.error]).toEqual([422, 'Choose the country you live in']);
  const opened = await browser.postJson('/api/sell/onboard', { display_name: 'Json Jana', country: 'cz' });
  expect([opened.status, opened.body]).toEqual([200, { location: '/sell/onboarding' }]);
});
