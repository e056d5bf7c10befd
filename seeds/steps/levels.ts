import type { Stage } from './stage.ts';

/** Levels by the rule of product.md section 5, counted from the story's own orders as the nightly job counts them. */
export async function seedLevels({ trx }: Stage): Promise<void> {
  await trx.raw(`
    with record as (
      select o.seller_id, count(*) as completed,
        (select avg(r.rating) from reviews r where r.subject_id = o.seller_id and r.author_role = 'buyer'
           and r.published_at > app_now() - interval '12 months' and r.hidden_at is null) as rating,
        avg((c.remaining >= interval '0')::int) as on_time
      from orders o left join lateral (
        select remaining from order_clock where order_id = o.id and transition = 'deliver' order by at limit 1) c on true
      where o.status = 'completed' and o.completed_at > app_now() - interval '12 months'
      group by o.seller_id)
    update profiles p set level = case
        when completed >= 100 and rating >= 4.8 and on_time >= 0.95 then 3
        when completed >= 25 and rating >= 4.6 and on_time >= 0.90 then 2
        when completed >= 5 and rating >= 4.4 and on_time >= 0.85 then 1
        else 0 end
    from record where record.seller_id = p.user_id`);
}
