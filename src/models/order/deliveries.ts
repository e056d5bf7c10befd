import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../database.ts';
import { deliverDraftFiles, keepUploads, type Upload } from '../attachment.ts';
import type { OrderRow } from './order.ts';
import { applyTransition, orWrongState } from './transition.ts';

export interface NewDelivery {
  message: string;
  links: string[];
}

/**
 * Hands the work over: the delivery's row, its files and those of the draft, then the transition, in one transaction.
 * @throws WrongState for the second of two deliveries at once (original defect 14)
 */
export async function deliver(
  trx: Transaction,
  order: OrderRow,
  delivery: NewDelivery,
  uploads: Upload[] = [],
): Promise<void> {
  const id = randomUUID();
  const [last] = await trx('order_deliveries').where({ order_id: order.id }).max({ number: 'number' });
  await orWrongState(
    order.id,
    trx('order_deliveries').insert({
      id,
      order_id: order.id,
      number: Number(last?.number ?? 0) + 1,
      ...delivery,
    }),
    'Another delivery arrived a moment earlier.',
  );
  await deliverDraftFiles(trx, order.id, id);
  await keepUploads(trx, uploads, { delivery_id: id });
  await trx('order_delivery_drafts').where({ order_id: order.id }).delete();
  await applyTransition(trx, order, 'deliver', { expected: order.status });
}

/** Keeps what the seller has typed so far; only he sees it. */
export async function saveDraft(
  trx: Transaction,
  orderId: string,
  draft: { message: string; links: string },
  uploads: Upload[] = [],
): Promise<void> {
  await trx('order_delivery_drafts')
    .insert({ order_id: orderId, ...draft })
    .onConflict('order_id')
    .merge(['message', 'links']);
  await keepUploads(trx, uploads, { draft: true });
}
