import type Whop from '@whop/sdk';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import type { Dispute, DisputeAlert, Payment, ResolutionCase } from '../records.ts';
import type { Store } from '../store.ts';
import { disputeAlertCreated, disputeEvent } from '../webhooks/events/dispute.ts';
import { resolutionCaseEvent } from '../webhooks/events/resolution-case.ts';
import { availabilityOf, record } from './ledger.ts';

const RESPOND_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

const TAKEN: Whop.DisputeStatuses[] = ['needs_response', 'under_review', 'lost'];
const RETURNED: Whop.DisputeStatuses[] = ['won', 'closed', 'warning_closed'];
const CLOSED: Whop.DisputeStatuses[] = ['won', 'lost', 'closed', 'warning_closed'];

export const isOpen = (status: Whop.DisputeStatuses): boolean => !CLOSED.includes(status);

/** Newest first. */
export const disputesOf = (store: Store, paymentId: string): Dispute[] =>
  [...store.disputes.values()].filter((dispute) => dispute.paymentId === paymentId).reverse();

export interface Claim {
  status: Whop.DisputeStatuses;
  cents?: number;
  reason?: string;
}

/** The buyer's bank opens a dispute, or moves the open one to another status. */
export function dispute(emulator: Emulator, payment: Payment, claim: Claim): Dispute {
  const { store } = emulator;
  const open = disputesOf(store, payment.id).find(({ status }) => isOpen(status));
  if (open) {
    advanceDispute(emulator, open, claim.status);
    return open;
  }
  const now = new Date().toISOString();
  const user = store.users.get(payment.userId);
  const created: Dispute = {
    id: newId('dspt'),
    paymentId: payment.id,
    companyId: payment.companyId,
    cents: claim.cents ?? payment.totalCents,
    currency: payment.currency,
    status: claim.status,
    reason: claim.reason ?? 'product_not_received',
    moneyTaken: false,
    feeCents: store.faults.money.disputeFee,
    evidence: {
      accessActivityLog: null,
      billingAddress: null,
      cancellationPolicyDisclosure: null,
      customerEmailAddress: user?.email ?? null,
      customerName: user?.name ?? null,
      notes: null,
      productDescription: null,
      refundPolicyDisclosure: null,
      refundRefusalExplanation: null,
      serviceDate: null,
    },
    submittedAt: null,
    respondBy: new Date(Date.parse(now) + RESPOND_WITHIN_MS).toISOString(),
    createdAt: now,
    updatedAt: now,
  };
  store.disputes.set(created.id, created);
  moveMoney(store, created);
  payment.updatedAt = now;
  store.touch();
  emulator.webhooks.emit(disputeEvent(store, 'dispute.created', created));
  return created;
}

/** Lost leaves the money where it is, with the buyer, and makes no refund (contract 5.2). */
export function advanceDispute(emulator: Emulator, subject: Dispute, status: Whop.DisputeStatuses): void {
  const { store } = emulator;
  subject.status = status;
  subject.updatedAt = new Date().toISOString();
  moveMoney(store, subject);
  const payment = store.payments.get(subject.paymentId);
  if (payment) payment.updatedAt = subject.updatedAt;
  store.touch();
  emulator.webhooks.emit(disputeEvent(store, 'dispute.updated', subject));
}

function moveMoney(store: Store, subject: Dispute): void {
  const takes = TAKEN.includes(subject.status) && !subject.moneyTaken;
  const returns = RETURNED.includes(subject.status) && subject.moneyTaken;
  if (!takes && !returns) return;
  subject.moneyTaken = takes;
  record(store, {
    companyId: subject.companyId,
    currency: subject.currency,
    cause: 'dispute',
    causeId: subject.id,
    cents: takes ? -subject.cents : subject.cents,
    availableAt: availabilityOf(store, subject.companyId, subject.paymentId),
  });
  moveFee(store, subject, takes ? -1 : 1);
}

function moveFee(store: Store, subject: Dispute | DisputeAlert, sign: 1 | -1): void {
  const { id: causeId, companyId, paymentId, currency, feeCents } = subject;
  if (!feeCents) return;
  const availableAt = availabilityOf(store, companyId, paymentId);
  record(store, { companyId, currency, cause: 'dispute_fee', causeId, cents: sign * feeCents, availableAt });
}

/** What Whop has taken for the disputes and warnings of a payment, in cents. */
export function disputeFeesOf(store: Store, paymentId: string): { disputes: number; alerts: number } {
  const taken = disputesOf(store, paymentId).filter(({ moneyTaken }) => moneyTaken);
  const alerts = [...store.disputeAlerts.values()].filter((one) => one.paymentId === paymentId);
  const sum = (ones: { feeCents?: number }[]): number => ones.reduce((total, one) => total + (one.feeCents ?? 0), 0);
  return { disputes: sum(taken), alerts: sum(alerts) };
}

/** An early warning: a refund now may prevent the chargeback (contract 5.3). */
export function alert(emulator: Emulator, payment: Payment, type: Whop.DisputeAlertType, cents?: number): DisputeAlert {
  const { store } = emulator;
  const now = new Date().toISOString();
  const created: DisputeAlert = {
    id: newId('dspa'),
    paymentId: payment.id,
    companyId: payment.companyId,
    disputeId: disputesOf(store, payment.id)[0]?.id ?? null,
    type,
    cents: cents ?? payment.totalCents,
    feeCents: store.faults.money.alertFee,
    currency: payment.currency,
    createdAt: now,
  };
  moveFee(store, created, -1);
  payment.disputeAlertedAt = now;
  payment.updatedAt = now;
  store.disputeAlerts.set(created.id, created);
  store.touch();
  emulator.webhooks.emit(disputeAlertCreated(store, created));
  return created;
}

export function openCase(
  emulator: Emulator,
  payment: Payment,
  issue: Whop.ResolutionCenterCaseIssueType,
  details: string,
): ResolutionCase {
  const { store } = emulator;
  const now = new Date().toISOString();
  const created: ResolutionCase = {
    id: newId('reso'),
    paymentId: payment.id,
    companyId: payment.companyId,
    status: 'merchant_response_needed',
    issue,
    events: [{ id: newId('rese'), action: 'created', created_at: now, details, reporter_type: 'customer' }],
    dueAt: new Date(Date.parse(now) + RESPOND_WITHIN_MS).toISOString(),
    createdAt: now,
    updatedAt: now,
  };
  store.resolutionCases.set(created.id, created);
  store.touch();
  emulator.webhooks.emit(resolutionCaseEvent(store, 'resolution_center_case.created', created));
  return created;
}

export function advanceCase(
  emulator: Emulator,
  subject: ResolutionCase,
  status: Whop.ResolutionCenterCaseStatus,
): void {
  const decided = ['customer_won', 'merchant_won', 'customer_withdrew'].includes(status);
  subject.status = status;
  subject.updatedAt = new Date().toISOString();
  emulator.store.touch();
  const type = decided ? 'resolution_center_case.decided' : 'resolution_center_case.updated';
  emulator.webhooks.emit(resolutionCaseEvent(emulator.store, type, subject));
}
