import type { Transaction } from '../../database.ts';
import type { OrderStatus } from './order-process.ts';

export interface AdminOrder {
  id: string;
  title: string;
  status: OrderStatus;
  buyer_name: string | null;
  seller_name: string;
  total_cents: number;
  currency: string;
  created_at: Date;
  due_at: Date | null;
}

export interface AdminOrderFilter {
  tab: 'all' | 'disputed' | 'late' | 'suspended';
  status?: OrderStatus;
  q?: string;
  after?: string;
}

const OPEN = `o.status not in ('completed', 'cancelled', 'refunded')`;
const TABS: Record<AdminOrderFilter['tab'], string> = {
  all: 'true',
  disputed: `o.status = 'disputed'`,
  late: `o.status in ('in_progress', 'revision_requested') and o.due_at < app_now()`,
  suspended: `${OPEN} and (o.seller_suspended or exists (select 1 from users u where u.id in (o.buyer_id, o.seller_id) and u.suspended_at is not null))`,
};

/** All orders for an admin, newest first; `after` is the id of the last one on the page before. */
export async function listForAdmin(
  trx: Transaction,
  { tab, status, q, after }: AdminOrderFilter,
  limit: number,
): Promise<AdminOrder[]> {
  const { rows } = await trx.raw<{ rows: AdminOrder[] }>(
    `select o.id, o.title, o.status, b.display_name as buyer_name, s.display_name as seller_name, o.total_cents, o.currency, o.created_at, o.due_at
     from orders o join profiles s on s.user_id = o.seller_id left join profiles b on b.user_id = o.buyer_id
     where ${TABS[tab]} and (:status::order_status is null or o.status = :status::order_status)
       and (:q::text is null or o.id::text like lower(:q) || '%' or strpos(lower(o.title), lower(:q)) > 0
            or strpos(lower(s.display_name), lower(:q)) > 0 or strpos(lower(b.display_name), lower(:q)) > 0)
       and (:after::uuid is null or (o.created_at, o.id) < (select e.created_at, e.id from orders e where e.id = :after::uuid))
     order by o.created_at desc, o.id desc limit :limit`,
    { status: status ?? null, q: q || null, after: after ?? null, limit },
  );
  return rows;
}

export interface AdminDispute {
  id: string;
  order_id: string;
  title: string;
  source: 'party' | 'whop';
  opened_by: string | null;
  status: string;
  reason: string;
  opened_at: Date;
  statements: number;
}

/** Disputes between people and with banks, the oldest open one first. */
export const listDisputes = (trx: Transaction, open: boolean, limit: number): Promise<AdminDispute[]> =>
  trx('disputes as d')
    .join('orders as o', 'o.id', 'd.order_id')
    .modify((query) => void (open ? query.where('d.status', 'open') : query.whereNot('d.status', 'open')))
    .orderBy('d.opened_at', open ? 'asc' : 'desc')
    .limit(limit)
    .select<AdminDispute[]>(
      'd.id',
      'd.order_id',
      'o.title',
      'd.source',
      'd.opened_by',
      'd.status',
      'd.reason',
      'd.opened_at',
      trx.raw('(select count(*)::integer from dispute_statements s where s.dispute_id = d.id) as statements'),
    );
