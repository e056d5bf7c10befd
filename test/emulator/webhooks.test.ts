import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import {
  addSeller,
  checkoutBody,
  expectShape,
  fixture,
  type Letter,
  paidOrder,
  setStage,
  type Stage,
  until,
} from './support.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.stop());

const settle = (): Promise<unknown> => stage.control.call('POST', '/control/webhooks/settle');
const types = (): string[] => stage.inbox.letters.map(({ event }) => event.type);
const find = (type: string): Letter => stage.inbox.letters.find(({ event }) => event.type === type)!;
const seller = async (): Promise<string> => (await addSeller(stage.whop)).id;

describe('events', () => {
  test('have the shapes that the SDK types, and a signature that it accepts', async () => {
    const { whop, control } = stage;
    const companyId = await seller();
    for (const status of ['pending', 'needs_action', 'rejected', 'approved'] as const) {
      await control.setKyc(companyId, status);
    }
    const checkout = await whop.checkoutConfigurations.create(checkoutBody(companyId));
    await control.pay(checkout.id, 'failed');
    await control.pay(checkout.id, 'pending');
    const { id: first } = await control.pay(checkout.id, 'paid');
    const { id: second } = await control.pay(checkout.id, 'paid');
    await control.call('POST', `/control/payments/${first}/refund`, { amount: 60 });
    await until(
      () => whop.payments.retrieve(first),
      ({ refunds }) => refunds[0]?.status === 'succeeded',
    );
    await control.call('POST', '/control/alerts', { payment: second });
    await control.call('POST', `/control/payments/${second}/dispute`, { status: 'needs_response' });
    await control.call('POST', `/control/payments/${second}/dispute`, { status: 'won' });
    await control.call('POST', '/control/cases', { payment: second });
    await control.call('POST', `/control/companies/${companyId}/settle`);
    await control.call('POST', `/control/companies/${companyId}/payout-methods`);
    const withdrawal = await whop.withdrawals.create({ company_id: companyId, amount: 20, currency: 'usd' });
    await control.call('POST', `/control/withdrawals/${withdrawal.id}`, { status: 'completed' });
    await settle();

    const told = [
      ...['payment.created', 'payment.failed', 'payment.pending', 'payment.succeeded'],
      ...['refund.created', 'refund.updated', 'dispute.created', 'dispute.updated', 'dispute_alert.created'],
      ...['verification.succeeded', 'payout_account.status_updated', 'payout_method.created'],
      ...['identity_profile.updated', 'identity_profile.needs_action', 'identity_profile.rejected'],
      ...['identity_profile.approved', 'withdrawal.created', 'withdrawal.updated'],
      ...['ledger_account.funds_available', 'resolution_center_case.created'],
    ];
    for (const type of told) {
      const letter = find(type);
      expect(letter, type).toBeDefined();
      expectShape(letter.event, fixture(type), type);
      expect(letter.event.company_id, type).toBe(companyId);
      expect(whop.webhooks.unwrap(letter.body, { headers: letter.headers }).id).toBe(letter.headers['webhook-id']);
    }
    expect(types()).not.toContain('account.updated');
  });

  test('reach the platform for its sellers, and only while it wants them', async () => {
    const companyId = await seller();
    await paidOrder(stage, companyId);
    await settle();
    expect(types().sort()).toEqual(['payment.created', 'payment.succeeded']);

    const [{ id } = { id: '' }] = (
      await stage.whop.webhooks.list({ company_id: EMULATOR_CREDENTIALS.platformCompanyId })
    ).data;
    await stage.whop.webhooks.update(id, { child_resource_events: false });
    await paidOrder(stage, companyId);
    await settle();
    expect(types()).toHaveLength(2);
  });

  test('follow the endpoint’s pin', async () => {
    await stage.control.faults({ webhooks: { pin: '2026-09-06' } });
    const companyId = await seller();
    const { payment } = await paidOrder(stage, companyId);
    await stage.control.call('POST', `/control/payments/${payment.id}/dispute`);
    await stage.control.setKyc(companyId, 'approved');
    await settle();
    for (const type of ['payment.succeeded', 'dispute.created']) {
      const { event } = find(type);
      expectShape(event, fixture(`variants/${type}.pin-2026-09-06`), type);
      expect(event).toMatchObject({ account_id: companyId, api_version_date: '2026-09-06' });
    }
    expect(find('account.updated').event).not.toHaveProperty('company_id');
  });

  test('can carry their legacy names in a signed envelope', async () => {
    await stage.control.faults({ webhooks: { legacyNames: true } });
    await paidOrder(stage, await seller());
    await settle();
    expect(types().sort()).toEqual(['payment_created', 'payment_succeeded']);
  });
});

