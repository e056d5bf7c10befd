import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type Whop from '@whop/sdk';
import { addSeller, checkoutBody, setStage, type Stage } from './support.ts';

const CARDS = { ok: '4242 4242 4242 4242', declined: '4000 0000 0000 0002', bank: '5385 3083 6013 5181' };

let stage: Stage;
let seller: Whop.Company;
beforeAll(async () => {
  stage = await setStage();
  seller = await addSeller(stage.whop);
});
afterAll(() => stage.stop());

const open = (redirect_url?: string): Promise<Whop.CheckoutConfigurationCreateResponse> =>
  stage.whop.checkoutConfigurations.create({ ...checkoutBody(seller.id), redirect_url });

const submit = (url: string, fields: Record<string, string>): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

const card = (card_number: string): Record<string, string> => ({
  email: 'ada@gigflow.test',
  name: 'Ada Marlowe',
  method: 'card',
  card_number,
  expiry: '12/34',
  cvc: '123',
});

const paymentsOf = async (checkoutId: string): Promise<Whop.PaymentListResponse[]> =>
  (await stage.whop.payments.list({ checkout_configuration_ids: [checkoutId] })).data;

test('shows what is bought, without any script', async () => {
  const { purchase_url: url } = await open();
  const page = load(await (await fetch(url!)).text());
  expect(page('h1').text()).toBe('Logo design');
  expect(page('.price').text()).toBe('$150.00');
  expect(page('script')).toHaveLength(0);
  expect(page('label[for="email"]')).toHaveLength(1);
});

test('a good card pays and leads back with the payment', async () => {
  const { id, purchase_url: url } = await open('http://localhost:3000/checkout/complete?checkout=1');
  const page = await fetch(url!);
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000;");
  const answer = await submit(url!, card(CARDS.ok));
  const [payment] = await paymentsOf(id);
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `http://localhost:3000/checkout/complete?checkout=1&payment_id=${payment!.id}&checkout_status=success`,
  ]);
  expect(payment).toMatchObject({ status: 'paid', card_last4: '4242', user: { email: 'ada@gigflow.test' } });
});

test('without a way back it says that it is paid and links to the app', async () => {
  const { purchase_url: url } = await open();
  const page = load(await (await submit(url!, card(CARDS.ok))).text());
  expect(page('h1').text()).toBe('Paid');
  expect(page('a.button').attr('href')).toBe('http://localhost:3000');
});

test('a declined card is a page that says so and keeps what was typed', async () => {
  const { id, purchase_url: url } = await open();
  const answer = await submit(url!, card(CARDS.declined));
  const page = load(await answer.text());
  expect(answer.status).toBe(402);
  expect(page('[role="alert"]').text()).toBe('Your card was declined.');
  expect(page('#email').val()).toBe('ada@gigflow.test');
  expect((await paymentsOf(id))[0]).toMatchObject({ status: 'open', failure_message: 'Your card was declined.' });
  await submit(url!, card(CARDS.ok));
  expect((await paymentsOf(id)).map(({ status }) => status).sort()).toEqual(['open', 'paid']);
});

test.each([
  ['no card number', { card_number: '' }],
  ['no address', { email: '' }],
  ['a mailbox that takes no mail', { email: 'ada@example.com' }],
])('refuses %s before any payment', async (_name, change) => {
  const { id, purchase_url: url } = await open();
  expect((await submit(url!, { ...card(CARDS.ok), ...change })).status).toBe(422);
  expect(await paymentsOf(id)).toEqual([]);
});

test.each([
  ['the right password', 'Checkout1!', 'paid'],
  ['a wrong password', 'wrong', 'open'],
])('a bank that asks is answered with %s', async (_name, password, status) => {
  const { id, purchase_url: url } = await open();
  const page = load(await (await submit(url!, card(CARDS.bank))).text());
  expect(page('h1').text()).toBe('Your bank asks');
  expect(await paymentsOf(id)).toEqual([]);
  const attempt = String(page('input[name="attempt"]').val());
  const action = new URL(page('form').attr('action')!, url!).href;
  await submit(action, { attempt, password, decision: 'confirm' });
  expect((await paymentsOf(id))[0]).toMatchObject({ status, card_brand: 'mastercard' });
});

