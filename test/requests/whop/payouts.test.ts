import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, signUp, visit, type Client } from '../../support/client.ts';
import { accountOf, openSeller, verifiedSeller } from '../../support/sellers.ts';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ emulator: true })));
afterAll(() => app.stop());

const elements = async (browser: Client): Promise<string[]> => {
  const shown = page(await browser.get('/sell/payouts'));
  return shown('whop-embed')
    .toArray()
    .map((element) => shown(element).attr('type')!);
};

test('a verified seller has banner, balance, withdraw button, history and payout method', async () => {
  const noor = await verifiedSeller(app, 'Noor Haddad');
  expect((await elements(noor)).sort()).toEqual([
    'add-payout-method-element',
    'balance-element',
    'status-banner-element',
    'withdraw-button-element',
    'withdrawals-element',
  ]);
  const { whop_company_id: companyId } = await accountOf(app, noor);
  const shown = page(await noor.get('/sell/payouts'));
  for (const embed of shown('whop-embed').toArray()) {
    expect(shown(embed).attr()).toMatchObject({
      session: 'payouts',
      'token-url': '/api/sell/payouts-token',
      'company-id': companyId,
      'redirect-url': `${app.url}/sell/payouts?returned=1`,
    });
  }
});

test('an unverified one has the identity check first, and nothing to withdraw', async () => {
  const tomas = await openSeller(app, 'Tomas Vesely');
  expect((await elements(tomas)).sort()).toEqual([
    'balance-element',
    'status-banner-element',
    'verify-element',
    'withdrawals-element',
  ]);
  expect(page(await tomas.get('/sell/payouts'))('form[action="/sell/kyc/link"]').length).toBe(1);
});

test('the plain way: a form, a page with the link, Whop’s own page, and back', async () => {
  const noor = await verifiedSeller(app, 'Noor Plain');
  const asked = await noor.post('/sell/payouts/portal');
  const href = page(asked)('main a.button').attr('href')!;
  expect(asked.status).toBe(200);
  expect(href.startsWith(app.emulator.url)).toBe(true);
  const portal = await fetch(href);
  expect(portal.status).toBe(200);
  expect(await portal.text()).toContain('/sell/payouts?returned=1');
  expect((await noor.get('/sell/payouts?returned=1')).status).toBe(200);
  const over = await noor.post('/sell/payouts/portal', {}, { 'HX-Request': 'true' });
  expect(over.headers['hx-redirect']).toMatch(new RegExp(`^${app.emulator.url}`));
});

test('he can be paid once Whop knows a bank account too; then the plain form stands on the page', async () => {
  const noor = await verifiedSeller(app, 'Noor Banking');
  const { whop_company_id: companyId } = await accountOf(app, noor);
  expect(page(await noor.get('/sell/payouts'))('form[action="/sell/withdrawals"]').length).toBe(0);
  expect((await accountOf(app, noor)).payout_enabled).toBe(false);

  await app.emulator.call('POST', `/control/companies/${companyId}/payout-methods`, {});
  const shown = page(await noor.get('/sell/payouts?returned=1'));
  expect((await accountOf(app, noor)).payout_enabled).toBe(true);
  expect(shown('#payout-status').text()).toContain('Whop knows your bank account');
  expect(shown('form[action="/sell/withdrawals"] [name=payout_method_id] option').length).toBe(1);
  expect(shown('.docket [data-cents]').length).toBeGreaterThan(0);
});

test('coming back asks Whop how it stands', async () => {
  const tomas = await openSeller(app, 'Tomas Returning');
  const { whop_company_id: companyId } = await accountOf(app, tomas);
  await app.emulator.setKyc(companyId!, 'approved');
  expect(page(await tomas.get('/sell/payouts'))('#payout-status > h2').text()).toBe('Prove who you are');
  expect(page(await tomas.get('/sell/payouts?returned=1'))('#payout-status > h2').text()).toBe('You can be paid');
});

test('while Whop is away the page says what was known last', async () => {
  const noor = await verifiedSeller(app, 'Noor Waiting');
  await app.emulator.faults({ api: { status: 500, rate: 1 } });
  const shown = await noor.get('/sell/payouts?returned=1');
  await app.emulator.faults({});
  expect([shown.status, page(shown)('#payout-status > h2').text()]).toEqual([200, 'You can be paid']);
});

test('who sells nothing is led to where selling begins; nobody has to sign in', async () => {
  const buyer = await (await signUp(app, 'Ada Buyer')).get('/sell/payouts');
  expect([buyer.status, buyer.headers.location]).toEqual([303, '/sell/onboarding']);
  expect((await visit(app).get('/sell/payouts')).headers.location).toBe('/login?next=%2Fsell%2Fpayouts');
});
