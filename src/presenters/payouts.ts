import type { Config } from '../config.ts';
import type { SellerAccount } from '../models/seller-account.ts';
import { paths } from '../paths.ts';
import { identityView } from './identity.ts';
import { elementHosts } from './whop-element.ts';

/** The payouts page: how the seller stands, the elements that Whop draws, and the plain way beside each. */
export function payoutsView(account: SellerAccount, config: Config, zone: string) {
  const { badge, heading, text, act, checked, ready } = identityView(account, config, zone);
  const element = (type: string, plain: string, options?: object) => ({
    session: 'payouts',
    type,
    tokenUrl: paths.payoutsToken,
    companyId: account.whop_company_id,
    redirectUrl: config.appUrl + paths.payoutsReturned,
    ...elementHosts(config),
    options,
    plain: { text: plain },
  });
  return {
    badge,
    heading: ready ? 'You can be paid' : heading,
    text: ready ? readyText(account) : text,
    checked,
    verified: ready,
    act,
    statusUrl: paths.payouts,
    syncUrl: paths.kycSync,
    identityUrl: paths.kycLink,
    portalUrl: paths.payoutsPortal,
    banner: element('status-banner-element', 'Whop’s note on your account appears here.'),
    verify: ready || !act ? null : element('verify-element', 'Whop’s form for the identity check appears here.'),
    balance: element('balance-element', 'Whop shows your balance here.', { showWithdrawButton: false }),
    withdraw: ready ? element('withdraw-button-element', 'Whop’s button to withdraw appears here.') : null,
    method: ready ? element('add-payout-method-element', 'Whop’s form for a bank account appears here.') : null,
    history: element('withdrawals-element', 'Whop lists your withdrawals here.'),
  };
}

function readyText(account: SellerAccount): string {
  if (account.payout_enabled) return 'Your identity is checked and Whop knows your bank account.';
  return account.payout_method_seen_at
    ? 'Whop needs one more thing from you before it pays out. Its own page says what.'
    : 'Add the bank account that your money should go to.';
}
