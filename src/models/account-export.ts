import type { Transaction } from '../database.ts';

/** Everything that belongs to one person: table, the column that says whose, and the columns that are his to take along. */
const PARTS: [name: string, table: string, owner: string[], columns: string[]][] = [
  [
    'account',
    'users',
    ['id'],
    ['id', 'email', 'email_verified_at', 'role', 'suspended_at', 'suspended_reason', 'created_at'],
  ],
  ['profile', 'profiles', ['user_id'], ['*']],
  ['whop', 'whop_identities', ['user_id'], ['sub', 'email', 'scope', 'linked_at']],
  [
    'selling',
    'seller_accounts',
    ['user_id'],
    ['company_title', 'country', 'kyc_status', 'payout_enabled', 'created_at'],
  ],
  ['gigs', 'gigs', ['seller_id'], ['*']],
  [
    'orders',
    'orders',
    ['buyer_id', 'seller_id'],
    [
      ...['id', 'title', 'status', 'package_tier', 'package_title', 'quantity', 'currency', 'total_cents', 'fee_cents'],
      ...['seller_cents', 'refunded_cents', 'created_at', 'completed_at'],
    ],
  ],
  ['messages', 'order_messages', ['sender_id'], ['id', 'order_id', 'conversation_id', 'body', 'created_at']],
  ['reviews', 'reviews', ['author_id'], ['id', 'order_id', 'rating', 'body', 'created_at', 'published_at']],
  ['posts', 'posts', ['seller_id'], ['*']],
  ['favourites', 'favorites', ['user_id'], ['gig_id', 'created_at']],
  ['notifications', 'notifications', ['user_id'], ['kind', 'order_id', 'created_at', 'read_at']],
  ['events', 'audit_events', ['subject_id'], ['action', 'details', 'address', 'user_agent', 'created_at']],
];

/** A person's data for download. Secrets (password hash, tokens) are nobody's to take along, not even his. */
export async function exportAccount(trx: Transaction, userId: string): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {};
  for (const [name, table, owners, columns] of PARTS) {
    parts[name] = await trx(table)
      .where((mine) => owners.forEach((owner) => void mine.orWhere(owner, userId)))
      .select(columns);
  }
  const answers = await trx('order_requirements as r')
    .join('orders as o', 'o.id', 'r.order_id')
    .where('o.buyer_id', userId)
    .select('r.order_id', 'r.label', 'r.answer');
  return { ...parts, answers };
}
