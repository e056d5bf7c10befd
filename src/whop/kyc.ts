export type KycStatus = 'not_started' | 'pending' | 'action_required' | 'verified' | 'rejected' | 'disabled';

export interface Kyc {
  status: KycStatus;
  /** idpf_, poact_ and verf_ ids by which later events may name the seller. */
  references: string[];
}

interface Ledger {
  payout_account_details?: {
    id?: string;
    status?: string | null;
    latest_verification?: { id?: string; status?: string } | null;
  } | null;
}
interface Verifications {
  data?: { id?: string; status?: string }[];
}

const PAYOUT_STATUS: Record<string, KycStatus> = {
  connected: 'verified',
  action_required: 'action_required',
  verification_failed: 'rejected',
  pending_verification: 'pending',
  disabled: 'disabled',
  not_started: 'not_started',
};
const LATEST_STATUS: Record<string, KycStatus> = {
  approved: 'verified',
  verified: 'verified',
  requires_input: 'action_required',
  resubmission_requested: 'action_required',
  action_required: 'action_required',
  declined: 'rejected',
  created: 'pending',
  started: 'pending',
  submitted: 'pending',
  processing: 'pending',
  review: 'pending',
  canceled: 'not_started',
  expired: 'not_started',
  abandoned: 'not_started',
};
const PROFILE_STATUS: Record<string, KycStatus> = {
  approved: 'verified',
  action_required: 'action_required',
  rejected: 'rejected',
  pending: 'pending',
  processing: 'pending',
  manual_review: 'pending',
  not_started: 'not_started',
};

/** Words that nobody told us about mean pending, never verified. */
const mapped = (table: Record<string, KycStatus>, word: string | null | undefined): KycStatus =>
  word === null || word === undefined ? 'not_started' : (table[word] ?? 'pending');

/**
 * The identity check by the sources of contract 3.2, in order; the first that says anything but not_started decides.
 * The second source is asked only when the first is silent.
 */
export async function kycFrom(sources: {
  ledger(): Promise<unknown>;
  verifications(): Promise<unknown>;
}): Promise<Kyc> {
  const details = ((await sources.ledger()) as Ledger).payout_account_details;
  const latest = details?.latest_verification;
  const references = [details?.id, latest?.id].filter((id): id is string => typeof id === 'string');
  for (const status of [mapped(PAYOUT_STATUS, details?.status), mapped(LATEST_STATUS, latest?.status)]) {
    if (status !== 'not_started') return { status, references };
  }
  const profiles = ((await sources.verifications()) as Verifications).data ?? [];
  const statuses = profiles.map((profile) => mapped(PROFILE_STATUS, profile.status));
  const status = (['verified', 'action_required', 'rejected', 'pending'] as const).find((word) =>
    statuses.includes(word),
  );
  return {
    status: status ?? 'not_started',
    references: [
      ...references,
      ...profiles.map((profile) => profile.id).filter((id): id is string => typeof id === 'string'),
    ],
  };
}
