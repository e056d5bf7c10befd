import type Whop from '@whop/sdk';
import { buildAccount, verificationSummary } from '../../api/accounts.ts';
import { buildAddress, buildPayoutAccount, buildVerificationStep, words } from '../../api/identity.ts';
import type { Company, IdentityStatus } from '../../records.ts';
import type { WhopEvent } from '../sender.ts';

type ProfileEvent = `identity_profile.${'approved' | 'rejected' | 'needs_action' | 'updated'}`;

const PROFILE_EVENTS: Partial<Record<IdentityStatus, ProfileEvent>> = {
  approved: 'identity_profile.approved',
  rejected: 'identity_profile.rejected',
  needs_action: 'identity_profile.needs_action',
};

/** What a change of the identity check sets off. Which of them Whop really sends is not documented: all do (contract 3.4). */
export function identityChanged(company: Company, origin: string): WhopEvent[] {
  const { id: companyId, identity } = company;
  const events: WhopEvent[] = [];
  if (identity.status === 'approved') {
    events.push({ type: 'verification.succeeded', companyId, data: verificationSucceeded(company) });
  }
  const type = PROFILE_EVENTS[identity.status] ?? 'identity_profile.updated';
  events.push({ type, companyId, data: identityProfile(company, origin) });
  const payoutAccount = buildPayoutAccount(company);
  if (payoutAccount) events.push({ type: 'payout_account.status_updated', companyId, data: payoutAccount });
  events.push({ type: 'account.updated', companyId, data: accountUpdated(company, origin) });
  return events;
}

const verificationSucceeded = ({ identity }: Company): Whop.VerificationSucceededWebhookEvent['data'] => ({
  ...buildVerificationStep(identity),
  status: 'verified',
});

/** No reference to the company inside: `linked_companies` is empty for API keys (contract 3.4, measured). */
function identityProfile(company: Company, origin: string): Whop.IdentityProfileUpdatedWebhookEvent['data'] {
  const { identity } = company;
  return {
    id: identity.id,
    profile_type: identity.kind,
    status: words(identity).profile,
    payout_status: words(identity).payoutAccount,
    payouts_enabled: identity.status === 'approved',
    country: identity.country,
    email: company.email,
    first_name: identity.firstName,
    last_name: identity.lastName,
    date_of_birth: identity.dateOfBirth,
    phone: identity.phone,
    personal_address: buildAddress(identity),
    business_address: null,
    business_name: null,
    business_structure: null,
    linked_companies: [],
    created_at: identity.createdAt,
    updated_at: identity.updatedAt,
    verifications: [
      {
        ...buildVerificationStep(identity),
        created_at: identity.createdAt,
        session_url: identity.status === 'approved' ? null : `${origin}/identity/${identity.id}`,
      },
    ],
  };
}

/** Newer pins only (variants/account.updated.pin-2026-09-06.json). */
function accountUpdated(company: Company, origin: string): unknown {
  const { id, title, country, status, capabilities, required_actions, metadata } = buildAccount(company, origin);
  const verification = { individual: verificationSummary(company), business: null };
  return { id, title, country, status, status_reason: null, verification, capabilities, required_actions, metadata };
}
