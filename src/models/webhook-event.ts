import type { Database, Transaction } from '../database.ts';
import type { WhopEvent } from '../whop/events.ts';

export type WebhookEventStatus = 'pending' | 'handled' | 'ignored' | 'dead';

export interface WebhookEventRow {
  id: string;
  type: string;
  account_id: string | null;
  payload: Record<string, unknown>;
  status: WebhookEventStatus;
  attempts: number;
  deliveries: number;
  error: string | null;
  received_at: Date;
}

/**
 * Stores an event once, however often it is delivered; a trigger enqueues the job in the same transaction.
 * A repeat only counts the delivery.
 */
export async function receive(database: Database, event: WhopEvent, status: 'pending' | 'ignored'): Promise<void> {
  await database.withSystem('inbox', (trx) =>
    trx('webhook_events')
      .insert({
        id: event.id,
        type: event.type,
        account_id: event.accountId,
        payload: JSON.stringify(event.data),
        status,
        occurred_at: event.occurredAt,
        handled_at: status === 'ignored' ? trx.raw('app_now()') : null,
      })
      .onConflict('id')
      .merge({ deliveries: trx.raw('webhook_events.deliveries + 1') }),
  );
}

/** Locks an event that still waits for its effect; undefined when it was handled already. */
export const lockPending = (trx: Transaction, id: string): Promise<WebhookEventRow | undefined> =>
  trx<WebhookEventRow>('webhook_events').where({ id }).whereIn('status', ['pending', 'dead']).forUpdate().first();

/** Called only by the transaction that did the work. */
export const markHandled = (trx: Transaction, id: string, status: 'handled' | 'ignored' = 'handled'): Promise<number> =>
  trx('webhook_events')
    .where({ id })
    .update({ status, error: null, handled_at: trx.raw('app_now()'), attempts: trx.raw('attempts + 1') });

/** Remembers why it did not work; `dead` when no further try is coming. */
export const markFailed = (trx: Transaction, id: string, error: string, dead: boolean): Promise<number> =>
  trx('webhook_events')
    .where({ id })
    .whereIn('status', ['pending', 'dead'])
    .update({ status: dead ? 'dead' : 'pending', error: error.slice(0, 1_000), attempts: trx.raw('attempts + 1') });
