import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { addSeller, expectShape, fixture, setStage, type Stage } from './support.ts';

let stage: Stage;
let whop: Whop;
beforeAll(async () => {
  stage = await setStage();
  whop = stage.whop;
});
afterAll(() => stage.stop());

describe('companies', () => {
  test('connect a seller, whose Whop user owns the company', async () => {
    const company = await addSeller(whop);
    expectShape(company, fixture('rest/company'));
    expect(company.id).toMatch(/^biz_[A-Za-z0-9]{14}$/);
    expect(company.owner_user.id).toBe('user_EmuNoor0000001');
    expect(await whop.companies.retrieve(company.id)).toEqual(company);
  });

  test('can be renamed and found again by their parent', async () => {
    const company = await addSeller(whop, { metadata: { gigflow_user_id: 'tomas' } });
    await whop.companies.update(company.id, { title: 'Tomas Silva' });
    const found: string[] = [];
    for await (const one of whop.companies.list({
      parent_company_id: EMULATOR_CREDENTIALS.platformCompanyId,
      first: 1,
    }))
      if (one.metadata?.gigflow_user_id === 'tomas') found.push(one.title);
    expect(found).toEqual(['Tomas Silva']);
  });

  test('need a title of their own and a mailbox that takes mail', async () => {
    await addSeller(whop, { title: 'Anna' });
    await expect(addSeller(whop, { title: 'anna' })).rejects.toThrow('already created an account with the same name');
    await expect(addSeller(whop, { email: 'anna@example.com' })).rejects.toThrow('does not accept incoming mail');
    await expect(addSeller(whop, { email: undefined })).rejects.toMatchObject({
      status: 400,
      error: { error: { type: 'invalid_request_error', code: 'parameter_missing', param: 'email' } },
    });
    await expect(whop.companies.create({} as Whop.CompanyCreateParams)).rejects.toMatchObject({
      error: fixture('rest/errors')['400'] as object,
    });
  });

  test("are invisible to another company's key", async () => {
    const [mine, other] = [await addSeller(whop), await addSeller(whop)];
    const { secret_key: apiKey } = await whop.companies.createAPIKey(EMULATOR_CREDENTIALS.platformCompanyId, {
      child_company_id: mine.id,
    });
    const child = new Whop({ apiKey, baseURL: `${stage.emulator.url}/api/v1`, maxRetries: 0 });
    expect((await child.companies.retrieve(mine.id)).id).toBe(mine.id);
    await expect(child.companies.retrieve(other.id)).rejects.toBeInstanceOf(Whop.NotFoundError);
    await expect(
      child.companies.create({ title: 'Grandchild', email: 'g@gigflow.test', parent_company_id: mine.id }),
    ).rejects.toThrow('cannot create connected accounts');
  });

  test('are refused to strangers', async () => {
    const stranger = new Whop({ apiKey: 'apik_wrong', baseURL: `${stage.emulator.url}/api/v1`, maxRetries: 0 });
    await expect(stranger.companies.list()).rejects.toMatchObject({
      status: 401,
      error: fixture('rest/errors')['401'] as object,
    });
  });
});

describe('the identity check', () => {
  test('has not started on a fresh company', async () => {
    const { id } = await addSeller(whop);
    expectShape(await whop.ledgerAccounts.retrieve(id), fixture('rest/ledger_account.not_started'));
    expect((await whop.verifications.list({ account_id: id })).data).toEqual([]);
    const account = await whop.accounts.retrieve(id);
    expect(account.capabilities).toMatchObject({ accept_card_payments: 'active', standard_payout: 'inactive' });
    expect(account.required_actions?.[0]?.action).toBe('verify_identity');
    expect(account.verification).toEqual({ individual: null, business: null });
  });

  test.each([
    ['pending', 'pending_verification', 'submitted', 'pending'],
    ['approved', 'connected', 'approved', 'approved'],
    ['rejected', 'verification_failed', 'declined', 'rejected'],
    ['needs_action', 'action_required', 'resubmission_requested', 'action_required'],
  ] as const)('%s is told by all three sources', async (status, payout, verification, profile) => {
    const { id } = await addSeller(whop);
    await stage.control.setKyc(id, status);

    const ledger = await whop.ledgerAccounts.retrieve(id);
    expectShape(ledger, fixture('rest/ledger_account.pending'));
    const account = ledger.payout_account_details!;
    expect([account.status, account.latest_verification?.status]).toEqual([payout, verification]);
    expect(await whop.payoutAccounts.retrieve(account.id)).toEqual(account);
    expectShape(account, fixture('rest/payout_account'));

    const list = await whop.verifications.list({ account_id: id });
    expectShape(list, fixture('rest/verifications.list'));
    expect(list.data?.[0]?.status).toBe(profile);
    const able = (await whop.accounts.retrieve(id)).capabilities?.standard_payout;
    expect(able).toBe(status === 'approved' ? 'active' : 'inactive');
  });

  test('can be started by the API, once', async () => {
    const { id } = await addSeller(whop);
    const started = await whop.verifications.create({ account_id: id, kind: 'individual', first_name: 'Noor' });
    expect(started).toMatchObject({ status: 'pending', first_name: 'Noor' });
    const again = await whop.verifications.create({ account_id: id, kind: 'individual' });
    expect(again.id).toBe(started.id);
    expect((await whop.verifications.retrieve(started.id!)).kind).toBe('individual');
  });

  test('happens on a hosted page that needs no JavaScript and leads back', async () => {
    const { id } = await addSeller(whop);
    const link = await whop.accountLinks.create({
      company_id: id,
      use_case: 'account_onboarding',
      return_url: 'http://localhost:3000/sell/onboarding',
      refresh_url: 'http://localhost:3000/sell/onboarding',
    });
    expectShape(link, fixture('rest/account_link'));
    const page = await fetch(link.url);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000;");
    expect(await page.text()).not.toContain('<script');

    const answer = await fetch(link.url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ status: 'approved' }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://localhost:3000/sell/onboarding']);
    expect((await whop.ledgerAccounts.retrieve(id)).payout_account_details?.status).toBe('connected');
  });

  test('has links only for connected companies', async () => {
    const link = {
      company_id: EMULATOR_CREDENTIALS.platformCompanyId,
      use_case: 'payouts_portal' as const,
      return_url: 'http://localhost:3000/',
      refresh_url: 'http://localhost:3000/',
    };
    await expect(whop.accountLinks.create(link)).rejects.toBeInstanceOf(Whop.BadRequestError);
    await expect(
      whop.accountLinks.create({ ...link, use_case: 'hosted_kyc' as 'payouts_portal' }),
    ).rejects.toMatchObject({ status: 400, error: { error: { param: 'use_case' } } });
  });
});
