import { Router } from 'express';
import type Whop from '@whop/sdk';
import type { Emulator } from '../context.ts';
import type { Company } from '../records.ts';
import { companyFor, pathId, permit } from './authentication.ts';

type Capability = NonNullable<Whop.Account['capabilities']>['transfer'];

/** The same `biz_` id seen as an account: what it may do and what it still owes (contract 3.1, third source). */
export function buildAccount(company: Company, origin: string): Whop.Account {
  const verified = company.identity.status === 'approved';
  const afterKyc: Capability = verified ? 'active' : 'inactive';
  return {
    id: company.id,
    title: company.title,
    route: company.route,
    email: company.email,
    country: company.country,
    description: company.description,
    created_at: company.createdAt,
    metadata: company.metadata,
    parent_account_id: company.parentId,
    send_customer_emails: company.sendCustomerEmails,
    status: company.identity.status === 'disabled' ? 'suspended' : 'active',
    // Cards are accepted right after creation, paying out is not (contract 2.3, measured).
    capabilities: {
      accept_card_payments: 'active',
      accept_bank_payments: 'active',
      accept_bnpl_payments: 'inactive',
      standard_payout: afterKyc,
      instant_payout: afterKyc,
      crypto_payout: afterKyc,
      transfer: afterKyc,
      bank_deposit: afterKyc,
      card_deposit: afterKyc,
      crypto_deposit: afterKyc,
      card_issuing: 'inactive',
    },
    required_actions: verified ? [] : [verifyIdentity(company, origin)],
    recommended_actions: null,
    verification: { individual: verificationSummary(company), business: null },
    balances: [],
    banner_image_url: null,
    business_address: null,
    business_type: null,
    home_preferences: [],
    industry_group: null,
    industry_type: null,
    invoice_prefix: null,
    llc_formation: {},
    logo_url: null,
    onboarding_type: null,
    opengraph_image_url: null,
    opengraph_image_variant: null,
    other_business_description: null,
    other_industry_description: null,
    payment_controls: null,
    product_tax_code: null,
    require_2fa: false,
    show_joined_whops: false,
    show_reviews_dtc: false,
    show_user_directory: false,
    social_links: [],
    store_page_config: null,
    target_audience: null,
    tax_collection_enabled_states: [],
    tax_identifiers: [],
    tax_remitted_by: null,
    total_earned_usd: null,
    total_usd: null,
    use_logo_as_opengraph_image_fallback: false,
    wallet: null,
  };
}

const verifyIdentity = (company: Company, origin: string): Whop.Account.RequiredAction => ({
  action: 'verify_identity',
  blocked_capabilities: ['standard_payout', 'transfer'],
  cta: `${origin}/identity/${company.identity.id}`,
  cta_label: 'Verify identity',
  description: 'Verify your identity to receive payouts.',
  icon_url: null,
  status: company.identity.status === 'pending' ? 'pending' : 'required',
  title: 'Verify your identity',
});

export const verificationSummary = ({ identity }: Company): { status: string } | null =>
  identity.status === 'not_started'
    ? null
    : { status: identity.status === 'needs_action' ? 'action_required' : identity.status };

export function accounts(emulator: Emulator): Router {
  const router = Router();
  router.get('/accounts/:id', permit(emulator, 'company:basic:read'), (req, res) => {
    const company = companyFor(emulator, res, pathId(req), 'Account');
    res.json(buildAccount(company, emulator.origin()));
  });
  return router;
}
