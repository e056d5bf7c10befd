import type { ADMIN_ORDER_TABS } from '../../forms/admin-order-forms.ts';
import type { AdminDispute, AdminOrder, AdminOrderFilter } from '../../models/order/admin-list.ts';
import { allows, ORDER_PROCESS, ORDER_STATUSES, type OrderTransition } from '../../models/order/order-process.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { formatMoney } from '../../money/format.ts';
import { paths } from '../../paths.ts';
import { decide } from '../../policies/order-policy.ts';
import { dateTime, plural } from '../dates.ts';
import type { Reader } from '../order/facts.ts';

const TABS: Record<(typeof ADMIN_ORDER_TABS)[number], string> = {
  all: 'All',
  disputed: 'In dispute',
  late: 'Late',
  suspended: 'Of suspended people',
};

const words = (name: string): string => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');

/** A page of all orders, with the filter as it is set. */
export function presentAdminOrders(orders: AdminOrder[], filter: AdminOrderFilter, size: number, zone: string) {
  const { tab, status, q } = filter;
  const query = { tab: tab === 'all' ? undefined : tab, status, q };
  const shown = orders.slice(0, size);
  return {
    q: q ?? '',
    tab,
    tabs: Object.entries(TABS).map(([name, text]) => ({
      text,
      href: paths.adminOrders({ ...query, tab: name === 'all' ? undefined : name }),
      current: name === tab,
    })),
    statuses: [{ value: '', text: 'Any state' }, ...ORDER_STATUSES.map((value) => ({ value, text: words(value) }))],
    status: status ?? '',
    rows: shown.map((order) => ({
      href: paths.adminOrder(order.id),
      title: order.title,
      status: order.status,
      text: `${order.id.slice(0, 8)} from ${order.buyer_name ?? 'a guest'} with ${order.seller_name}, ${dateTime(order.created_at, zone)}`,
      amount: formatMoney(order.total_cents, order.currency),
      cents: order.total_cents,
    })),
    pager: orders.length > size ? { next: paths.adminOrders({ ...query, after: shown.at(-1)!.id }) } : null,
  };
}

const OPENERS: Record<string, string> = { buyer: 'the buyer', seller: 'the seller', clock: 'the clock' };

export const presentDisputes = (disputes: AdminDispute[], open: boolean, zone: string) => ({
  tabs: [
    { text: 'Open', href: paths.adminDisputes(), current: open },
    { text: 'Closed', href: paths.adminDisputes({ tab: 'closed' }), current: !open },
  ],
  rows: disputes.map((dispute) => ({
    href: dispute.source === 'whop' ? paths.adminBankDispute(dispute.id) : paths.adminOrder(dispute.order_id),
    title: dispute.title,
    badge: open
      ? { tone: 'bad', icon: 'warning', text: 'Open' }
      : { tone: 'quiet', icon: 'done', text: words(dispute.status) },
    by: dispute.source === 'whop' ? 'the bank' : (OPENERS[dispute.opened_by ?? ''] ?? 'one side'),
    when: dateTime(dispute.opened_at, zone),
    reason: dispute.reason,
    statements: plural(dispute.statements, 'statement'),
  })),
  open,
});

/** The transitions that end a dispute have a form of their own. */
const RESOLUTIONS: OrderTransition[] = ['resolve_refund', 'resolve_split', 'resolve_release'];
const ANSWERS: OrderTransition[] = [
  'withdraw_cancellation',
  'decline_cancellation',
  'accept_cancellation',
  'lapse_cancellation',
  'escalate_cancellation',
];

/** What this admin may decide now; a reason instead when he may not. */
export function presentAdminOrder(order: Workspace, { asker }: Reader) {
  const decision = decide(asker, order);
  const isOpen = (kind: string) => order.proposals.some((one) => one.kind === kind && one.status === 'open');
  const bank = order.disputes.some(({ source, status }) => source === 'whop' && status === 'open');
  const possible = (Object.keys(ORDER_PROCESS) as OrderTransition[]).filter(
    (name) =>
      allows(name, order.status, 'admin') &&
      !RESOLUTIONS.includes(name) &&
      (name !== 'settle' || isOpen('settlement')) &&
      (!ANSWERS.includes(name) || isOpen('cancellation')),
  );
  return {
    refused: decision.allowed ? null : decision.reason,
    bank,
    resolution: decision.allowed && order.status === 'disputed' && !bank ? paths.adminOrderResolution(order.id) : null,
    left: { text: formatMoney(order.left_cents, order.currency), cents: order.left_cents },
    transitions: decision.allowed && possible.length ? paths.adminOrderTransitions(order.id) : null,
    options: [{ value: '', text: 'Choose' }, ...possible.map((value) => ({ value, text: words(value) }))],
    refund: decision.allowed && order.left_cents > 0 ? paths.adminOrderRefund(order.id) : null,
  };
}
