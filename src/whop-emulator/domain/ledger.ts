import { newId } from '../ids.ts';
import type { Company, LedgerEntry } from '../records.ts';
import type { Store } from '../store.ts';

/** Card payments settle about two days later, in the sandbox too (contract 6.1). */
export const settlesAt = (from: string): string => new Date(Date.parse(from) + 2 * 24 * 60 * 60 * 1000).toISOString();

export function record(store: Store, entry: Omit<LedgerEntry, 'id' | 'createdAt'>): void {
  const id = newId('lent');
  store.ledgerEntries.set(id, { ...entry, id, createdAt: new Date().toISOString() });
}

/** Available and pending cents of a company now, or null when it never had money. */
export function balance(store: Store, companyId: string): { available: number; pending: number } | null {
  const entries = entriesOf(store, companyId);
  if (entries.length === 0) return null;
  const now = new Date().toISOString();
  const sum = (list: LedgerEntry[]): number => list.reduce((total, entry) => total + entry.cents, 0);
  return {
    available: sum(entries.filter((entry) => entry.availableAt <= now)),
    pending: sum(entries.filter((entry) => entry.availableAt > now)),
  };
}

/** When the money of a payment becomes available: what goes back is taken from the same side of the balance. */
export function availabilityOf(store: Store, companyId: string, paymentId: string): string {
  const entry = entriesOf(store, companyId).find(({ cause, causeId }) => cause === 'payment' && causeId === paymentId);
  return entry?.availableAt ?? new Date().toISOString();
}

/** Makes everything pending available, as if the days had passed; returns the cents that moved. */
export function settle(store: Store, company: Company): number {
  const now = new Date().toISOString();
  const pending = entriesOf(store, company.id).filter((entry) => entry.availableAt > now);
  for (const entry of pending) entry.availableAt = now;
  store.touch();
  return pending.reduce((total, entry) => total + entry.cents, 0);
}

const entriesOf = (store: Store, companyId: string): LedgerEntry[] =>
  [...store.ledgerEntries.values()].filter((entry) => entry.companyId === companyId);
