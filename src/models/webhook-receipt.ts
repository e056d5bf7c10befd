import type { Database } from '../database.ts';
import type { WhopEvent } from '../whop/events.ts';

interface Receipt {
  event: WhopEvent;
  status: 'pending' | 'ignored';
  stored(deliveries: number): void;
  failed(error: unknown): void;
}

interface Desk {
  waiting: Receipt[];
  writing: boolean;
}

const MOST = 200;
const desks = new WeakMap<Database, Desk>();

/**
 * Stores an event once, however often it is delivered; a trigger enqueues the job in the same transaction. What arrives while
 * the database writes is written together with the next transaction, so that a flood costs few of them.
 * @returns how often it was delivered so far, once it is committed
 */
export function receive(
  database: Database,
  event: WhopEvent,
  status: 'pending' | 'ignored',
): Promise<{ deliveries: number }> {
  const desk = desks.get(database) ?? { waiting: [], writing: false };
  desks.set(database, desk);
  return new Promise((resolve, reject) => {
    desk.waiting.push({ event, status, stored: (deliveries) => resolve({ deliveries }), failed: reject });
    if (!desk.writing) void write(database, desk);
  });
}

async function write(database: Database, desk: Desk): Promise<void> {
  desk.writing = true;
  while (desk.waiting.length > 0) await store(database, desk.waiting.splice(0, MOST));
  desk.writing = false;
}

async function store(database: Database, batch: Receipt[]): Promise<void> {
  const byId = new Map<string, Receipt[]>();
  for (const receipt of batch) byId.set(receipt.event.id, [...(byId.get(receipt.event.id) ?? []), receipt]);
  try {
    const rows = await database.withSystem('inbox', (trx) =>
      trx('webhook_events')
        .insert([...byId.values()].map((copies) => rowOf(copies, trx.raw('app_now()'))))
        .onConflict('id')
        .merge({ deliveries: trx.raw('webhook_events.deliveries + excluded.deliveries') })
        .returning<{ id: string; deliveries: number }[]>(['id', 'deliveries']),
    );
    for (const { id, deliveries } of rows) for (const receipt of byId.get(id)!) receipt.stored(deliveries);
  } catch (error) {
    if (byId.size === 1) for (const receipt of batch) receipt.failed(error);
    // One that cannot be stored must not take the others with it.
    else for (const copies of byId.values()) await store(database, copies);
  }
}

function rowOf(copies: Receipt[], now: unknown): object {
  const { event, status } = copies[0]!;
  return {
    id: event.id,
    type: event.type,
    account_id: event.accountId,
    payload: JSON.stringify(event.data),
    status,
    deliveries: copies.length,
    occurred_at: event.occurredAt,
    handled_at: status === 'ignored' ? now : null,
  };
}
