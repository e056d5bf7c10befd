import type { OrderStatus } from '../../models/order/order-process.ts';
import type { RefundStatus } from '../../models/refund.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { splitFee } from '../../money/fee.ts';
import { formatMoney, formatTotal } from '../../money/format.ts';
import { paths } from '../../paths.ts';
import { dateTime } from '../dates.ts';
import type { Reader } from './facts.ts';

interface Row {
  label: string;
  amount: string;
  cents?: number;
  kind?: 'total' | 'minor';
}

const WORKING: OrderStatus[] = ['in_progress', 'revision_requested', 'delivered'];
const ENDED: OrderStatus[] = ['completed', 'cancelled', 'refunded'];

/** What was bought and what each side pays or gets (views/shared/_docket). */
export function presentDocket(order: Workspace, { role, zone }: Reader) {
  const money = (cents: number) => ({ amount: formatMoney(cents, order.currency).replace('-', '−'), cents });
  const total = (cents: number) => ({ amount: formatTotal(cents, order.currency), cents, kind: 'total' as const });
  const bought: Row[] = order.items
    .filter(({ kind }) => kind !== 'tip')
    .map((item) => ({ label: itemLabel(order, item), ...money(item.total_cents) }));
  const fee: Row = { label: feeLabel(order), ...money(-order.fee_cents) };
  const rows: Row[] =
    role === 'seller'
      ? [...bought, ...(order.fee_cents ? [fee] : []), { label: receives(order), ...total(order.seller_cents) }]
      : [...bought, { label: 'Paid', ...total(order.total_cents) }];
  if (role === 'admin') {
    rows.push({ ...fee, kind: 'minor' }, { label: 'Seller’s part', ...money(order.seller_cents), kind: 'minor' });
  }
  if (order.tips_cents) rows.push({ label: 'Tip', ...money(order.tips_cents), kind: 'minor' });
  if (order.refunded_cents) rows.push({ label: 'Refunded', ...money(-order.refunded_cents), kind: 'minor' });
  const feeBack = order.refunds.reduce((sum, one) => sum + (one.status === 'succeeded' ? one.fee_cents : 0), 0);
  if (feeBack && role !== 'buyer') rows.push({ label: 'Fee given back for it', ...money(feeBack), kind: 'minor' });
  rows.push(...refundsUnderWay(order, money));
  if (role !== 'seller') rows.push(...terms(order, zone));
  return {
    title: order.package_title,
    rows,
    link: order.items.some(({ kind }) => kind === 'offer')
      ? { href: paths.orderRecord(order.id), text: 'What was agreed' }
      : undefined,
    note: role === 'seller' ? 'Before Whop’s processing costs.' : null,
  };
}

const receives = ({ refunded_cents: back, refunds }: Workspace): string =>
  back || refunds.some(({ status }) => UNDER_WAY[status]) ? 'Your part' : 'You receive';

/** Extras bought after the fee changed have another one: then no single rate is true of the order. */
function feeLabel({ total_cents, fee_bps, fee_cents }: Workspace): string {
  const oneRate = splitFee(total_cents, fee_bps).feeCents === fee_cents;
  return oneRate ? `GigFlow fee, ${fee_bps / 100} %` : 'GigFlow fee';
}

const UNDER_WAY: Partial<Record<RefundStatus, string>> = {
  requested: 'Refund on its way',
  pending: 'Refund on its way',
  waiting_for_balance: 'Refund waits for the seller’s balance',
  paused: 'Refund waits for the bank’s decision',
  failed: 'Refund did not go through, we are on it',
};

const WRITTEN_OFF = 'Refund that could not be sent';

/** A refund has its own state: the order's is the decision, this is the money. */
function refundsUnderWay(order: Workspace, money: (cents: number) => { amount: string; cents: number }): Row[] {
  const sums = new Map<string, number>();
  for (const { status, amount_cents: cents, written_off_at } of order.refunds) {
    const label = written_off_at ? WRITTEN_OFF : UNDER_WAY[status];
    if (label) sums.set(label, (sums.get(label) ?? 0) + cents);
  }
  return [...sums].map(([label, cents]) => ({ label, ...money(-cents), kind: 'minor' as const }));
}

function terms(order: Workspace, zone: string): Row[] {
  const { revisions_used: used, revisions_allowed: allowed } = order;
  if (ENDED.includes(order.status)) return [];
  const due = WORKING.includes(order.status) ? order.due_at : null;
  return [
    ...(due ? [{ label: 'Due', amount: dateTime(due, zone), kind: 'minor' as const }] : []),
    { label: 'Rounds of changes', amount: allowed ? `${used} of ${allowed} used` : 'none', kind: 'minor' },
  ];
}

function itemLabel(order: Workspace, { kind, title, quantity }: Workspace['items'][number]): string {
  if (kind === 'package') return `${capital(order.package_tier)} × ${quantity}`;
  return quantity > 1 ? `${title} × ${quantity}` : title;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
