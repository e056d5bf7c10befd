import type { Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import type { QuestionKind } from '../gig-document.ts';
import type { OrderRow } from './order.ts';
import { applyTransition, orWrongState } from './transition.ts';

/** A frozen question of an order. */
export interface Requirement {
  id: string;
  kind: QuestionKind;
  label: string;
  required: boolean;
  choices: string[];
}

export type Answer = string | string[] | null;

export const findRequirements = (trx: Transaction, orderId: string): Promise<Requirement[]> =>
  trx('order_requirements')
    .where({ order_id: orderId })
    .orderBy('position')
    .select('id', 'kind', 'label', 'required', 'choices');

/**
 * Writes the answers by question id; the first brief starts the seller's clock.
 * @throws WrongState when the work was delivered or the order moved on meanwhile
 */
export async function submitRequirements(
  trx: Transaction,
  order: OrderRow,
  answers: Record<string, Answer>,
): Promise<void> {
  const { rowCount } = await orWrongState(
    order.id,
    trx.raw<{ rowCount: number }>(
      `update order_requirements q set answer = nullif(a.value, 'null'::jsonb), answered_at = app_now()
       from jsonb_each(?::jsonb) a where q.id = a.key::uuid and q.order_id = ?`,
      [JSON.stringify(answers), order.id],
    ),
  );
  if (rowCount !== Object.keys(answers).length)
    throw new WrongState('The questions of this order have changed.', order.id);
  if (order.status === 'awaiting_requirements') {
    await applyTransition(trx, order, 'submit_requirements', { expected: order.status });
  }
}
