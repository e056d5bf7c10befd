import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/support/whop-wire.ts';
import { kycFrom, type KycStatus } from './kyc.ts';

const account = (status: string | null, latest?: string) => ({
  payout_account_details: {
    id: 'poact_1',
    status,
    latest_verification: latest ? { id: 'verf_1', status: latest } : null,
  },
});
const none = { data: [] };
const read = async (ledger: unknown, verifications: unknown = none): Promise<KycStatus> =>
  (await kycFrom({ ledger: async () => ledger, verifications: async () => verifications })).status;

/** The rows of contract 3.2. */
describe('the payout account decides', () => {
  test.each<[string, KycStatus]>([
    ['connected', 'verified'],
    ['action_required', 'action_required'],
    ['verification_failed', 'rejected'],
    ['pending_verification', 'pending'],
    ['disabled', 'disabled'],
    ['a_word_of_tomorrow', 'pending'],
  ])('%s -> %s, whatever the verification says', async (status, wanted) => {
    expect(await read(account(status, 'approved'))).toBe(wanted);
  });
});

describe('else its latest verification', () => {
  test.each<[string, KycStatus]>([
    ['approved', 'verified'],
    ['verified', 'verified'],
    ['requires_input', 'action_required'],
    ['resubmission_requested', 'action_required'],
    ['action_required', 'action_required'],
    ['declined', 'rejected'],
    ['created', 'pending'],
    ['started', 'pending'],
    ['submitted', 'pending'],
    ['processing', 'pending'],
    ['review', 'pending'],
    ['canceled', 'not_started'],
    ['expired', 'not_started'],
    ['abandoned', 'not_started'],
    ['a_word_of_tomorrow', 'pending'],
  ])('%s -> %s', async (latest, wanted) => {
    expect(await read(account(null, latest))).toBe(wanted);
    expect(await read(account('not_started', latest))).toBe(wanted);
  });
});

describe('else the identity profiles', () => {
  test.each<[string, KycStatus]>([
    ['approved', 'verified'],
    ['action_required', 'action_required'],
    ['rejected', 'rejected'],
    ['pending', 'pending'],
    ['processing', 'pending'],
    ['manual_review', 'pending'],
    ['not_started', 'not_started'],
    ['a_word_of_tomorrow', 'pending'],
  ])('%s -> %s', async (status, wanted) => {
    expect(await read({ payout_account_details: null }, { data: [{ id: 'idpf_1', status }] })).toBe(wanted);
  });

  test('one approved profile is enough', async () => {
    const profiles = { data: [{ status: 'rejected' }, { status: 'approved' }] };
    expect(await read({}, profiles)).toBe('verified');
  });
});

test.each<[string, KycStatus]>([
  ['rest/ledger_account.connected', 'verified'],
  ['rest/ledger_account.pending', 'pending'],
  ['rest/ledger_account.not_started', 'not_started'],
])('%s is %s', async (name, wanted) => {
  expect(await read(fixture(name))).toBe(wanted);
});

test('rest/payout_account and rest/verifications.list are read where they stand', async () => {
  expect(await read({ payout_account_details: fixture('rest/payout_account') })).toBe('verified');
  const { data } = fixture('rest/verifications.list') as { data: { id: string; status: string }[] };
  const kyc = await kycFrom({ ledger: async () => ({}), verifications: async () => ({ data }) });
  expect(kyc.references).toEqual(data.map(({ id }) => id));
});

test('every id by which an event may name the seller is kept', async () => {
  const { references } = await kycFrom({
    ledger: async () => account('connected', 'approved'),
    verifications: async () => none,
  });
  expect(references).toEqual(['poact_1', 'verf_1']);
});
