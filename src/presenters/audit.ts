import type { AuditRow } from '../models/audit-list.ts';
import { relative } from './dates.ts';
import { deviceName } from './device.ts';

const WORDS: Record<string, string> = {
  'account.made': 'Account made',
  'sign-in': 'Signed in',
  'sign-in.failed': 'Sign-in with a wrong password',
  'sign-in.second-step-failed': 'Sign-in with a wrong code',
  'sign-out': 'Signed out',
  'email.confirmed': 'E-mail address confirmed',
  'email.change-asked': 'New e-mail address asked for',
  'email.changed': 'E-mail address changed',
  'whop.joined': 'Whop account connected by a mailed link',
  'password.reset': 'Password set by a mailed link',
  'password.changed': 'Password changed',
  'sessions.ended': 'Other devices signed out',
  'second-factor.on': 'Second step switched on',
  'second-factor.off': 'Second step switched off',
  'second-factor.recovery-code': 'Signed in with a recovery code',
  'account.exported': 'Data downloaded',
  'account.deletion-asked': 'Deletion asked for',
  'account.deletion-withdrawn': 'Deletion withdrawn',
  'account.deleted': 'Account deleted',
  'user.suspended': 'Account suspended',
  'user.reinstated': 'Suspension lifted',
  'role.admin': 'Made an admin',
  'role.user': 'No admin any more',
  'order.claimed': 'Guest order taken into the account',
  'gig.approved': 'Gig approved',
  'gig.rejected': 'Gig rejected',
  'order.resolution': 'Dispute decided',
  'order.transition': 'Order moved on by an admin',
  'order.refund': 'Refund without moving the order',
  'dispute.evidence': 'Evidence sent to the bank',
  'payment.refund': 'Payment sent back',
  'payment.match': 'Payment matched with an order',
  'payment.fee_loss': 'Missing fee written off',
  'refund.retry': 'Refund tried again',
  'refund.cover': 'Refund paid from the platform',
  'refund.write_off': 'Refund written off',
  'review.hide': 'Review hidden',
  'review.show': 'Review shown again',
  'webhooks.replay': 'Webhooks replayed',
  'conversation.report': 'Conversation reported',
  'conversation.read': 'Reported conversation read',
  'conversation.report_closed': 'Report of a conversation closed',
  'settings.changed': 'Setting changed',
  'seller.read': 'Identity check read at Whop',
  'category.added': 'Category added',
  'category.changed': 'Category changed',
  'category.removed': 'Category removed',
};

export const auditWords = (action: string): string => WORDS[action] ?? action;

/** One line of the log, for its own person and for admins. */
export const presentAudit = (row: AuditRow, zone: string) => ({
  what: auditWords(row.action),
  action: row.action,
  when: relative(row.created_at, zone),
  at: row.created_at.toISOString(),
  by: row.actor_name ?? (row.actor_id ? 'a former member' : null),
  about: row.subject_name,
  where: [row.address, row.user_agent && deviceName(row.user_agent)].filter(Boolean).join(', '),
  requestId: row.request_id,
  details: Object.entries(row.details ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', '),
});
