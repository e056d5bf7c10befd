import { alertFrom } from '../../src/whop/alert.ts';
import { chatMessageIn } from '../../src/whop/chat.ts';
import type { WhopClient } from '../../src/whop/client.ts';
import { paymentIdIn } from '../../src/whop/handlers/payment-id.ts';
import { kycReferencesIn } from '../../src/whop/kyc.ts';

type Body = Record<string, unknown>;
/** How GigFlow reads a body: by the adapter, which is given it as the answer to whatever it asks, or by a parser of events. */
type Way = (whop: WhopClient, body: Body) => Promise<unknown> | unknown;

export interface Reading {
  by: Way;
  gives: unknown;
}

const payment: Way = async (whop) => ({ ...(await whop.readPayment('pay_1')), askedAt: 'now' });
const dispute: Way = async (whop) => ({ ...(await whop.readDispute('dspt_1')), askedAt: 'now' });
const withdrawal: Way = async (whop) => ({ ...(await whop.readWithdrawal('wdrl_1')), askedAt: 'now' });
const kyc: Way = (whop) => whop.readKyc('biz_1');
const balance: Way = (whop) => whop.readBalance('biz_1', 'usd');
const references: Way = (_whop, body) => kycReferencesIn(body);
const paymentId: Way = (_whop, body) => paymentIdIn(body);
const checkout: Way = (whop) =>
  whop.createCheckout({
    ...{ checkoutId: 'c-1', attempt: 1, companyId: 'biz_1', title: 'Logo', gigId: null, gigTitle: 'Logo' },
    ...{ totalCents: 15_000, feeCents: 2_250, currency: 'usd', redirectUrl: 'https://gigflow.example/' },
  });

const SELLER = 'biz_GfSeller000001';
const PAYMENT = 'pay_GfPay000000001';

const paid = {
  id: PAYMENT,
  status: 'paid',
  substatus: 'succeeded',
  paid: true,
  failed: false,
  whopCheckoutId: 'ch_GfCheckout0000001',
  checkoutId: null,
  companyId: SELLER,
  currency: 'usd',
  totalCents: 15_000,
  refundedCents: 0,
  feeCents: 2_250,
  failureMessage: null,
  paidAt: '2026-09-01T10:00:05.000Z',
  askedAt: 'now',
  netCents: 12_315,
  refunds: [],
  disputed: false,
};
const refund = (amountCents: number) => ({
  id: 'rf_GfRefund0000001',
  amountCents,
  status: 'succeeded',
  createdAt: '2026-09-03T12:00:00.000Z',
});
const disputed = {
  id: 'dspt_GfDispute0001',
  paymentId: PAYMENT,
  status: 'needs_response',
  outcome: 'open',
  amountCents: 15_000,
  reason: 'product_not_received',
  evidenceDueAt: '2026-09-12T09:00:00.000Z',
  askedAt: 'now',
};
const withdrawn = {
  id: 'wdrl_GfWithdraw0001',
  companyId: SELLER,
  amountCents: 10_000,
  currency: 'usd',
  status: 'requested',
  payoutMethodId: 'potk_GfBank0000001',
  error: null,
  askedAt: 'now',
};
const profile = { by: references, gives: ['idpf_GfIdent000001', 'verf_GfVerif000001'] };
const verified = { status: 'verified', mayWithdraw: null, references: ['poact_GfPayout0001', 'verf_GfVerif000001'] };

/** The events, by their `data`; and which handler of ours each one wakes. */
export const EVENTS: Record<string, Reading & { wakes: string | null }> = {
  'chat.message.created': {
    wakes: 'chatMessage',
    by: (_whop, body) => chatMessageIn(body),
    gives: { id: 'post_GfMsg00000001', channelId: 'feed_GfDm000000001', from: 'user_GfSeller00001' },
  },
  'dispute.created': { wakes: 'dispute', by: dispute, gives: disputed },
  'dispute.updated': { wakes: 'dispute', by: dispute, gives: { ...disputed, status: 'lost', outcome: 'lost' } },
  'dispute_alert.created': {
    wakes: 'disputeAlert',
    by: (_whop, body) => alertFrom(body),
    gives: { id: 'dspa_GfAlert000001', kind: 'dispute', paymentId: PAYMENT, amountCents: 15_000 },
  },
  'identity_profile.approved': { wakes: 'kyc', ...profile },
  'identity_profile.needs_action': { wakes: 'kyc', ...profile },
  'identity_profile.rejected': { wakes: 'kyc', ...profile },
  'identity_profile.updated': { wakes: 'kyc', ...profile },
  'ledger_account.funds_available': {
    wakes: null,
    by: balance,
    gives: { availableCents: 2_315, pendingCents: 10_000, reserveCents: 0 },
  },
  'payment.created': {
    wakes: 'payment',
    by: payment,
    gives: { ...paid, status: 'open', substatus: 'pending', paid: false, paidAt: null, netCents: 0 },
  },
  'payment.failed': {
    wakes: 'payment',
    by: payment,
    gives: {
      ...paid,
      ...{ id: 'pay_GfPayDeclined01', status: 'open', substatus: 'failed', paid: false, failed: true, paidAt: null },
      ...{ failureMessage: 'Your card was declined.', feeCents: null, netCents: 0 },
    },
  },
  'payment.pending': {
    wakes: 'payment',
    by: payment,
    gives: { ...paid, status: 'pending', substatus: 'pending', paid: false, paidAt: null },
  },
  'payment.succeeded': { wakes: 'payment', by: payment, gives: paid },
  'payout_account.status_updated': {
    wakes: 'kyc',
    by: references,
    gives: ['poact_GfPayout0001', 'verf_GfVerif000001'],
  },
  'payout_method.created': { wakes: 'kyc', by: references, gives: ['potk_GfBank0000001'] },
  'refund.created': { wakes: 'refund', by: paymentId, gives: PAYMENT },
  'refund.updated': { wakes: 'refund', by: paymentId, gives: PAYMENT },
  'resolution_center_case.created': { wakes: 'resolutionCase', by: paymentId, gives: PAYMENT },
  'verification.succeeded': { wakes: 'kyc', by: references, gives: ['verf_GfVerif000001'] },
  'withdrawal.created': { wakes: 'withdrawal', by: withdrawal, gives: withdrawn },
  'withdrawal.updated': { wakes: 'withdrawal', by: withdrawal, gives: { ...withdrawn, status: 'completed' } },
};

