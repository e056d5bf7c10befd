import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';

export interface Deadline {
  order_id: string;
  title: string;
  role: 'buyer' | 'seller';
  kind: 'due' | 'auto_complete' | 'answer';
  at: Date;
}

const signature = (config: Config, userId: string): string =>
  createHmac('sha256', config.encryptionKey).update(`calendar:${userId}`).digest('base64url');

/** The secret of a person's calendar feed. Derived, so that nothing has to be stored. */
export const calendarToken = (config: Config, userId: string): string => `${userId}.${signature(config, userId)}`;

/** Whose feed this is; null when the token is not ours. */
export function calendarOwner(config: Config, token: string): string | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(token);
  if (!match) return null;
  const [, userId, given] = match;
  return timingSafeEqual(Buffer.from(given!), Buffer.from(signature(config, userId!))) ? userId! : null;
}

/** The dates that run for a person: work to hand in, deliveries that accept themselves, requests to answer. */
export const deadlinesOf = (trx: Transaction, userId: string): Promise<Deadline[]> =>
  trx
    .raw<{ rows: Deadline[] }>(
      `select * from (
         select o.id as order_id, o.title, case when o.seller_id = :me then 'seller' else 'buyer' end as role, 'due' as kind, o.due_at as at
           from orders o where o.status in ('in_progress', 'revision_requested') and o.due_at is not null
         union all
         select o.id, o.title, case when o.seller_id = :me then 'seller' else 'buyer' end, 'auto_complete', o.auto_complete_at
           from orders o where o.status = 'delivered' and o.auto_complete_at is not null
         union all
         select o.id, o.title, case when o.seller_id = :me then 'seller' else 'buyer' end, 'answer', p.answer_by
           from proposals p join orders o on o.id = p.order_id
           where p.status = 'open' and p.by_role <> case when o.seller_id = :me then 'seller' else 'buyer' end) d
       where d.order_id in (select id from orders where buyer_id = :me or seller_id = :me)
       order by d.at`,
      { me: userId },
    )
    .then(({ rows }) => rows);
