import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/support/whop-wire.ts';
import { kycFrom, type Kyc, type KycStatus } from './kyc.ts';

const payoutAccount = (status: string | null, latest?: string) => ({
  payout_account_details: {
    id: 'poact_1',
    status,
    latest_verification: latest ? { id: 'verf_1', status: latest } : null,
  },
});
const none = { data: [] };
const all = (ledger: unknown, verifications: unknown = none, account: unknown = null): Promise<Kyc> =>
  kycFrom({ ledger: async () => ledger, verifications: async () => verifications, account: async () => account });
const read = async (...sources: [ledger: unknown, verifications?: unknown, account?: unknown]): Promise<KycStatus> =>
  (await all(...sources)).status;

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
    expect(await read(payoutAccount(status, 'approved'))).toBe(wanted);
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
    expect(await read(payoutAccount(null, latest))).toBe(wanted);
    expect(await read(payoutAccount('not_started', latest))).toBe(wanted);
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

describe('else the account', () => {
  const silent = { payout_account_details: null };
  const checked = (status: string | null, kind = 'individual') => ({
    verification: { individual: null, business: null, [kind]: status && { status } },
  });

  test.each<[string, KycStatus]>([
    ['approved', 'verified'],
    ['action_required', 'action_required'],
    ['rejected', 'rejected'],
    ['pending', 'pending'],
    ['not_started', 'not_started'],
    ['a_word_of_tomorrow', 'pending'],
  ])('%s -> %s, of the person or of his business', async (status, wanted) => {
    expect(await read(silent, none, checked(status))).toBe(wanted);
    expect(await read(silent, none, checked(status, 'business'))).toBe(wanted);
  });

  test('that it may pay out proves nobody’s identity; that Whop asks for more is something to do', async () => {
    const active = { capabilities: { standard_payout: 'active' }, required_actions: [] };
    expect(await read(silent, none, { ...checked(null), ...active })).toBe('not_started');
    const asked = (action: string) => ({ ...checked(null), required_actions: [{ action }] });
    expect(await read(silent, none, asked('submit_information_request'))).toBe('action_required');
    expect(await read(silent, none, asked('verify_identity'))).toBe('not_started');
  });

  test('where the key may not read it, or it is empty, nothing has started', async () => {
    expect(await read(silent, none, null)).toBe('not_started');
    expect(await read(silent, none, {})).toBe('not_started');
  });

  test('it is not asked while an earlier source says that something is open', async () => {
    const account = () => Promise.reject(new Error('asked'));
    const ledger = async () => payoutAccount('pending_verification');
    expect((await kycFrom({ ledger, verifications: account, account })).status).toBe('pending');
    const verifications = async () => ({ data: [{ status: 'rejected' }] });
    expect((await kycFrom({ ledger: async () => silent, verifications, account })).status).toBe('rejected');
  });
});

/** A second gate may open after the identity check (contract 3.1). */
describe('a verified seller is paid out', () => {
  test.each<[string, unknown, boolean | null]>([
    ['when standard payouts are active', { capabilities: { standard_payout: 'active' } }, true],
    ['not while they are inactive', { capabilities: { standard_payout: 'inactive' } }, false],
    ['not while they are pending', { capabilities: { standard_payout: 'pending' } }, false],
    ['not by a word of tomorrow', { capabilities: { standard_payout: 'a_word_of_tomorrow' } }, false],
    ['as far as anybody says', { capabilities: null }, null],
    ['as far as the key may read', null, null],
  ])('%s', async (_when, seen, wanted) => {
    expect(await all(payoutAccount('connected'), none, seen)).toMatchObject({
      status: 'verified',
      mayWithdraw: wanted,
    });
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
  const kyc = await all({}, { data });
  expect(kyc.references).toEqual(data.map(({ id }) => id));
});

test('every id by which an event may name the seller is kept', async () => {
  const { references } = await kycFrom({
    ledger: async () => payoutAccount('connected', 'approved'),
    verifications: async () => none,
    account: async () => null,
  });
  expect(references).toEqual(['poact_1', 'verf_1']);
});
