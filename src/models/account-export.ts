import type { Transaction } from '../database.ts';
import { openSessions } from './session.ts';

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
  ['record', 'seller_records', ['seller_id'], ['*']],
  ['withdrawals', 'withdrawals', ['seller_id'], ['amount_cents', 'currency', 'status', 'created_at']],
  ['unlockedPosts', 'post_unlocks', ['user_id'], ['post_id', 'unlocked_at', 'locked_at']],
  ['notificationSettings', 'notification_settings', ['user_id'], ['topic', 'mail']],
  ['conversations', 'conversations', ['buyer_id', 'seller_id'], ['id', 'gig_id', 'created_at']],
  [
    'offers',
    'offers',
    ['buyer_id', 'seller_id'],
    [
      ...['id', 'conversation_id', 'title', 'description', 'price_cents', 'days', 'revisions', 'status', 'expires_at'],
      ...['created_at', 'answered_at'],
    ],
  ],
  ['reports', 'conversation_reports', ['reporter_id'], ['conversation_id', 'reason', 'created_at', 'closed_at']],
  ['blocked', 'blocks', ['blocker_id'], ['blocked_id', 'created_at']],
  ['statements', 'dispute_statements', ['author_id'], ['dispute_id', 'body', 'created_at']],
  [
    'files',
    'attachments',
    ['owner_id'],
    ['id', 'order_id', 'conversation_id', 'name', 'content_type', 'byte_size', 'sha256', 'created_at'],
  ],
  ['picture', 'avatar_files', ['user_id'], ['avatar_id', 'width', 'created_at']],
  ['secondStep', 'second_factors', ['user_id'], ['confirmed_at', 'created_at']],
  ['events', 'audit_events', ['subject_id'], ['action', 'details', 'address', 'user_agent', 'created_at']],
];

/** What he wrote into his orders: table, which side's it is, columns. */
const OF_ORDERS: [name: string, table: string, side: 'buyer_id' | 'seller_id', columns: string[]][] = [
  ['answers', 'order_requirements', 'buyer_id', ['order_id', 'label', 'answer']],
  ['briefDrafts', 'order_brief_drafts', 'buyer_id', ['order_id', 'answers', 'updated_at']],
  ['deliveries', 'order_deliveries', 'seller_id', ['order_id', 'number', 'message', 'links', 'created_at']],
  ['deliveryDrafts', 'order_delivery_drafts', 'seller_id', ['order_id', 'message', 'links', 'updated_at']],
];

/** A person's data for download. Secrets (password hash, tokens) are nobody's to take along, not even his. */
export async function exportAccount(trx: Transaction, userId: string): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {};
  for (const [name, table, owners, columns] of PARTS) {
    parts[name] = await trx(table)
      .where((mine) => owners.forEach((owner) => void mine.orWhere(owner, userId)))
      .select(columns);
  }
  for (const [name, table, side, columns] of OF_ORDERS) {
    parts[name] = await trx(`${table} as part`)
      .join('orders as o', 'o.id', 'part.order_id')
      .where(`o.${side}`, userId)
      .select(columns.map((column) => `part.${column}`));
  }
  parts.sessions = (await openSessions(trx, userId)).map(({ userAgent, address, since, seen }) => ({
    ...{ userAgent, address, since, seen },
  }));
  return parts;
}
