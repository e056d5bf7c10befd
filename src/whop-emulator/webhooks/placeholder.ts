const PREFIXES: Record<string, string> = {
  payment: 'pay',
  refund: 'rf',
  dispute: 'dspt',
  dispute_alert: 'dspa',
  verification: 'verf',
  identity_profile: 'idpf',
  payout_account: 'poact',
  payout_method: 'potk',
  withdrawal: 'wdrl',
  ledger_account: 'ldgr',
  resolution_center_case: 'reso',
};

/** What a test send carries: ids that lead nowhere (contract 11.3, variants/refund.created.test-send.json). */
export function placeholder(type: string): Record<string, unknown> {
  const noun = type.slice(0, type.lastIndexOf('.'));
  const base = {
    id: `${PREFIXES[noun] ?? noun}_xxxxxxxxxxxxxx`,
    amount: 50,
    currency: 'usd',
    status: 'succeeded',
    created_at: '2026-01-01T12:00:00.000Z',
  };
  if (!['refund', 'dispute', 'dispute_alert'].includes(noun)) return base;
  return { ...base, payment: { id: 'pay_xxxxxxxxxxxxxx', metadata: {}, currency: 'usd', total: null } };
}
