import type { Payment } from '../records.ts';

/**
 * The buyer's way back: Whop appends its own parameters, none of which proves anything (contract 4.3). The hosted page was
 * seen to send the first two; the embed documents `status`.
 */
export function returnUrl(target: string, payment: Payment, embed?: { stateId: string | null }): string {
  const url = new URL(target);
  const status = payment.status === 'pending' ? 'pending' : 'success';
  url.searchParams.set('payment_id', payment.id);
  url.searchParams.set('checkout_status', status);
  if (embed) url.searchParams.set('status', status);
  if (embed?.stateId) url.searchParams.set('state_id', embed.stateId);
  return url.href;
}
