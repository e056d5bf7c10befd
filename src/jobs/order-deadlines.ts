import type { Transaction } from '../database.ts';
import { settingsNow } from '../models/operator-settings.ts';
import { endOrder } from '../models/order/endings.ts';
import type { OrderStatus, OrderTransition } from '../models/order/order-process.ts';
import type { Services } from '../services.ts';

interface Rule {
  transition: OrderTransition;
  from: OrderStatus;
  /** SQL over `o`: its time is up. order_transition() asks again, with the order locked. */
  due: string;
  by: string;
}

const DELIVERED = 'exists (select 1 from order_deliveries d where d.order_id = o.id)';
const unanswered = (then: 'lapse' | 'escalate'): string =>
  `exists (select 1 from proposals p where p.order_id = o.id and p.kind = 'cancellation' and p.status = 'open' and p.answer_by <= app_now()
     and ${then === 'escalate' ? '' : 'not '}(p.by_role = 'buyer' and ${DELIVERED}))`;

/** What the clock does to orders (product.md section 5). */
const RULES: Rule[] = [
  { transition: 'auto_complete', from: 'delivered', due: 'o.auto_complete_at <= app_now()', by: 'o.auto_complete_at' },
  { transition: 'lapse_cancellation', from: 'cancel_requested', due: unanswered('lapse'), by: 'o.updated_at' },
  { transition: 'escalate_cancellation', from: 'cancel_requested', due: unanswered('escalate'), by: 'o.updated_at' },
  {
    transition: 'cancel_unstarted',
    from: 'awaiting_requirements',
    due: `o.created_at <= app_now() - interval '14 days'`,
    by: 'o.created_at',
  },
  {
    transition: 'cancel_late',
    from: 'in_progress',
    due: `o.due_at <= app_now() - interval '14 days' and not ${DELIVERED}`,
    by: 'o.due_at',
  },
  {
    transition: 'dispute_late',
    from: 'revision_requested',
    due: `o.due_at <= app_now() - interval '14 days'`,
    by: 'o.due_at',
  },
];

const BATCH = 100;

/**
 * Moves on every order whose time is up, one transaction each, so that one that fails holds up no other. SKIP LOCKED: several
 * workers share the work, and none waits for a person's click.
 * @returns how many moved, by transition
 */
export async function orderDeadlines(services: Services): Promise<Record<string, number>> {
  const moved: Record<string, number> = {};
  for (const rule of RULES) {
    moved[rule.transition] = await each(services, rule.transition, (trx, failed) =>
      moveOne(services, trx, rule, failed),
    );
  }
  moved.lapsed_proposals = await each(services, 'lapsed_proposals', lapseOne);
  moved.published_reviews = await services.database.withSystem('clock', publishReviews);
  return moved;
}

/** @returns the id of what was moved, null when nothing is due */
type Move = (trx: Transaction, failed: string[]) => Promise<string | null>;

class Failed extends Error {
  readonly id: string;
  constructor(id: string, cause: unknown) {
    super('a deadline could not be acted on', { cause });
    this.id = id;
  }
}

/** Repeats `move` until nothing is due, or the batch is full; the next minute takes the rest. */
async function each({ database, logger }: Services, name: string, move: Move): Promise<number> {
  const failed: string[] = [];
  let moved = 0;
  while (moved + failed.length < BATCH) {
    try {
      if ((await database.withSystem('clock', (trx) => move(trx, failed))) === null) break;
      moved += 1;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      logger.error({ err: error.cause, id: error.id, deadline: name }, error.message);
      failed.push(error.id);
    }
  }
  return moved;
}

async function moveOne(services: Services, trx: Transaction, rule: Rule, failed: string[]): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { id: string; status: OrderStatus }[] }>(
    `select o.id, o.status from orders o where o.status = ? and ${rule.due} and o.id <> all(?::uuid[])
     order by ${rule.by} limit 1 for update of o skip locked`,
    [rule.from, failed],
  );
  const order = rows[0];
  if (!order) return null;
  const { feeOnRefund: feePolicy } = await settingsNow(trx, services.config);
  const reason =
    rule.transition === 'dispute_late' ? 'The changes did not come within 14 days after they were due.' : undefined;
  return orFail(order.id, endOrder(trx, order, rule.transition, { expected: order.status, reason }, { feePolicy }));
}

/** Extensions and settlements that nobody answered; the order stays as it is. */
async function lapseOne(trx: Transaction, failed: string[]): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { id: string; order_id: string }[] }>(
    `select p.id, p.order_id from proposals p join orders o on o.id = p.order_id
     where p.status = 'open' and p.kind <> 'cancellation' and p.answer_by <= app_now() and p.id <> all(?::uuid[])
     order by p.answer_by limit 1 for update of o skip locked`,
    [failed],
  );
  const proposal = rows[0];
  if (!proposal) return null;
  return orFail(proposal.id, trx.raw(`select answer_proposal(?, ?, 'lapse')`, [proposal.order_id, proposal.id]));
}

/** A review without its counterpart appears when the 14 days for it are over. */
async function publishReviews(trx: Transaction): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `update reviews r set published_at = app_now() from orders o
     where o.id = r.order_id and r.published_at is null
       and coalesce(o.completed_at, (select t.created_at from order_transitions t where t.order_id = o.id and t.transition = 'cancel_late')) <= app_now() - interval '14 days'`,
  );
  return rowCount;
}

async function orFail(id: string, work: PromiseLike<unknown>): Promise<string> {
  try {
    await work;
    return id;
  } catch (error) {
    throw new Failed(id, error);
  }
}
