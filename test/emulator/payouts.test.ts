import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { addSeller, clientFor, expectShape, fixture, paidOrder, setStage, type Stage } from './support.ts';

const platform = EMULATOR_CREDENTIALS.platformCompanyId;

let stage: Stage;
let whop: Whop;
beforeAll(async () => {
  stage = await setStage();
  whop = stage.whop;
});
afterAll(() => stage.stop());

/** A seller with 123.15 to take out and a bank account to take them to. */
async function earningSeller(): Promise<{ id: string; methodId: string }> {
  const { id } = await addSeller(whop);
  await paidOrder(stage, id);
  await stage.control.setKyc(id, 'approved');
  await stage.control.call('POST', `/control/companies/${id}/settle`);
  const method = (await stage.control.call('POST', `/control/companies/${id}/payout-methods`)) as { id: string };
  return { id, methodId: method.id };
}

const balanceOf = async (id: string): Promise<number | undefined> =>
  (await whop.ledgerAccounts.retrieve(id)).balances[0]?.balance;

const ask = (id: string, amount: number, details: object = {}): Promise<Whop.Withdrawal> =>
  whop.withdrawals.create({ company_id: id, amount, currency: 'usd', ...details });

describe('a withdrawal', () => {
  test('takes its amount from the balance and arrives', async () => {
    const { id, methodId } = await earningSeller();
    const made = await ask(id, 100, { payout_method_id: methodId });
    expectShape(made, fixture('rest/withdrawal'));
    expect(await balanceOf(id)).toBe(23.15);

    await stage.control.call('POST', `/control/withdrawals/${made.id}`, { status: 'completed' });
    expect(await whop.withdrawals.retrieve(made.id)).toMatchObject({
      status: 'completed',
      trace_code: expect.stringMatching(/^TRACE/),
    });
    expectShape((await whop.withdrawals.list({ company_id: id })).data, fixture('rest/withdrawals.list').data);
  });

  test('comes back when it fails', async () => {
    const { id } = await earningSeller();
    const made = await ask(id, 100);
    await stage.control.call('POST', `/control/withdrawals/${made.id}`, { status: 'failed' });
    expect(await balanceOf(id)).toBe(123.15);
    expect(await whop.withdrawals.retrieve(made.id)).toMatchObject({ error_code: 'account_not_found' });
  });

  test('is made once for one key', async () => {
    const { id } = await earningSeller();
    const first = await ask(id, 20, { idempotency_key: 'withdrawal:1' });
    expect((await ask(id, 20, { idempotency_key: 'withdrawal:1' })).id).toBe(first.id);
    expect(await balanceOf(id)).toBe(103.15);
  });

  test('needs balance, identity and a bank account of one’s own', async () => {
    const { id, methodId } = await earningSeller();
    await expect(ask(id, 123.16)).rejects.toMatchObject({ error: { error: { code: 'not_enough_balance' } } });
    const { id: fresh } = await addSeller(whop);
    await expect(ask(fresh, 10)).rejects.toMatchObject({ error: { error: { code: 'verification_required' } } });
    await stage.control.setKyc(fresh, 'approved');
    await expect(ask(fresh, 10)).rejects.toMatchObject({ error: { error: { param: 'payout_method_id' } } });
    await expect(ask(fresh, 10, { payout_method_id: methodId })).rejects.toBeInstanceOf(Whop.NotFoundError);
  });

  test('goes by its new name too', async () => {
    const { id, methodId } = await earningSeller();
    const made = await whop.payouts.create({ account_id: id, amount: 10, payout_method_id: methodId });
    expect(made.id).toMatch(/^wdrl_/);
    expect(await balanceOf(id)).toBe(113.15);
  });
});

test('payout methods are listed in the new shape and in the old one', async () => {
  const { id, methodId } = await earningSeller();
  const methods = await whop.payouts.methods.list({ account_id: id });
  expectShape(methods.data, fixture('rest/payouts.methods.list').data);
  const old = (await whop.get('/payout_methods', { query: { company_id: id } })) as { data: unknown[] };
  expectShape(old.data[0], fixture('payout_method.created').data);
  expect(methods.data.map((method) => method.id)).toEqual([methodId]);
});

