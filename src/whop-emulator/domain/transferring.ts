import { badRequest } from '../api/errors.ts';
import { newId } from '../ids.ts';
import type { Transfer } from '../records.ts';
import type { Store } from '../store.ts';
import { balance, record } from './ledger.ts';

/** Moves available cents from one company to another, at once and without a fee; the same key moves them once. */
export function transfer(store: Store, details: Omit<Transfer, 'id' | 'createdAt'>): Transfer {
  const { originId, destinationId, cents, currency, idempotenceKey } = details;
  const repeated = [...store.transfers.values()].find(
    (one) => idempotenceKey !== null && one.idempotenceKey === idempotenceKey && one.originId === originId,
  );
  if (repeated) return repeated;
  if (cents <= 0) throw badRequest('Amount must be greater than 0', { param: 'amount' });
  if (cents > (balance(store, originId)?.available ?? 0)) {
    throw badRequest('You do not have enough balance for this transfer.', { code: 'not_enough_balance' });
  }
  const now = new Date().toISOString();
  const created: Transfer = { ...details, id: newId('ctt'), createdAt: now };
  store.transfers.set(created.id, created);
  const entry = { currency, cause: 'transfer' as const, causeId: created.id, availableAt: now };
  record(store, { ...entry, companyId: originId, cents: -cents });
  record(store, { ...entry, companyId: destinationId, cents });
  store.touch();
  return created;
}
