import type { Transaction } from '../../database.ts';
import { Conflict, fromSql, WrongState } from '../../errors.ts';
import type { OrderRole } from '../../policies/order-policy.ts';
import { allows, type OrderStatus, type OrderTransition } from './order-process.ts';

type Standing = { id: string; status: OrderStatus };

interface Step {
  /** The state that the asker saw. */
  expected: OrderStatus;
  reason?: string;
  proposal?: string;
}

/** What the person meant to do, for the page that says it is too late or too early. */
const MEANT: Partial<Record<OrderTransition, string>> = {
  submit_requirements: 'The brief can be sent or changed until the first delivery.',
  deliver: 'There is nothing to deliver while the order stands as it does.',
  request_revision: 'Changes can be asked for while a delivery waits for your answer.',
  accept_delivery: 'A delivery can be accepted while it waits for your answer.',
};

/** @throws WrongState when the process does not offer this transition from here to this side */
export function requireTransition(order: Standing, transition: OrderTransition, role: OrderRole): void {
  if (!allows(transition, order.status, role)) {
    throw new WrongState(
      MEANT[transition] ?? 'This is not possible while the order stands as it does.',
      order.id,
      order.status,
    );
  }
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
