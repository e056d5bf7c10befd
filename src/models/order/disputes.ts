import { randomUUID } from 'node:crypto';
import type { Actor, Transaction } from '../../database.ts';
import { Forbidden, WrongState } from '../../errors.ts';
import type { OrderRole } from '../../policies/order-policy.ts';
import { keepUploads, type Upload } from '../attachment.ts';
import type { OrderRow } from './order.ts';
import { applyTransition } from './transition.ts';
import type { DisputeRow } from './workspace.ts';

/** A dispute of an order that the asker sees. */
export const findDispute = (trx: Transaction, orderId: string, id: string): Promise<DisputeRow | undefined> =>
  trx('disputes')
    .where({ id, order_id: orderId })
    .first<DisputeRow | undefined>('id', 'source', 'opened_by', 'status', 'reason', 'opened_at');

interface Author {
  actor: Actor;
  role: OrderRole;
}

/**
 * One side reports a problem: the order rests. Files stand as the first statement, under the report's words.
 * @throws WrongState when the order moved on meanwhile
 */
export async function reportProblem(
  trx: Transaction,
  order: OrderRow,
  by: Author,
  reason: string,
  uploads: Upload[] = [],
): Promise<void> {
  await applyTransition(trx, order, 'open_dispute', { expected: order.status, reason });
  if (uploads.length === 0) return;
  const opened = await trx('disputes')
    .where({ order_id: order.id, source: 'party', status: 'open' })
    .first<DisputeRow>('id', 'source', 'opened_by', 'status', 'reason', 'opened_at');
  await state(trx, order, opened, by, '', uploads);
}

/** Adds a statement with its files. @throws WrongState once the dispute is closed */
export async function state(
  trx: Transaction,
  order: OrderRow,
  dispute: DisputeRow,
  by: Author,
  body: string,
  uploads: Upload[] = [],
): Promise<void> {
  if (dispute.status !== 'open') throw new WrongState('This dispute is closed.', order.id, order.status);
  const id = 'id' in by.actor ? by.actor.id : null;
  const guest = by.actor.role === 'guest';
  const statementId = randomUUID();
  await trx('dispute_statements').insert({
    id: statementId,
    dispute_id: dispute.id,
    author_id: guest ? null : id,
    author_guest_id: guest ? id : null,
    author_role: by.role,
    body,
  });
  await keepUploads(trx, uploads, { statement_id: statementId });
}

/**
 * Its opener takes a report back; the order goes on where it stood.
 * @throws Forbidden for everybody else; WrongState when it is closed or a bank's case is open
 */
export async function withdrawDispute(
  trx: Transaction,
  order: OrderRow,
  dispute: DisputeRow,
  role: OrderRole,
): Promise<void> {
  if (dispute.source !== 'party' || dispute.opened_by !== role)
    throw new Forbidden('Only the person who opened the dispute can withdraw it.');
  if (dispute.status !== 'open') throw new WrongState('This dispute is closed.', order.id, order.status);
  await applyTransition(trx, order, 'withdraw_dispute', { expected: order.status });
}