describe('delivery', () => {
  test('is tried again under the same id until it is taken', async () => {
    stage.inbox.answerWith(500, 302);
    const companyId = await seller();
    await stage.control.call('POST', `/control/companies/${companyId}/payout-methods`);
    await until(
      () => stage.control.webhooks(),
      ({ data }) => data[0]?.attempts.length === 3,
    );
    expect(new Set(stage.inbox.letters.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const { data } = await stage.control.webhooks();
    expect(data[0]).toMatchObject({
      type: 'payout_method.created',
      status: 'delivered',
      attempts: [{ status: 500 }, { status: 302 }, { status: 200 }],
    });
  });

  test('can be repeated, under the old id or a fresh one', async () => {
    const companyId = await seller();
    await stage.control.call('POST', `/control/companies/${companyId}/payout-methods`);
    await settle();
    const [{ id } = { id: '' }] = (await stage.control.webhooks()).data;
    await stage.control.redeliver(id);
    await stage.control.call('POST', `/control/webhooks/${id}/redeliver`, { regenerateId: true });
    const ids = stage.inbox.letters.map(({ event }) => event.id);
    expect(ids).toHaveLength(3);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('goes wrong in every way it is told to', async () => {
    const companyId = await seller();
    const once = async (faults: object): Promise<Letter[]> => {
      stage.inbox.letters.length = 0;
      await stage.control.faults({ webhooks: faults });
      await paidOrder(stage, companyId);
      await settle();
      return [...stage.inbox.letters];
    };
    const names = (letters: Letter[]): string[] => letters.map(({ event }) => event.type).sort();
    const pair = ['payment.created', 'payment.succeeded'];

    expect(await once({ drop: 1 })).toEqual([]);
    expect(names(await once({ duplicate: 2 }))).toEqual([
      ...pair.slice(0, 1),
      ...pair.slice(0, 1),
      ...pair.slice(0, 1),
      ...pair.slice(1),
      ...pair.slice(1),
      ...pair.slice(1),
    ]);
    const shuffled = await once({ shuffle: true });
    expect(shuffled.map(({ event }) => event.type)).toEqual([...pair].reverse());
    expect(names(await once({ delayMs: 50 }))).toEqual(pair);
    const [forged] = await once({ badSignature: true });
    expect(() => stage.whop.webhooks.unwrap(forged!.body, { headers: forged!.headers })).toThrow();
  });
});

describe('endpoints', () => {
  test('are made by the API with a secret that is shown once', async () => {
    const made = await stage.whop.webhooks.create({
      url: stage.inbox.url,
      resource_id: EMULATOR_CREDENTIALS.platformCompanyId,
      events: ['payment.succeeded'],
      child_resource_events: true,
      api_version: 'v1',
      enabled: true,
    });
    expectShape(made, fixture('rest/webhook.create'));
    expect(made.webhook_secret).toMatch(/^ws_/);
    expect(await stage.whop.webhooks.retrieve(made.id)).not.toHaveProperty('webhook_secret');

    await paidOrder(stage, await seller());
    await settle();
    const mine = stage.inbox.letters.filter(({ body, headers }) => {
      try {
        stage.whop.webhooks.unwrap(body, { headers, key: btoa(made.webhook_secret) });
        return true;
      } catch {
        return false;
      }
    });
    expect(mine.map(({ event }) => event.type)).toEqual(['payment.succeeded']);
    expect(await stage.whop.webhooks.delete(made.id)).toBe(true);
  });

  test('can be tested: signed, without an account, with ids that lead nowhere', async () => {
    const [{ id } = { id: '' }] = (
      await stage.whop.webhooks.list({ company_id: EMULATOR_CREDENTIALS.platformCompanyId })
    ).data;
    await stage.whop.post(`/webhooks/${id}/test`, { body: { event: 'refund.created' } });
    await settle();
    const letter = find('refund.created');
    expect(letter.event).not.toHaveProperty('company_id');
    expect(letter.event.data).toMatchObject({ id: 'rf_xxxxxxxxxxxxxx', payment: { id: 'pay_xxxxxxxxxxxxxx' } });
    stage.whop.webhooks.unwrap(letter.body, { headers: letter.headers });

    const { data } = (await stage.whop.get(`/webhooks/${id}/deliveries`)) as { data: { id: string }[] };
    await stage.whop.post(`/webhooks/${id}/deliveries/${data[0]!.id}/replay`, { body: { regenerate_id: true } });
    expect(stage.inbox.letters).toHaveLength(2);
  });
});