/** The same for bodies at newer pins. */
export const VARIANTS: typeof EVENTS = {
  'account.updated.pin-2026-09-06': { wakes: 'kyc', by: references, gives: [SELLER] },
  'dispute.created.pin-2026-09-06': {
    wakes: 'dispute',
    by: dispute,
    gives: { ...disputed, reason: 'fraudulent' },
  },
  'payment.succeeded.pin-2026-09-06': {
    wakes: 'payment',
    by: payment,
    gives: { ...paid, feeCents: null, refunds: null },
  },
};

/** What the API answers. */
export const ANSWERS: Record<string, Reading> = {
  access_token: {
    by: (whop) => whop.payoutsToken('biz_1'),
    gives: {
      token: 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJzdGFuZGluIn0.',
      expiresAt: '2026-08-20T09:00:00.000Z',
    },
  },
  account_link: {
    by: (whop) => whop.accountLink('biz_1', 'account_onboarding', 'https://gigflow.example/'),
    gives: 'http://localhost:4100/standin/account-links/al_GfLink000001',
  },
  checkout_configuration: {
    by: checkout,
    gives: {
      whopCheckoutId: 'ch_GfCheckout0000001',
      planId: 'plan_GfPlan0000001',
      purchaseUrl: 'http://localhost:4100/checkout/ch_GfCheckout0000001/',
    },
  },
  company: {
    by: (whop) =>
      whop.createCompany({ userId: 'u-1', attempt: 1, title: 'Noor', email: 'noor@gigflow.test', country: 'jo' }),
    gives: SELLER,
  },
  dispute: { by: dispute, gives: disputed },
  dm_channel: { by: (whop) => whop.createDmChannel(['user_1', 'user_2']), gives: 'feed_GfDm000000001' },
  'ledger_account.connected': { by: kyc, gives: verified },
  'ledger_account.not_started': { by: kyc, gives: { status: 'not_started', mayWithdraw: null, references: [] } },
  'ledger_account.pending': { by: kyc, gives: { ...verified, status: 'pending' } },
  'payment.fees': { by: (whop) => whop.disputeFeesOf('pay_1'), gives: 0 },
  'payment.paid': { by: payment, gives: paid },
  'payment.partially_refunded': {
    by: payment,
    gives: { ...paid, substatus: 'partially_refunded', refundedCents: 6_000, refunds: [refund(6_000)] },
  },
  'payment.refunded': {
    by: payment,
    gives: { ...paid, substatus: 'refunded', refundedCents: 15_000, refunds: [refund(15_000)] },
  },
  payout_account: { by: references, gives: ['poact_GfPayout0001', 'verf_GfVerif000001'] },
  'payouts.methods.list': {
    by: (whop) => whop.payoutMethodsOf('biz_1'),
    gives: [{ id: 'potk_GfBank0000001', name: 'Main bank account ****6789', isDefault: true }],
  },
  refund: { by: paymentId, gives: PAYMENT },
  'refunds.list': { by: (_whop, { data }) => (data as Body[]).map(paymentIdIn), gives: [PAYMENT] },
  // Read as the second source of the identity check: an answer that names no payout account leaves it to the profiles.
  'verifications.list': {
    by: kyc,
    gives: { status: 'pending', mayWithdraw: null, references: ['idpf_GfIdent000001'] },
  },
  withdrawal: { by: withdrawal, gives: withdrawn },
  'withdrawals.list': {
    by: (whop) => whop.withdrawalsOf('biz_1'),
    gives: [{ id: 'wdrl_GfWithdraw0001', amountCents: 10_000 }],
  },
};

/** What GigFlow never reads, and why; the emulator's own tests hold their shape. */
export const UNREAD: Record<string, string> = {
  'rest/checkout_configurations.list': 'a checkout is found by its payments, not in this list',
  'rest/message': 'Whop’s chat shows them in its own frame; the record is GigFlow’s thread',
};
