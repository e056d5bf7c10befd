import type Whop from '@whop/sdk';

/** The 41 types of SDK 0.0.42, and one that newer pins add (contract 11.5). */
export const EVENT_TYPES = [
  'invoice.created',
  'invoice.marked_uncollectible',
  'invoice.paid',
  'invoice.past_due',
  'invoice.voided',
  'membership.activated',
  'membership.deactivated',
  'membership.trial_ending_soon',
  'membership.cancel_at_period_end_changed',
  'entry.created',
  'entry.approved',
  'entry.denied',
  'entry.deleted',
  'setup_intent.requires_action',
  'setup_intent.succeeded',
  'setup_intent.canceled',
  'ledger_account.funds_available',
  'withdrawal.created',
  'withdrawal.updated',
  'course_lesson_interaction.completed',
  'payout_method.created',
  'verification.succeeded',
  'identity_profile.approved',
  'identity_profile.rejected',
  'identity_profile.needs_action',
  'identity_profile.updated',
  'payout_account.status_updated',
  'resolution_center_case.created',
  'resolution_center_case.updated',
  'resolution_center_case.decided',
  'chat.message.created',
  'chat.reaction.created',
  'payment.created',
  'payment.succeeded',
  'payment.failed',
  'payment.pending',
  'dispute.created',
  'dispute.updated',
  'refund.created',
  'refund.updated',
  'dispute_alert.created',
] as const satisfies Whop.WebhookEvent[];

export const ACCOUNT_UPDATED = 'account.updated';

/** Legacy names have an underscore where resource and action meet; chat's two dots both became underscores. */
export const legacyName = (type: string): string => type.replaceAll('.', '_');

export const isEventType = (type: string): boolean =>
  type === ACCOUNT_UPDATED || (EVENT_TYPES as readonly string[]).includes(type);
