import type { Config } from '../config.ts';
import type { SellerAccount } from '../models/seller-account.ts';
import { paths } from '../paths.ts';
import type { KycStatus } from '../whop/kyc.ts';
import { relative } from './dates.ts';

interface Words {
  badge: { tone: string; icon: string; text: string };
  heading: string;
  text: string;
  /** What the way to Whop is called; none where there is nothing to do there. */
  act?: string;
}

const WORDS: Record<KycStatus, Words> = {
  not_started: {
    badge: { tone: 'warn', icon: 'shield', text: 'Not checked yet' },
    heading: 'Prove who you are',
    text: 'Whop, who moves the money, checks every seller once. Have a passport, identity card or driving licence at hand. You can write gigs before; they go on sale after.',
    act: 'Start the check on Whop’s page',
  },
  pending: {
    badge: { tone: 'wash', icon: 'clock', text: 'Being checked' },
    heading: 'Whop is looking at your documents',
    text: 'There is nothing for you to do. The result appears here by itself.',
  },
  action_required: {
    badge: { tone: 'warn', icon: 'hand', text: 'Something is missing' },
    heading: 'Whop needs one more thing from you',
    text: 'A picture was hard to read, or a detail is missing. Whop’s page says which. Until then nothing of yours can go on sale.',
    act: 'See what is missing on Whop’s page',
  },
  verified: {
    badge: { tone: 'good', icon: 'shield', text: 'Identity checked' },
    heading: 'You are ready to sell',
    text: 'Your identity is checked. Buyers see that beside your name.',
  },
  rejected: {
    badge: { tone: 'bad', icon: 'close', text: 'Not confirmed' },
    heading: 'Whop could not confirm who you are',
    text: 'Whop’s page says why. You can try again with another document.',
    act: 'Try again on Whop’s page',
  },
  disabled: {
    badge: { tone: 'bad', icon: 'ban', text: 'Closed by Whop' },
    heading: 'Whop has closed your account for payouts',
    text: 'Nothing of yours is on sale. Whop’s support can tell you why and whether it can be opened again.',
  },
};

/** The identity check as a page shows it. */
export function identityView(account: SellerAccount, config: Config, zone: string) {
  const words = WORDS[account.kyc_status];
  const { hosts } = config.whop;
  return {
    ...words,
    status: account.kyc_status,
    checked: account.kyc_checked_at ? `Asked Whop ${relative(account.kyc_checked_at, zone)}.` : null,
    syncUrl: paths.kycSync,
    linkUrl: paths.kycLink,
    againUrl: paths.onboardingReturned,
    waiting: account.kyc_status === 'pending',
    ready: account.kyc_status === 'verified',
    embed: words.act
      ? {
          tokenUrl: paths.payoutsToken,
          companyId: account.whop_company_id,
          redirectUrl: config.appUrl + paths.onboardingReturned,
          environment: hosts.elementsEnvironment,
          scriptUrl: hosts.elementsScript,
        }
      : null,
  };
}

/** One line about it for the dashboard. */
export const identityLine = (status: KycStatus) => ({ badge: WORDS[status].badge, text: WORDS[status].heading });
