export type KycStatus = 'not_started' | 'pending' | 'action_required' | 'verified' | 'rejected' | 'disabled';

export interface Kyc {
  status: KycStatus;
  /** Whether Whop pays this seller out once his identity is checked; null when it does not say. */
  mayWithdraw: boolean | null;
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
interface Account {
  verification?: { individual?: { status?: string } | null; business?: { status?: string } | null } | null;
  required_actions?: { action?: string }[] | null;
  capabilities?: { standard_payout?: string } | null;
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
 * The identity check by the sources of contract 3.1 and 3.2, in order; the first that says anything but not_started decides,
 * and a later one is asked only when those before are silent. Who is verified is looked at once more as an account: Whop may
 * still want something before it pays out.
 */
export async function kycFrom(sources: {
  ledger(): Promise<unknown>;
  verifications(): Promise<unknown>;
  /** Null where the key may not read it. */
  account(): Promise<unknown>;
}): Promise<Kyc> {
  const details = ((await sources.ledger()) as Ledger).payout_account_details;
  const latest = details?.latest_verification;
  const references = idsOf([details, latest]);
  const ledger = firstWord([mapped(PAYOUT_STATUS, details?.status), mapped(LATEST_STATUS, latest?.status)]);
  if (ledger !== 'not_started' && ledger !== 'verified') return { status: ledger, mayWithdraw: null, references };

  const profiles = ledger === 'verified' ? [] : (((await sources.verifications()) as Verifications).data ?? []);
  const known = ledger === 'verified' ? ledger : best(profiles);
  references.push(...idsOf(profiles));
  if (known !== 'not_started' && known !== 'verified') return { status: known, mayWithdraw: null, references };

  const account = (await sources.account()) as Account | null;
  const status = known === 'verified' ? known : statusOf(account);
  return { status, mayWithdraw: status === 'verified' ? paysOut(account) : null, references };
}

const idsOf = (things: ({ id?: unknown } | null | undefined)[]): string[] =>
  things.map((thing) => thing?.id).filter((id): id is string => typeof id === 'string');

const firstWord = (words: KycStatus[]): KycStatus => words.find((word) => word !== 'not_started') ?? 'not_started';

/** Of several profiles, individual and business, the best one counts. */
function best(profiles: ({ status?: string } | null | undefined)[]): KycStatus {
  const statuses = profiles.map((profile) => mapped(PROFILE_STATUS, profile?.status));
  const order = ['verified', 'action_required', 'rejected', 'pending'] as const;
  return order.find((word) => statuses.includes(word)) ?? 'not_started';
}

/** What an account tells of the check. That it may already pay out is no proof of identity. */
function statusOf(account: Account | null): KycStatus {
  const checked = best([account?.verification?.individual, account?.verification?.business]);
  const asked = account?.required_actions?.some(({ action }) => action === 'submit_information_request') ?? false;
  return checked === 'not_started' && asked ? 'action_required' : checked;
}

/** Only `active` pays out; a word of tomorrow does not. */
function paysOut(account: Account | null): boolean | null {
  const capability = account?.capabilities?.standard_payout;
  return typeof capability === 'string' ? capability === 'active' : null;
}

/** Every id in an event by which a seller may be known: that of a profile, a payout account or a verification (contract 3.4). */
export function kycReferencesIn(data: Record<string, unknown>): string[] {
  const { id, latest_verification, verifications } = data as {
    id?: unknown;
    latest_verification?: { id?: unknown } | null;
    verifications?: unknown;
  };
  const several = Array.isArray(verifications) ? (verifications as ({ id?: unknown } | null)[]) : [];
  return idsOf([{ id }, latest_verification, ...several]);
}
