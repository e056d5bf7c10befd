import type { Transaction } from '../../database.ts';
import { Conflict, Invalid } from '../../errors.ts';
import type { Origin } from '../audit-event.ts';
import type { FeePolicy } from '../refund.ts';
import { endOrder } from './endings.ts';
import type { OrderRow } from './order.ts';
import type { OrderTransition } from './order-process.ts';
import type { Proposal } from './proposals.ts';

export type Outcome = 'refund' | 'split' | 'release';

const RESOLUTION = { refund: 'resolve_refund', split: 'resolve_split', release: 'resolve_release' } as const;

interface Decision {
  reason: string;
  feePolicy: FeePolicy;
  from: Origin;
}

/**
 * Ends a dispute, as the admin who asks: the state, the money and the audit log in one transaction.
 * @param refund cents; for a split only
 * @throws WrongState while a bank's case is open, or when there is no dispute
 */
export async function resolveDispute(
  trx: Transaction,
  order: OrderRow,
  { outcome, refund, ...decision }: Decision & { outcome: Outcome; refund: number | null },
): Promise<void> {
  const { reason, feePolicy, from } = decision;
  const step = { expected: order.status, reason };
  await endOrder(trx, order, RESOLUTION[outcome], step, { amountCents: refund, feePolicy });
  await recordAct(trx, 'order.resolution', order.id, { outcome, refund, reason }, from);
}

/**
 * The admin twin of a transition. Whatever sends money back does so here too.
 * @throws Invalid for a split, which needs an amount; WrongState; Conflict without a settlement to accept
 */
export async function moveOrder(
  trx: Transaction,
  order: OrderRow,
  { transition, reason, feePolicy, from }: Decision & { transition: OrderTransition },
): Promise<void> {
  if (transition === 'resolve_split')
    throw new Invalid({ transition: 'A part refund needs an amount: use the decision about the dispute' });
  const settlement = transition === 'settle' ? await openSettlement(trx, order.id) : undefined;
  const step = { expected: order.status, reason, proposal: settlement?.id };
  const amountCents = settlement?.refund_cents ?? null;
  await endOrder(trx, order, transition, step, { amountCents, feePolicy });
  await recordAct(trx, 'order.transition', order.id, { transition, from: order.status, reason }, from);
}

async function openSettlement(trx: Transaction, orderId: string): Promise<Proposal> {
  const open = await trx<Proposal>('proposals')
    .where({ order_id: orderId, kind: 'settlement', status: 'open' } as never)
    .first();
  if (!open) throw new Conflict('Nobody has proposed a settlement of this order.');
  return open as Proposal;
}

/** A line in the audit log, in the admin's own transaction. */
export const recordAct = (
  trx: Transaction,
  action: string,
  orderId: string,
  details: object,
  from: Origin,
): Promise<unknown> =>
  trx.raw('select record_admin_act(?, ?, ?, ?, ?, ?, ?)', [
    action,
    'order',
    orderId,
    JSON.stringify(details),
    from.address,
    from.userAgent,
    from.requestId,
  ]);
