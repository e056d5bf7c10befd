import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { storeKyc } from '../../../src/models/seller-account.ts';
import type { WhopEvent } from '../../../src/whop/events.ts';
import { kyc } from '../../../src/whop/handlers/kyc.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { page, type Client } from '../../support/client.ts';
import { accountOf, openSeller } from '../../support/sellers.ts';

let app: TestApp;
let noor: Client;
let companyId: string;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  noor = await openSeller(app, 'Noor Haddad');
  companyId = (await accountOf(app, noor)).whop_company_id!;
});
afterAll(() => app.stop());

const event = (accountId: string | null, data: Record<string, unknown>): WhopEvent => ({
  id: 'msg_1',
  type: 'identity_profile.updated',
  accountId,
  occurredAt: null,
  data,
});
const handle = async (told: WhopEvent) => {
  const effect = await kyc({ services: app.services, event: told });
  await app.database.withSystem('inbox', effect);
};

test('an event is only the occasion to look: what Whop says counts, not what the letter says', async () => {
  await app.emulator.setKyc(companyId, 'needs_action');
  await handle(event(companyId, { id: 'idpf_x', status: 'approved' }));
  expect((await accountOf(app, noor)).kyc_status).toBe('action_required');
  await app.emulator.setKyc(companyId, 'approved');
  await handle(event(companyId, { id: 'idpf_x', status: 'rejected' }));
  expect((await accountOf(app, noor)).kyc_status).toBe('verified');
});

test('an event without its company finds the seller by an id of his that was seen before', async () => {
  const [reference] = (await accountOf(app, noor)).whop_references;
  await app.emulator.setKyc(companyId, 'rejected');
  await handle(event(null, { id: 'unknown', latest_verification: { id: reference } }));
  expect((await accountOf(app, noor)).kyc_status).toBe('rejected');
  await app.emulator.setKyc(companyId, 'pending');
  await handle(event(null, { verifications: [null, { id: reference }] }));
  expect((await accountOf(app, noor)).kyc_status).toBe('pending');
});

test('an event about nobody we know changes nothing and is no error', async () => {
  const before = await accountOf(app, noor);
  await handle(event('biz_nobody', { id: 'idpf_nobody' }));
  await handle(event(null, {}));
  expect(await accountOf(app, noor)).toEqual(before);
});

test('an answer that was asked for earlier does not overwrite a later one', async () => {
  const { user_id, kyc_checked_at, kyc_status } = await accountOf(app, noor);
  const late = {
    userId: user_id,
    kyc: { status: 'verified' as const, mayWithdraw: null, references: [] },
    hasPayoutMethod: null,
    askedAt: new Date(kyc_checked_at!.getTime() - 1),
  };
  await app.database.withSystem('inbox', (trx) => storeKyc(trx, late));
  expect((await accountOf(app, noor)).kyc_status).toBe(kyc_status);
});

test('payouts open only with a checked identity and a payout method that Whop names', async () => {
  await app.emulator.setKyc(companyId, 'approved');
  await handle(event(companyId, {}));
  expect((await accountOf(app, noor)).payout_enabled).toBe(false);
  await app.emulator.call('POST', `/control/companies/${companyId}/payout-methods`, {});
  await handle(event(companyId, {}));
  expect((await accountOf(app, noor)).payout_enabled).toBe(true);
  await app.emulator.setKyc(companyId, 'needs_action');
  await handle(event(companyId, {}));
  expect(await accountOf(app, noor)).toMatchObject({ payout_enabled: false, kyc_status: 'action_required' });
});

test('nor while Whop wants something else before it pays out: the page says so', async () => {
  await app.emulator.setKyc(companyId, 'approved');
  await handle(event(companyId, {}));
  const { user_id } = await accountOf(app, noor);
  const gate = (mayWithdraw: boolean | null) =>
    app.database.withSystem('inbox', (trx) =>
      storeKyc(trx, {
        userId: user_id,
        kyc: { status: 'verified', mayWithdraw, references: [] },
        hasPayoutMethod: true,
        askedAt: clock.now(),
      }),
    );
  await gate(false);
  expect(await accountOf(app, noor)).toMatchObject({ kyc_status: 'verified', payout_enabled: false });
  expect(page(await noor.get('/sell/payouts'))('#payout-status').text()).toContain('one more thing');
  await gate(null);
  expect((await accountOf(app, noor)).payout_enabled).toBe(true);
});