test('the payouts portal adds a bank account and withdraws without JavaScript', async () => {
  const { id } = await addSeller(whop);
  await paidOrder(stage, id);
  await stage.control.call('POST', `/control/companies/${id}/settle`);
  const back = 'http://localhost:3000/sell/payouts';
  const { url } = await whop.accountLinks.create({
    company_id: id,
    use_case: 'payouts_portal',
    return_url: back,
    refresh_url: back,
  });
  const submit = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(url + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

  expect((await submit('/payout-methods', { nickname: 'Mine', institution: 'Example Bank' })).status).toBe(303);
  const [method] = (await whop.payouts.methods.list({ account_id: id })).data;
  const refused = await submit('/withdrawals', { amount: '100', payout_method_id: method!.id });
  expect([refused.status, load(await refused.text())('[role="alert"]').text()]).toEqual([
    422,
    'You must verify your identity before you can withdraw.',
  ]);
  await stage.control.setKyc(id, 'approved');
  await submit('/withdrawals', { amount: '100', payout_method_id: method!.id });
  expect(await balanceOf(id)).toBe(23.15);
  expect(load(await (await fetch(url)).text())(`a[href="${back}"]`)).toHaveLength(1);
});

describe('a transfer', () => {
  test('gives the platform’s fee back to the seller, once for one key', async () => {
    const { id } = await addSeller(whop);
    await paidOrder(stage, id);
    const before = (await balanceOf(platform))!;
    const give = (): Promise<Whop.TransferCreateResponse> =>
      whop.transfers.create({
        amount: 22.5,
        currency: 'usd',
        origin_id: platform,
        destination_id: id,
        idempotence_key: 'fee-return:1',
      });
    const made = (await give()) as Whop.TransferRetrieveResponse;
    expect(((await give()) as Whop.TransferRetrieveResponse).id).toBe(made.id);
    expect(await balanceOf(platform)).toBeCloseTo(before - 22.5, 2);
    expect(await balanceOf(id)).toBe(22.5);
    expect(await whop.transfers.retrieve(made.id)).toEqual(made);
    const list = await whop.transfers.list({ origin_id: platform, destination_id: id });
    expect(list.data.map(({ amount }) => amount)).toEqual([22.5]);
  });

  test('needs the balance for it', async () => {
    const { id } = await addSeller(whop);
    await expect(
      whop.transfers.create({ amount: 1_000_000, currency: 'usd', origin_id: platform, destination_id: id }),
    ).rejects.toMatchObject({ error: { error: { code: 'not_enough_balance' } } });
  });
});

describe('an access token', () => {
  test('allows what it names, for its company only', async () => {
    const [mine, other] = [await addSeller(whop), await addSeller(whop)];
    const made = await whop.accessTokens.create({
      company_id: mine.id,
      scoped_actions: ['company:balance:read', 'payout:account:read'],
    });
    expectShape(made, fixture('rest/access_token'));
    const embed = clientFor(stage.emulator.url, { apiKey: made.token });
    expect((await embed.ledgerAccounts.retrieve(mine.id)).owner?.id).toBe(mine.id);
    await expect(embed.ledgerAccounts.retrieve(other.id)).rejects.toBeInstanceOf(Whop.NotFoundError);
    await expect(embed.withdrawals.list({ company_id: mine.id })).rejects.toThrow('payout:withdrawal:read');
  });

  test('without a list allows nothing', async () => {
    const { id } = await addSeller(whop);
    const { token } = await whop.accessTokens.create({ company_id: id });
    await expect(clientFor(stage.emulator.url, { apiKey: token }).ledgerAccounts.retrieve(id)).rejects.toBeInstanceOf(
      Whop.PermissionDeniedError,
    );
  });

  test('lives for three hours at most and can be expired', async () => {
    const { id } = await addSeller(whop);
    const expires_at = new Date(Date.now() + 4 * 3_600_000).toISOString();
    await expect(whop.accessTokens.create({ company_id: id, expires_at })).rejects.toThrow('at most 3 hours');
    const { token } = await whop.accessTokens.create({ company_id: id, scoped_actions: ['company:balance:read'] });
    await stage.control.call('POST', '/control/tokens/expire');
    await expect(clientFor(stage.emulator.url, { apiKey: token }).ledgerAccounts.retrieve(id)).rejects.toBeInstanceOf(
      Whop.AuthenticationError,
    );
  });
});