test('a bank debit is pending at first', async () => {
  const { id, purchase_url: url } = await open('http://localhost:3000/back');
  const answer = await submit(url!, { email: 'ada@gigflow.test', method: 'bank' });
  expect(answer.headers.get('location')).toContain('checkout_status=pending');
  expect((await paymentsOf(id))[0]).toMatchObject({ status: 'pending' });
});

test('a session that has expired says so, here and in the frame', async () => {
  const { id, purchase_url: url } = await open();
  await stage.control.call('POST', `/control/checkouts/${id}/expire`);
  expect((await fetch(url!)).status).toBe(404);
  expect((await submit(url!, card(CARDS.ok))).status).toBe(404);
  expect((await fetch(`${stage.emulator.url}/embedded/checkout/${id}/`)).status).toBe(404);
});

test('the dashboard shows it all and acts by plain forms', async () => {
  const { id } = await open();
  const { url } = stage.emulator;
  const act = (path: string, fields: Record<string, string>): Promise<Response> =>
    submit(`${url}/dashboard/${path}`, fields);
  expect((await act(`checkouts/${id}/pay`, { outcome: 'paid' })).headers.get('location')).toBe('/');
  const [payment] = await paymentsOf(id);
  expect((await act(`payments/${payment!.id}/refund`, { amount: '10' })).status).toBe(303);
  const refused = await act(`payments/${payment!.id}/refund`, { amount: '1000' });
  expect([refused.status, load(await refused.text())('[role="alert"]').text()]).toEqual([
    400,
    'Refund amount cannot be more than the remaining amount.',
  ]);
  const page = load(await (await fetch(url)).text());
  expect(page('body').text()).toContain(payment!.id);
  expect(page('script')).toHaveLength(0);
});

test('every act of the dashboard does what it says: identity check, dispute, once more, misbehave', async () => {
  const { url } = stage.emulator;
  const press = async (action: string, fields: Record<string, string> = {}): Promise<void> => {
    const page = load(await (await fetch(url)).text());
    const form = page(`form[action="/dashboard/${action}"]`).first();
    expect(form.length, `a form for ${action}`).toBe(1);
    const given = form.find('input[type=hidden]').toArray();
    const hidden = Object.fromEntries(given.map(({ attribs }) => [attribs.name!, attribs.value ?? '']));
    const answer = await submit(`${url}/dashboard/${action}`, { ...hidden, ...fields });
    expect([answer.status, answer.headers.get('location')], action).toEqual([303, '/']);
  };
  await press(`companies/${seller.id}/kyc`, { status: 'approved' });
  expect((await stage.whop.ledgerAccounts.retrieve(seller.id)).payout_account_details!.status).toBe('connected');

  const { id } = await open();
  await press(`checkouts/${id}/pay`, { outcome: 'pending' });
  const [payment] = await paymentsOf(id);
  await press(`payments/${payment!.id}/complete`, { outcome: 'paid' });
  await press(`payments/${payment!.id}/dispute`, { status: 'needs_response' });
  const [dispute] = (await stage.whop.disputes.list({ company_id: seller.id })).data;
  await press(`disputes/${dispute!.id}`, { status: 'won' });
  expect((await stage.whop.disputes.retrieve(dispute!.id)).status).toBe('won');

  await press('webhooks/settle');
  const { id: letter } = (await stage.control.webhooks()).data.at(-1)!;
  const before = stage.inbox.letters.length;
  await press(`webhooks/${letter}/redeliver`);
  expect(stage.inbox.letters.length).toBe(before + 1);

  await press('faults', { faults: '{ "api": { "status": 500, "only": "GET /companies/:id" } }' });
  await expect(stage.whop.companies.retrieve(seller.id)).rejects.toMatchObject({ status: 500 });
  await press('faults', { faults: '{}' });
  expect((await stage.whop.companies.retrieve(seller.id)).id).toBe(seller.id);
});
