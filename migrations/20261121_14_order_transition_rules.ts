import type { Knex } from 'knex';

const OPEN = [
  'awaiting_requirements',
  'in_progress',
  'delivered',
  'revision_requested',
  'completed',
  'cancel_requested',
];

// product.md section 5; src/models/order/order-process.ts holds the same and a test proves it.
const RULES: [transition: string, from: string[], to: string | null, actors: string[]][] = [
  ['submit_requirements', ['awaiting_requirements'], 'in_progress', ['buyer']],
  ['deliver', ['in_progress', 'revision_requested'], 'delivered', ['seller']],
  ['request_revision', ['delivered'], 'revision_requested', ['buyer']],
  ['accept_delivery', ['delivered'], 'completed', ['buyer']],
  ['auto_complete', ['delivered'], 'completed', ['clock']],
  [
    'request_cancellation',
    ['awaiting_requirements', 'in_progress', 'revision_requested', 'delivered'],
    'cancel_requested',
    ['buyer', 'seller'],
  ],
  ['withdraw_cancellation', ['cancel_requested'], null, ['buyer', 'seller']],
  ['decline_cancellation', ['cancel_requested'], null, ['buyer', 'seller']],
  ['accept_cancellation', ['cancel_requested'], 'cancelled', ['buyer', 'seller']],
  ['lapse_cancellation', ['cancel_requested'], 'cancelled', ['clock']],
  ['escalate_cancellation', ['cancel_requested'], 'disputed', ['clock']],
  ['cancel_unstarted', ['awaiting_requirements'], 'cancelled', ['seller', 'clock']],
  ['cancel_late', ['in_progress'], 'cancelled', ['buyer', 'clock']],
  ['dispute_late', ['revision_requested'], 'disputed', ['buyer', 'clock']],
  [
    'open_dispute',
    ['in_progress', 'delivered', 'revision_requested', 'cancel_requested', 'completed'],
    'disputed',
    ['buyer', 'seller'],
  ],
  ['withdraw_dispute', ['disputed'], null, ['buyer', 'seller']],
  ['open_chargeback', OPEN, 'disputed', ['whop']],
  ['close_chargeback', ['disputed'], null, ['whop']],
  ['refund_in_full', [...OPEN, 'disputed'], 'refunded', ['whop']],
  ['resolve_refund', ['disputed'], 'refunded', []],
  ['resolve_split', ['disputed'], 'completed', []],
  ['resolve_release', ['disputed'], 'completed', []],
  [
    'settle',
    ['in_progress', 'revision_requested', 'delivered', 'disputed', 'cancel_requested'],
    'completed',
    ['buyer', 'seller'],
  ],
];

export async function up(knex: Knex): Promise<void> {
  const rows = RULES.flatMap(([transition, froms, to_status, actors]) =>
    froms.flatMap((from_status) =>
      [...actors, 'admin'].map((actor) => ({ transition, from_status, to_status, actor })),
    ),
  );
  await knex('order_transition_rules').insert(rows);
}

export async function down(knex: Knex): Promise<void> {
  await knex('order_transition_rules').delete();
}
