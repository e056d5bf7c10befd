import type { SellerBalance } from '../models/ledger.ts';
import type { WithdrawalRow } from '../models/withdrawal.ts';
import { formatMoney, formatTotal } from '../money/format.ts';
import type { Balance, PayoutMethod } from '../whop/payouts.ts';
import { dateTime } from './dates.ts';

export interface AtWhop {
  balance: Balance;
  methods: PayoutMethod[];
}

const BADGES: Record<string, { tone: string; icon: string; text: string }> = {
  requested: { tone: 'wash', icon: 'clock', text: 'Asked for' },
  awaiting_payment: { tone: 'wash', icon: 'clock', text: 'At Whop' },
  in_transit: { tone: 'wash', icon: 'clock', text: 'On its way' },
  completed: { tone: 'good', icon: 'check', text: 'Paid out' },
  failed: { tone: 'bad', icon: 'close', text: 'Failed' },
  denied: { tone: 'bad', icon: 'close', text: 'Refused' },
  canceled: { tone: 'quiet', icon: 'ban', text: 'Taken back' },
  reversed: { tone: 'bad', icon: 'undo', text: 'Came back' },
};

export function presentWithdrawals(
  books: { balance: SellerBalance; withdrawals: WithdrawalRow[] },
  atWhop: AtWhop | null,
  verified: boolean,
  { zone, currency }: { zone: string; currency: string },
) {
  const { balance } = books;
  const line = (label: string, cents: number, kind?: 'total' | 'minor') => ({
    label,
    amount: kind === 'total' ? formatTotal(cents, currency) : formatMoney(cents, currency),
    cents,
    kind,
  });
  const closed = !verified
    ? 'Withdrawals open once Whop has checked your identity.'
    : atWhop && atWhop.methods.length === 0
      ? 'Tell Whop first where your money should go.'
      : !atWhop
        ? 'Whop is not answering just now. Try again in a moment.'
        : null;
  return {
    closed,
    available: atWhop && formatMoney(atWhop.balance.availableCents, currency),
    availableHint: atWhop && `Up to ${formatMoney(atWhop.balance.availableCents, currency)} can leave now.`,
    methods: (atWhop?.methods ?? []).map(({ id, name }) => ({
      value: id,
      text: name.replace(/\*{2,}(?=\d)/, 'ending '),
    })),
    chosen: atWhop?.methods.find(({ isDefault }) => isDefault)?.id,
    docket: {
      title: 'Your books',
      rows: [
        line('Earned, after all fees and refunds', balance.earned),
        line('Paid out', -balance.paidOut),
        line('On its way to your bank', -balance.onTheWay),
        line('Balance', balance.balance, 'total'),
        ...(balance.atRisk > 0 ? [line('Refunds and bank cases under way', balance.atRisk, 'minor')] : []),
        ...(atWhop
          ? [
              line('Whop says: available', atWhop.balance.availableCents, 'minor'),
              line('Whop says: settles in about two days', atWhop.balance.pendingCents, 'minor'),
            ]
          : []),
      ],
      note: 'Each sale is credited to you at Whop when it is paid. Whop’s processing costs are taken off here as well.',
    },
    history: books.withdrawals.map((withdrawal) => ({
      label: dateTime(withdrawal.created_at, zone),
      note: withdrawal.error,
      amount: formatMoney(withdrawal.amount_cents, withdrawal.currency),
      cents: withdrawal.amount_cents,
      badge: BADGES[withdrawal.status] ?? { tone: 'quiet', icon: 'info', text: withdrawal.status },
    })),
  };
}
