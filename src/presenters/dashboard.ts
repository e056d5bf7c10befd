import { clock } from '../clock.ts';
import type { GigSummary } from '../models/gig-list.ts';
import type { SellerBalance } from '../models/ledger.ts';
import type { SellerAccount } from '../models/seller-account.ts';
import type { WaitingOrder } from '../models/seller-work.ts';
import { formatMoney, formatTotal } from '../money/format.ts';
import { paths } from '../paths.ts';
import { timeLeft } from './dates.ts';
import { presentGig } from './gig-list.ts';
import { identityLine } from './identity.ts';

const DAY = 24 * 60 * 60 * 1000;
const SHOWN_GIGS = 8;

/** What waits for the seller, what the books hold for him, and how his gigs stand. */
export function presentDashboard(
  orders: WaitingOrder[],
  gigs: GigSummary[],
  account: SellerAccount,
  balance: SellerBalance,
  currency: string,
) {
  const identity = { ...identityLine(account.kyc_status), verified: account.kyc_status === 'verified' };
  return {
    needs: [...identityNeeds(account, identity), ...orders.map(orderNeed), ...gigs.flatMap(gigNeed)],
    identity,
    payouts: payoutsDocket(balance, identity.verified && account.payout_enabled, currency),
    gigs: gigs.slice(0, SHOWN_GIGS).map((gig) => presentGig(gig, currency)),
    moreGigs: gigs.length > SHOWN_GIGS ? `All ${gigs.length} gigs` : null,
  };
}

function payoutsDocket({ balance, onTheWay, atRisk }: SellerBalance, open: boolean, currency: string) {
  const line = (label: string, cents: number) => ({ label, amount: formatMoney(cents, currency), cents });
  return {
    title: 'Payouts',
    lead: { label: 'Your balance', amount: formatTotal(balance, currency), cents: balance },
    rows: [line('On its way to you', Math.abs(onTheWay)), ...(atRisk > 0 ? [line('Refunds under way', atRisk)] : [])],
    action: open ? { href: paths.withdrawals, text: 'Withdraw' } : undefined,
  };
}

const identityNeeds = ({ kyc_status }: SellerAccount, { badge, text }: ReturnType<typeof identityLine>) =>
  kyc_status === 'verified' || kyc_status === 'pending'
    ? []
    : [
        {
          badge,
          title: text,
          note: 'Nothing of yours goes on sale before.',
          href: paths.onboarding,
          act: 'Identity check',
        },
      ];

function orderNeed(order: WaitingOrder) {
  const buyer = order.buyer_name ?? 'a guest';
  const note = `Order ${order.id.slice(0, 8)}, ${order.package_title}`;
  const href = paths.sellerOrder(order.id);
  if (order.asked) {
    const left = order.answer_by && timeLeft(order.answer_by);
    const badge = { tone: 'warn', icon: 'hand', text: left ? `Answer within ${left}` : 'Answer now' };
    return { badge, title: `${capitalised(buyer)} ${ASKED[order.asked]}: ${order.title}`, note, href, act: 'Answer' };
  }
  const changes = order.status === 'revision_requested';
  return {
    badge: dueBadge(order.due_at),
    title: changes ? `${capitalised(buyer)} wants changes: ${order.title}` : `Deliver to ${buyer}: ${order.title}`,
    note,
    href,
    act: changes ? 'Read' : 'Deliver',
  };
}

const ASKED = {
  cancellation: 'asks to cancel',
  extension: 'proposes more time',
  settlement: 'proposes a partial refund',
};

function dueBadge(due: Date | null) {
  if (!due) return { tone: 'wash', icon: 'hammer', text: 'In progress' };
  const left = timeLeft(due);
  if (!left) return { tone: 'bad', icon: 'warning', text: 'Late' };
  const soon = due.getTime() - clock.now().getTime() < DAY;
  return { tone: soon ? 'warn' : 'quiet', icon: 'clock', text: `Due in ${left}` };
}

const gigNeed = ({ id, title, decision, reason }: GigSummary) =>
  decision === 'rejected'
    ? [
        {
          badge: 'rejected',
          title: `Change it and submit it again: ${title}`,
          note: reason,
          href: paths.editGig(id),
          act: 'Edit',
        },
      ]
    : [];

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
