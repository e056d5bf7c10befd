import type { Transaction } from '../../database.ts';
import type { OrderStatus } from './order-process.ts';

export type OrderSide = 'buyer' | 'guest' | 'seller';
export const ORDER_TABS = ['open', 'needs-you', 'late', 'finished'] as const;
export type OrderTab = (typeof ORDER_TABS)[number];

export interface ListedOrder {
  id: string;
  title: string;
  status: OrderStatus;
  needs_me: boolean;
  other_name: string | null;
  total_cents: number;
  seller_cents: number;
  currency: string;
  due_at: Date | null;
  auto_complete_at: Date | null;
  completed_at: Date | null;
  created_at: Date;
}

export interface OrderPage {
  orders: ListedOrder[];
  /** Ids to continue from, in either direction. */
  newer: string | null;
  older: string | null;
}

const PAGE = 20;
const COLUMN = { buyer: 'buyer_id', guest: 'guest_buyer_id', seller: 'seller_id' } as const;
const LATE = `(o.status in ('in_progress', 'revision_requested') and o.due_at < app_now())`;
const FINISHED = `('completed', 'cancelled', 'refunded')`;

const askedByOther = (other: 'buyer' | 'seller') =>
  `exists (select 1 from proposals p where p.order_id = o.id and p.status = 'open' and p.by_role = '${other}')`;
const needsMe = (side: OrderSide) =>
  side === 'seller'
    ? `(o.status in ('in_progress', 'revision_requested') or ${askedByOther('buyer')})`
    : `(o.status in ('awaiting_requirements', 'delivered') or ${askedByOther('seller')})`;

const tabRule = (side: OrderSide, tab: OrderTab) =>
  ({
    open: `o.status not in ${FINISHED}`,
    'needs-you': needsMe(side),
    late: LATE,
    finished: `o.status in ${FINISHED}`,
  })[tab];

/** A person's own orders are few, and found by their index; among those the words are looked for one by one. */
const ordersOf = (side: OrderSide, q: string | undefined) =>
  `from orders o left join profiles p on p.user_id = ${side === 'seller' ? 'o.buyer_id' : 'o.seller_id'}
   where o.${COLUMN[side]} = :me
     ${
       q
         ? `and (starts_with(o.id::text, lower(:q)) or strpos(lower(o.title), lower(:q)) > 0
              or strpos(lower(p.display_name), lower(:q)) > 0 or starts_with('@' || lower(p.username), lower(:q)))`
         : ''
     }`;

/** How many orders stand behind each tab, among those that hold the searched words. */
export async function countOrders(
  trx: Transaction,
  side: OrderSide,
  me: string,
  q?: string,
): Promise<Record<OrderTab, number>> {
  const counts = ORDER_TABS.map((tab) => `count(*) filter (where ${tabRule(side, tab)}) as "${tab}"`).join(', ');
  const { rows } = await trx.raw<{ rows: Record<OrderTab, number>[] }>(`select ${counts} ${ordersOf(side, q)}`, {
    me,
    q: q ?? '',
  });
  return rows[0]!;
}

/** One page of a tab, newest first. `q` is a number's beginning, or a part of the title or of the other side's name; `after` and `before` are ids of orders at the page's edges (keyset paging). */
export async function listOrders(
  trx: Transaction,
  side: OrderSide,
  me: string,
  { tab, q, after, before }: { tab: OrderTab; q?: string; after?: string; before?: string },
): Promise<OrderPage> {
  const edge = before ?? after;
  const backwards = before !== undefined;
  const { rows } = await trx.raw<{ rows: ListedOrder[] }>(
    `select o.id, o.title, o.status, ${needsMe(side)} as needs_me, p.display_name as other_name, o.total_cents, o.seller_cents,
            o.currency, o.due_at, o.auto_complete_at, o.completed_at, o.created_at
     ${ordersOf(side, q)} and ${tabRule(side, tab)}
       ${edge ? `and (o.created_at, o.id) ${backwards ? '>' : '<'} (select e.created_at, e.id from orders e where e.id = :edge)` : ''}
     order by o.created_at ${backwards ? 'asc, o.id asc' : 'desc, o.id desc'}
     limit ${PAGE + 1}`,
    { me, edge: edge ?? null, q: q ?? '' },
  );
  const more = rows.length > PAGE;
  const orders = backwards ? rows.slice(0, PAGE).reverse() : rows.slice(0, PAGE);
  const first = orders[0]?.id ?? null;
  const last = orders.at(-1)?.id ?? null;
  return {
    orders,
    newer: (backwards ? more : after !== undefined) ? first : null,
    older: backwards || more ? last : null,
  };
}
