import type Whop from '@whop/sdk';
import type { Company, Identity, IdentityStatus } from '../records.ts';

/** The four words that Whop uses for one state, by resource (contract 3.1). */
interface Words {
  payoutAccount: Whop.PayoutAccountCalculatedStatuses;
  verification: Whop.VerificationStatus;
  profile: 'not_started' | 'pending' | 'approved' | 'rejected' | 'action_required';
}

const WORDS: Record<IdentityStatus, Words> = {
  not_started: { payoutAccount: 'not_started', verification: 'created', profile: 'not_started' },
  pending: { payoutAccount: 'pending_verification', verification: 'submitted', profile: 'pending' },
  approved: { payoutAccount: 'connected', verification: 'approved', profile: 'approved' },
  rejected: { payoutAccount: 'verification_failed', verification: 'declined', profile: 'rejected' },
  needs_action: {
    payoutAccount: 'action_required',
    verification: 'resubmission_requested',
    profile: 'action_required',
  },
  disabled: { payoutAccount: 'disabled', verification: 'approved', profile: 'approved' },
};

export const words = (identity: Identity): Words => WORDS[identity.status];

/** Null until the seller has handed something in, as on a fresh ledger account (rest/ledger_account.not_started.json). */
export function buildPayoutAccount(company: Company): Whop.PayoutAccountRetrieveResponse | null {
  const { identity } = company;
  if (identity.status === 'not_started') return null;
  return {
    id: identity.payoutAccountId,
    status: words(identity).payoutAccount,
    latest_verification: buildVerificationStep(identity),
    email: company.email,
    phone: identity.phone,
    business_name: null,
    business_representative: {
      first_name: identity.firstName,
      middle_name: null,
      last_name: identity.lastName,
      date_of_birth: identity.dateOfBirth,
    },
    address: buildAddress(identity),
  };
}

export function buildVerificationStep(
  identity: Identity,
): NonNullable<Whop.PayoutAccountRetrieveResponse['latest_verification']> {
  return {
    id: identity.verificationId,
    status: words(identity).verification,
    last_error_code: identity.errorCode,
    last_error_reason: identity.errorReason,
  };
}

export const buildAddress = (
  identity: Identity,
): NonNullable<Whop.PayoutAccountRetrieveResponse['address']> & { line1: string } => ({
  city: 'Lisbon',
  country: identity.country,
  line1: 'Rua Exemplo 1',
  line2: null,
  postal_code: '1000-001',
  state: null,
});

/** One row of `verifications.*`; the same object that webhooks call an identity profile. */
export function buildVerification(company: Company, origin: string): Whop.VerificationRetrieveResponse {
  const { identity } = company;
  return {
    id: identity.id,
    kind: identity.kind,
    status: words(identity).profile,
    country: identity.country,
    first_name: identity.firstName,
    last_name: identity.lastName,
    date_of_birth: identity.dateOfBirth,
    business_name: null,
    business_structure: null,
    address: buildAddress(identity),
    session_url: `${origin}/identity/${identity.id}`,
    requested_information: [],
    required_documents: [],
    created_at: identity.createdAt,
    updated_at: identity.updatedAt,
  };
}
