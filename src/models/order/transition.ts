import type { Transaction } from '../../database.ts';
import { Conflict, fromSql, WrongState } from '../../errors.ts';
import type { OrderStatus, OrderTransition } from './order-process.ts';

type Standing = { id: string; status: OrderStatus };

export interface Step {
  /** The state that the asker saw. */
  expected: OrderStatus;
  reason?: string;
  proposal?: string;
}

/**
 * Sends an order on its way through order_transition(): lock, check, change, record, all in the asker's transaction
 * (product.md section 5).
 * @throws WrongState when somebody was faster or a guard says no; Forbidden; Invalid
 */
export async function applyTransition(
  trx: Transaction,
  order: Standing,
  transition: OrderTransition,
  { expected, reason, proposal }: Step,
): Promise<OrderStatus> {
  const { rows } = await orWrongState(
    order.id,
    trx.raw<{ rows: { status: OrderStatus }[] }>('select order_transition(?, ?, ?, ?, ?) as status', [
      order.id,
      transition,
      expected,
      reason ?? null,
      proposal ?? null,
    ]),
  );
  return rows[0]!.status;
}

/** The database's "no" at a wrong moment becomes the page that says where the order stands. */
export async function orWrongState<T>(orderId: string, statement: PromiseLike<T>, raced?: string): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (raced && (error as { code?: string }).code === '23505') throw new WrongState(raced, orderId);
    const known = fromSql(error);
    throw known instanceof Conflict ? new WrongState(known.message, orderId) : known;
  }
}
