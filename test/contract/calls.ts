/**
 * Every call that GigFlow makes (the names in src/whop), how it goes over the wire (contract appendix B), and the recorded
 * answer whose shape it must have; where no fixture exists, the fields that GigFlow reads.
 */
export const CALLS: Record<string, { wire: RegExp; fixtures: string[]; reads?: string[] }> = {
  'companies.create': { wire: /^POST \/companies$/, fixtures: ['rest/company'] },
  'companies.list': { wire: /^GET \/companies\?/, fixtures: [], reads: ['data', 'page_info'] },
  'companies.retrieve': { wire: /^GET \/companies\/biz_\w+$/, fixtures: ['rest/company'] },
  'accountLinks.create': { wire: /^POST \/account_links$/, fixtures: ['rest/account_link'] },
  'ledgerAccounts.retrieve': {
    wire: /^GET \/ledger_accounts\/biz_\w+$/,
    fixtures: ['rest/ledger_account.not_started', 'rest/ledger_account.connected'],
  },
  'verifications.list': { wire: /^GET \/verifications\?account_id=/, fixtures: ['rest/verifications.list'] },
  'accounts.retrieve': {
    wire: /^GET \/accounts\/biz_\w+$/,
    fixtures: [],
    reads: ['verification', 'required_actions', 'capabilities'],
  },
  'checkoutConfigurations.create': {
    wire: /^POST \/checkout_configurations$/,
    fixtures: ['rest/checkout_configuration', 'variants/checkout_configuration.stable-2025-01-01'],
  },
  'payments.list': { wire: /^GET \/payments\?/, fixtures: [], reads: ['data', 'page_info'] },
  'payments.retrieve': { wire: /^GET \/payments\/pay_\w+$/, fixtures: ['rest/payment.paid'] },
  'payments.listFees': { wire: /^GET \/payments\/pay_\w+\/fees/, fixtures: ['rest/payment.fees'] },
  'payments.refund': { wire: /^POST \/payments\/pay_\w+\/refund$/, fixtures: ['rest/payment.partially_refunded'] },
  'disputes.list': { wire: /^GET \/disputes\?/, fixtures: [], reads: ['data', 'page_info'] },
  'disputes.retrieve': { wire: /^GET \/disputes\/dspt_\w+$/, fixtures: ['rest/dispute'] },
  'disputes.updateEvidence': { wire: /^POST \/disputes\/dspt_\w+\/update_evidence$/, fixtures: ['rest/dispute'] },
  'disputes.submitEvidence': { wire: /^POST \/disputes\/dspt_\w+\/submit_evidence$/, fixtures: ['rest/dispute'] },
  'transfers.create': { wire: /^POST \/transfers$/, fixtures: [], reads: ['id'] },
  'transfers.list': { wire: /^GET \/transfers\?/, fixtures: [], reads: ['data', 'page_info'] },
  'payouts.methods.list': { wire: /^GET \/payouts\/methods\?account_id=/, fixtures: ['rest/payouts.methods.list'] },
  'payouts.create': { wire: /^POST \/payouts(\?|$)/, fixtures: [], reads: ['id'] },
  'withdrawals.create': { wire: /^POST \/withdrawals$/, fixtures: ['rest/withdrawal'] },
  'withdrawals.list': { wire: /^GET \/withdrawals\?/, fixtures: ['rest/withdrawals.list'] },
  'withdrawals.retrieve': { wire: /^GET \/withdrawals\/wdrl_\w+$/, fixtures: ['rest/withdrawal'] },
  'accessTokens.create': { wire: /^POST \/access_tokens$/, fixtures: ['rest/access_token'] },
  'dmChannels.create': { wire: /^POST \/dm_channels$/, fixtures: ['rest/dm_channel'] },
};

/** What the sheet says that the sandbox has not (contract 0.2): payouts and messaging. */
export const NOT_IN_SANDBOX = [
  'payouts.methods.list',
  'payouts.create',
  'withdrawals.create',
  'withdrawals.list',
  'withdrawals.retrieve',
  'dmChannels.create',
];
