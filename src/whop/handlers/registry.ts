import type { Handler } from './handler.ts';
import { kyc } from './kyc.ts';
import { payment } from './payment.ts';

/** Which event has an effect; all others are stored and left alone (contract 11.5). */
export const handlers: Record<string, Handler> = {
  'payment.created': payment,
  'payment.pending': payment,
  'payment.succeeded': payment,
  'payment.failed': payment,
  'verification.succeeded': kyc,
  'identity_profile.approved': kyc,
  'identity_profile.rejected': kyc,
  'identity_profile.needs_action': kyc,
  'identity_profile.updated': kyc,
  'payout_account.status_updated': kyc,
  'account.updated': kyc,
  'payout_method.created': kyc,
};
