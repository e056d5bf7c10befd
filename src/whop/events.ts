import { z } from 'zod';

/** The underscore names of dashboards and tutorials; a lookup, because only one underscore separates resource and action (contract 11.5). */
const LEGACY_NAMES: Record<string, string> = Object.fromEntries(
  [
    ...[
      'payment.created',
      'payment.succeeded',
      'payment.failed',
      'payment.pending',
      'refund.created',
      'refund.updated',
    ],
    ...['dispute.created', 'dispute.updated', 'dispute_alert.created', 'verification.succeeded'],
    ...[
      'identity_profile.approved',
      'identity_profile.rejected',
      'identity_profile.needs_action',
      'identity_profile.updated',
    ],
    ...['payout_account.status_updated', 'payout_method.created', 'withdrawal.created', 'withdrawal.updated'],
    ...['resolution_center_case.created', 'resolution_center_case.updated', 'resolution_center_case.decided'],
    ...['ledger_account.funds_available', 'chat.message.created', 'account.updated', 'membership.activated'],
  ].map((name) => [name.replaceAll('.', '_'), name]),
);

const envelope = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  timestamp: z.string().nullish(),
  company_id: z.string().nullish(),
  account_id: z.string().nullish(),
  data: z.record(z.string(), z.unknown()),
});

export interface WhopEvent {
  id: string;
  /** Always dotted. */
  type: string;
  accountId: string | null;
  occurredAt: string | null;
  data: Record<string, unknown>;
}

/** Reads a signed body as an event; null when it is no event of this format (the old `event|action` bodies are not). */
export function parseEvent(body: unknown): WhopEvent | null {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return null;
  const { id, type, timestamp, company_id, account_id, data } = parsed.data;
  const occurredAt = timestamp && !Number.isNaN(Date.parse(timestamp)) ? new Date(timestamp).toISOString() : null;
  return { id, type: LEGACY_NAMES[type] ?? type, accountId: company_id ?? account_id ?? null, occurredAt, data };
}

/** A dashboard's test send names no account (contract 11.3): it is kept without effect. */
export const isTestSend = (event: WhopEvent): boolean =>
  event.accountId === null && /x{8,}/i.test(String(event.data.id ?? ''));
