import type { Transaction } from '../database.ts';

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

export interface EventFilter {
  status?: WebhookEventStatus;
  type?: string;
}

export interface EventLine extends WebhookEventRow {
  occurred_at: Date | null;
  handled_at: Date | null;
}

const filtered = (trx: Transaction, { status, type }: EventFilter) =>
  trx<EventLine>('webhook_events').where({ ...(status && { status }), ...(type && { type }) });

/** Events for the operator, newest first; row level security shows them to admins only. */
export const listEvents = (
  trx: Transaction,
  filter: EventFilter,
  before: Date | null,
  limit: number,
): Promise<EventLine[]> =>
  filtered(trx, filter)
    .where((page) => void (before && page.where('received_at', '<', before)))
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit) as unknown as Promise<EventLine[]>;

export const findEvent = (trx: Transaction, id: string): Promise<EventLine | undefined> =>
  trx<EventLine>('webhook_events').where({ id }).first();

export async function countEvents(trx: Transaction): Promise<Record<string, number>> {
  const counts = await trx('webhook_events').groupBy('status').select('status').count();
  return Object.fromEntries(counts.map(({ status, count }) => [status, Number(count)]));
}

export const eventTypes = (trx: Transaction): Promise<string[]> =>
  trx('webhook_events').distinct('type').orderBy('type').pluck('type');

/**
 * Does it all once more, for one event or all that fit: as the system actor `inbox`. Test sends stay without effect; effects that
 * happened already do not happen again.
 * @returns how many wait now
 */
export async function replay(trx: Transaction, which: { id: string } | EventFilter): Promise<number> {
  const { id, status, type } = which as { id?: string } & EventFilter;
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `with again as (
       update webhook_events set status = 'pending', handled_at = null
       where status <> 'ignored' and (:id::text is null or id = :id) and (:status::text is null or status = :status) and (:type::text is null or type = :type)
       returning id)
     select graphile_worker.add_job('process-webhook', json_build_object('id', id), job_key := 'process-webhook:' || id, max_attempts := 12) from again`,
    { id: id ?? null, status: status ?? null, type: type ?? null },
  );
  return rowCount;
}
