import type { TestApp } from './app.ts';
import { asSystem } from './orders.ts';

/** SQL that is true for a row `t` that is none of the business of `:ids`. */
type Foreign = string;

const not = (...columns: string[]): Foreign =>
  columns.map((column) => `(t.${column} is null or not t.${column} = any(:ids))`).join(' and ');
const ofForeign = (column: string, table: string, foreign: Foreign): Foreign =>
  `t.${column} in (select t.id from ${table} t where ${foreign})`;

const orders = not('buyer_id', 'seller_id');
const gigs = not('seller_id');
const ofOrder = ofForeign('order_id', 'orders', orders);
const ofGig = ofForeign('gig_id', 'gigs', gigs);

/** What only its owner writes, the operator included. */
const PRIVATE: Record<string, Foreign> = {
  favorites: not('user_id'),
  blocks: not('blocker_id'),
  notification_settings: not('user_id'),
  second_factors: not('user_id'),
  whop_identities: not('user_id'),
  profiles: not('user_id'),
  posts: not('seller_id'),
  post_bodies: ofForeign('post_id', 'posts', not('seller_id')),
  gig_packages: ofGig,
  gig_extras: ofGig,
  conversations: not('buyer_id', 'seller_id'),
  withdrawals: not('seller_id'),
};

/** What its parties write, and the operator. */
const SHARED: Record<string, Foreign> = {
  users: not('id'),
  seller_accounts: not('user_id'),
  gigs,
  gig_revisions: ofGig,
  orders,
  order_items: ofOrder,
  order_requirements: ofOrder,
  order_deliveries: ofOrder,
  order_transitions: ofOrder,
  order_messages: `case when t.order_id is null then ${ofForeign('conversation_id', 'conversations', not('buyer_id', 'seller_id'))} else ${ofOrder} end`,
  conversation_reports: not('reporter_id'),
  offers: not('buyer_id', 'seller_id'),
  reviews: ofOrder,
  proposals: ofOrder,
  disputes: ofOrder,
  refunds: ofOrder,
  ledger_entries: ofOrder,
  whop_payments: ofOrder,
  categories: 'true',
  operator_settings: 'true',
  webhook_events: 'true',
};

/** One word per table for all rows that these people may not change. The operator may change more than others. */
export async function foreignRows(
  app: TestApp,
  ids: string[],
  { operator = false } = {},
): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const [table, foreign] of Object.entries(operator ? PRIVATE : { ...PRIVATE, ...SHARED })) {
    const { rows } = (await asSystem(app, (trx) =>
      trx.raw(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from ${table} t where ${foreign}`,
        foreign.includes(':ids') ? { ids } : {},
      ),
    )) as { rows: { print: string }[] };
    prints[table] = rows[0]!.print;
  }
  return prints;
}
