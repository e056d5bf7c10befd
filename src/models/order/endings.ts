import type { Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import { requestRefund, type FeePolicy, type RefundCause } from '../refund.ts';
import type { OrderStatus, OrderTransition } from './order-process.ts';
import { applyTransition, orWrongState, type Step } from './transition.ts';

type Cause = Extract<RefundCause, 'cancellation' | 'settlement' | 'resolution' | 'admin'>;

/** The transitions by which money goes back: all that is left, unless a part was agreed. */
const SENDS_BACK: Partial<Record<OrderTransition, Cause>> = {
  accept_cancellation: 'cancellation',
  lapse_cancellation: 'cancellation',
  cancel_unstarted: 'cancellation',
  cancel_late: 'cancellation',
  cancel_suspended: 'cancellation',
  settle: 'settlement',
  resolve_split: 'resolution',
  resolve_refund: 'resolution',
  refund_in_full: 'admin',
};

export const sendsBack = (transition: OrderTransition): boolean => transition in SENDS_BACK;

/**
 * Ends an order and asks for its money to go back, in one transaction (product.md section 6).
 * @param refund amountCents: the agreed part; null or missing for all that is left
 * @throws WrongState when the order has moved on, or less than the agreed part is left
 */
export async function endOrder(
  trx: Transaction,
  order: { id: string; status: OrderStatus },
  transition: OrderTransition,
  step: Step,
  { amountCents = null, feePolicy }: { amountCents?: number | null; feePolicy: FeePolicy },
): Promise<OrderStatus> {
  const status = await applyTransition(trx, order, transition, step);
  const cause = SENDS_BACK[transition];
  if (!cause) return status;
  if (amountCents !== null) await refuseWhole(trx, order.id, amountCents);
  const reason = step.reason ?? null;
  await orWrongState(order.id, requestRefund(trx, { orderId: order.id, amountCents, cause, feePolicy, reason }));
  return status;
}

/** A part is less than all: what was proposed can have become too much since. */
async function refuseWhole(trx: Transaction, orderId: string, amountCents: number): Promise<void> {
  const { rows } = await trx.raw<{ rows: { left: number }[] }>('select refundable_cents(?) as left', [orderId]);
  if (amountCents >= rows[0]!.left)
    throw new WrongState('Less than this part is left of the order by now.', orderId, null);
}
