import type { ListedOrder, OrderPage, OrderSide, OrderTab } from '../../models/order/order-list.ts';
import { ORDER_TABS } from '../../models/order/order-list.ts';
import { formatMoney } from '../../money/format.ts';
import { paths } from '../../paths.ts';
import { dateTime } from '../dates.ts';
import { workspacePath } from './page.ts';

interface List {
  side: OrderSide;
  tab: OrderTab;
  /** What was searched, as it was typed. */
  q?: string;
  counts: Record<OrderTab, number>;
  page: OrderPage;
  zone: string;
}

const TAB_WORDS: Record<OrderTab, string> = {
  open: 'Open',
  'needs-you': 'Needs you',
  late: 'Late',
  finished: 'Finished',
};

/** A tab of orders: rows, tabs with counts, pager, and what to say when there are none. */
export function presentOrderList({ side, tab, q, counts, page, zone }: List) {
  const address = side === 'seller' ? paths.sellerOrders : paths.orders;
  const query = (extra: Record<string, string> = {}) => address({ tab: tab === 'open' ? undefined : tab, q, ...extra });
  return {
    heading: side === 'seller' ? 'Orders to work on' : 'Your orders',
    action: address(),
    tab: tab === 'open' ? null : tab,
    q: q ?? '',
    tabs: ORDER_TABS.map((name) => ({
      text: TAB_WORDS[name],
      href: address({ tab: name === 'open' ? undefined : name, q }),
      count: counts[name],
      current: name === tab,
    })),
    rows: page.orders.map((order) => presentRow(order, side, zone)),
    pager: {
      prev: page.newer ? query({ before: page.newer }) : undefined,
      next: page.older ? query({ after: page.older }) : undefined,
    },
    searches: q !== undefined || ORDER_TABS.some((name) => counts[name] > 0),
    empty: q === undefined ? emptyWords(side, tab) : notFound(q, tab, counts, address),
  };
}

function presentRow(order: ListedOrder, side: OrderSide, zone: string) {
  const selling = side === 'seller';
  const cents = selling ? order.seller_cents : order.total_cents;
  return {
    href: workspacePath(order.id, selling ? 'seller' : 'buyer'),
    title: order.title,
    status: order.status,
    needsMe: order.needs_me,
    text: `Order ${order.id.slice(0, 8)} ${selling ? 'from' : 'with'} ${order.other_name ?? 'a guest'}`,
    when: dateWords(order, zone),
    amount: formatMoney(cents, order.currency),
    cents,
  };
}

function dateWords(order: ListedOrder, zone: string): string {
  const at = (date: Date | null) => (date ? dateTime(date, zone) : '');
  switch (order.status) {
    case 'in_progress':
    case 'revision_requested':
      return `due ${at(order.due_at)}`;
    case 'delivered':
      return `accepts itself ${at(order.auto_complete_at)}`;
    case 'completed':
      return `done ${at(order.completed_at)}`;
    default:
      return `placed ${at(order.created_at)}`;
  }
}

/** Nothing fits here; another tab may hold it. */
function notFound(q: string, tab: OrderTab, counts: Record<OrderTab, number>, address: typeof paths.orders) {
  const elsewhere = (['open', 'finished'] as const).find((name) => name !== tab && counts[name] > 0);
  return {
    title: `Nothing found for “${q}”`,
    text: 'Search by the title of an order, the name of the other side, or the beginning of the order’s number.',
    action: elsewhere
      ? {
          href: address({ tab: elsewhere === 'open' ? undefined : elsewhere, q }),
          text: `Look at ${counts[elsewhere]} under “${TAB_WORDS[elsewhere]}”`,
        }
      : { href: address(), text: 'Show all orders' },
  };
}

function emptyWords(side: OrderSide, tab: OrderTab) {
  if (tab === 'needs-you') {
    return { title: 'Nothing waits for you', text: 'Orders stand here when it is your turn.' };
  }
  if (tab === 'late') {
    return { title: 'Nothing is late', text: 'Orders stand here when their due date has passed without a delivery.' };
  }
  if (tab === 'finished') {
    return { title: 'No finished orders', text: 'Orders move here when they are accepted, cancelled or refunded.' };
  }
  if (side === 'seller') {
    return {
      title: 'No open orders',
      text: 'When somebody buys one of your gigs, the brief, the messages and the dates stand here.',
      action: { href: paths.sellerGigs, text: 'See your gigs' },
    };
  }
  return {
    title: 'No open orders',
    text: 'When you buy something, its brief, messages and dates stand here until you accept the work.',
    action: { href: paths.search(), text: 'Find a gig', primary: true },
  };
}
