import { chatMessage } from './chat-message.ts';
import { dispute } from './dispute.ts';
import { disputeAlert } from './dispute-alert.ts';
import type { Handler } from './handler.ts';
import { kyc } from './kyc.ts';
import { payment } from './payment.ts';
import { refund } from './refund.ts';
import { resolutionCase } from './resolution-case.ts';
import { withdrawal } from './withdrawal.ts';

/** Which event has an effect; all others are stored and left alone (contract 11.5). */
export const handlers: Record<string, Handler> = {
  'payment.created': payment,
  'payment.pending': payment,
  'payment.succeeded': payment,
  'payment.failed': payment,
  'refund.created': refund,
  'refund.updated': refund,
  'dispute.created': dispute,
  'dispute.updated': dispute,
  'dispute_alert.created': disputeAlert,
  'resolution_center_case.created': resolutionCase,
  'resolution_center_case.updated': resolutionCase,
  'resolution_center_case.decided': resolutionCase,
  'withdrawal.created': withdrawal,
  'withdrawal.updated': withdrawal,
  'withdrawal.reversed': withdrawal,
  'verification.succeeded': kyc,
  'identity_profile.approved': kyc,
  'identity_profile.rejected': kyc,
  'identity_profile.needs_action': kyc,
  'identity_profile.updated': kyc,
  'payout_account.status_updated': kyc,
  'account.updated': kyc,
  'payout_method.created': kyc,
  'chat.message.created': chatMessage,
};
