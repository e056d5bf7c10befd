import type { Transaction } from '../database.ts';

export interface MonthOfEarnings {
  /** `2026-11`, in the seller's time zone. */
  month: string;
  orders: number;
  paid_cents: number;
  fee_cents: number;
  received_cents: number;
}

/**
 * What a seller's completed orders brought in, by the month of their first completion, oldest first. Refunds are taken off,
 * and the fee that came back with them; tips and Whop's processing costs are not in it.
 */
export async function earningsOf(
  trx: Transaction,
  sellerId: string,
  zone: string,
  months: number,
): Promise<MonthOfEarnings[]> {
  const { rows } = await trx.raw<{ rows: MonthOfEarnings[] }>(
    `select month, count(*) as orders, sum(paid) as paid_cents, sum(paid - received) as fee_cents, sum(received) as received_cents
     from (
       select to_char(o.completed_at at time zone :zone, 'YYYY-MM') as month, o.total_cents - o.refunded_cents as paid,
         o.seller_cents - o.refunded_cents + coalesce((
           select sum(f.amount_cents) from fee_returns f join refunds r on r.id = f.refund_id
           where r.order_id = o.id and f.status = 'succeeded'), 0) as received
       from orders o
       where o.seller_id = :sellerId and o.status = 'completed'
         and o.completed_at >= (date_trunc('month', app_now() at time zone :zone) - make_interval(months => :months - 1)) at time zone :zone
     ) completed
     group by month order by month`,
    { sellerId, zone, months },
  );
  return rows;
}
