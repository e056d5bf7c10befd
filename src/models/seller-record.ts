import type { Transaction } from '../database.ts';
import { levelOf } from './level.ts';
import type { OrderStatus } from './order/order-process.ts';

/** What everybody may know of a seller's work, as it was counted last. */
export interface SellerRecord {
  completed: number;
  stars: number;
  reviews: number;
  on_time: number;
  due: number;
  replies: number;
  /** Median time to the first reply, over 90 days. */
  reply_minutes: number | null;
  level: number;
  counted_at: Date;
}

/** One order that counts: completed in the last 12 months, or due in them. */
export interface CountedOrder {
  order_id: string;
  seller_id: string;
  title: string;
  status: OrderStatus;
  completed_at: Date | null;
  /** Null when no delivery was due in this time. */
  on_time: boolean | null;
  stars: number | null;
}

/**
 * The orders of the last 12 months that make a level. The first delivery counts, by the clock of the order; an order that ended
 * because nothing came counts as late; one that was cancelled otherwise does not count (product.md section 5).
 */
const COUNTED = `
  select o.id as order_id, o.seller_id, o.title, o.status,
    case when o.status = 'completed' and o.completed_at > since.at then o.completed_at end as completed_at,
    case when first.at > since.at then first.remaining >= interval '0' when late.at > since.at then false end as on_time,
    r.rating as stars
  from (select app_now() - interval '12 months' as at) since
  cross join orders o
  left join lateral (
    select c.at, c.remaining from order_clock c where c.order_id = o.id and c.transition = 'deliver' order by c.at limit 1) first on true
  left join lateral (
    select t.created_at as at from order_transitions t
    where t.order_id = o.id and t.transition in ('cancel_late', 'dispute_late') order by t.number desc limit 1) late on true
  left join reviews r on r.order_id = o.id and r.author_role = 'buyer' and r.hidden_at is null and r.published_at > since.at
  where o.created_at > since.at - interval '2 years'`;

const REPLIES = `
  select seller_id, count(*)::int as replies,
    round(percentile_cont(0.5) within group (order by extract(epoch from answered - asked) / 60))::int as reply_minutes
  from (
    select c.seller_id, asked.at as asked, answer.at as answered
    from conversations c
    cross join lateral (
      select min(m.created_at) as at from order_messages m where m.conversation_id = c.id and m.sender_id = c.buyer_id) asked
    cross join lateral (
      select min(m.created_at) as at from order_messages m
      where m.conversation_id = c.id and m.sender_id = c.seller_id and m.created_at > asked.at) answer
    where c.created_at > app_now() - interval '90 days' and answer.at is not null) first_replies
  group by seller_id`;

/** Counts every seller's work afresh, as the system actor, and sets the levels that follow. @returns how many levels changed */
export async function recountSellers(trx: Transaction): Promise<{ sellers: number; changed: number }> {
  const { rows } = await trx.raw<{ rows: (Omit<SellerRecord, 'level' | 'counted_at'> & { seller_id: string })[] }>(`
    with counted as materialized (${COUNTED}), replied as (${REPLIES})
    select s.user_id as seller_id, count(c.completed_at)::int as completed,
      coalesce(sum(c.stars), 0)::int as stars, count(c.stars)::int as reviews,
      count(*) filter (where c.on_time)::int as on_time, count(c.on_time)::int as due,
      coalesce(max(r.replies), 0) as replies, max(r.reply_minutes) as reply_minutes
    from seller_accounts s left join counted c on c.seller_id = s.user_id left join replied r on r.seller_id = s.user_id
    group by s.user_id`);
  const records = rows.map((row) => ({
    ...row,
    level: levelOf({ ...row, onTime: row.on_time }),
    counted_at: trx.raw('app_now()'),
  }));
  for (let start = 0; start < records.length; start += 500) {
    await trx('seller_records')
      .insert(records.slice(start, start + 500))
      .onConflict('seller_id')
      .merge();
  }
  const changed = await trx.raw<{ rowCount: number }>(
    `update profiles p set level = r.level from seller_records r where r.seller_id = p.user_id and p.level <> r.level`,
  );
  return { sellers: rows.length, changed: changed.rowCount };
}

export const findRecord = (trx: Transaction, sellerId: string): Promise<SellerRecord | undefined> =>
  trx<SellerRecord & { seller_id: string }>('seller_records').where({ seller_id: sellerId }).first();

/** The orders behind a seller's level, the newest first: row level security shows them to him and to admins. */
export async function countedOrders(trx: Transaction, sellerId: string, limit: number): Promise<CountedOrder[]> {
  const { rows } = await trx.raw<{ rows: CountedOrder[] }>(
    `select * from (${COUNTED} and o.seller_id = :sellerId) counted
     where completed_at is not null or on_time is not null
     order by completed_at desc nulls last, order_id limit :limit`,
    { sellerId, limit },
  );
  return rows;
}
