import { badRequest, missingParameter, notFound } from '../api/errors.ts';
import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import type { Company, PayoutMethod, Withdrawal } from '../records.ts';
import type { Store } from '../store.ts';
import { payoutMethodCreated, withdrawalEvent } from '../webhooks/events/payout.ts';
import { balance, record } from './ledger.ts';

const FEE_CENTS = 100;
const ARRIVES_AFTER_MS = 2 * 24 * 60 * 60 * 1000;
const RETURNED: Withdrawal['status'][] = ['failed', 'canceled', 'denied'];

export const payoutMethodsOf = (store: Store, companyId: string): PayoutMethod[] =>
  [...store.payoutMethods.values()].filter((method) => method.companyId === companyId);

export function addPayoutMethod(
  emulator: Emulator,
  company: Company,
  details: { nickname: string; institutionName: string },
): PayoutMethod {
  const { store } = emulator;
  const method: PayoutMethod = {
    ...details,
    id: newId('potk'),
    companyId: company.id,
    accountReference: '****6789',
    currency: 'eur',
    countryCode: (company.country ?? 'pt').toUpperCase(),
    isDefault: payoutMethodsOf(store, company.id).length === 0,
    createdAt: new Date().toISOString(),
  };
  store.payoutMethods.set(method.id, method);
  store.touch();
  emulator.webhooks.emit(payoutMethodCreated(method));
  return method;
}

interface Request {
  cents: number;
  payoutMethodId: string | null;
  idempotencyKey: string | null;
}

/**
 * Takes `cents` off the available balance. The fee comes out of them (an assumption: the sheet has no figure for it).
 * Throws Whop's 400s for a missing identity check, payout method or balance (contract 6.2, A.4).
 */
export function withdraw(emulator: Emulator, company: Company, asked: Request): Withdrawal {
  const { store } = emulator;
  const repeated = [...store.withdrawals.values()].find(
    ({ companyId, idempotencyKey }) =>
      companyId === company.id && idempotencyKey && idempotencyKey === asked.idempotencyKey,
  );
  if (repeated) return repeated;
  if (company.identity.status !== 'approved') {
    throw badRequest('You must verify your identity before you can withdraw.', { code: 'verification_required' });
  }
  const methods = payoutMethodsOf(store, company.id);
  const wanted = asked.payoutMethodId;
  const method = wanted ? methods.find(({ id }) => id === wanted) : methods.find(({ isDefault }) => isDefault);
  if (wanted && !method) throw notFound('Payout method');
  if (!method) throw missingParameter('payout_method_id');
  if (asked.cents <= FEE_CENTS) throw badRequest('The amount is too low to withdraw.', { param: 'amount' });
  const available = balance(store, company.id)?.available ?? 0;
  if (asked.cents > available) {
    throw badRequest('You do not have enough balance to withdraw this amount.', { code: 'not_enough_balance' });
  }

  const now = new Date();
  const withdrawal: Withdrawal = {
    id: newId('wdrl'),
    companyId: company.id,
    cents: asked.cents,
    feeCents: FEE_CENTS,
    currency: 'usd',
    status: 'requested',
    payoutMethodId: method.id,
    idempotencyKey: asked.idempotencyKey,
    errorCode: null,
    errorMessage: null,
    traceCode: null,
    estimatedAvailability: new Date(now.getTime() + ARRIVES_AFTER_MS).toISOString(),
    createdAt: now.toISOString(),
  };
  store.withdrawals.set(withdrawal.id, withdrawal);
  book(store, withdrawal, -withdrawal.cents);
  emulator.webhooks.emit(withdrawalEvent(store, 'withdrawal.created', withdrawal));
  return withdrawal;
}

/** The bank's side of a withdrawal; what fails comes back to the balance. */
export function advanceWithdrawal(
  emulator: Emulator,
  subject: Withdrawal,
  status: Withdrawal['status'],
  errorMessage = 'The bank account could not be found.',
): void {
  const { store } = emulator;
  const returns = RETURNED.includes(status) && !RETURNED.includes(subject.status);
  subject.status = status;
  if (status === 'completed') subject.traceCode = `TRACE${subject.id.slice(-6).toUpperCase()}`;
  if (status === 'failed') Object.assign(subject, { errorCode: 'account_not_found', errorMessage });
  if (returns) book(store, subject, subject.cents);
  store.touch();
  emulator.webhooks.emit(withdrawalEvent(store, 'withdrawal.updated', subject));
}

function book(store: Store, { id, companyId, currency }: Withdrawal, cents: number): void {
  const availableAt = new Date().toISOString();
  record(store, { companyId, currency, cents, cause: 'withdrawal', causeId: id, availableAt });
  store.touch();
}
