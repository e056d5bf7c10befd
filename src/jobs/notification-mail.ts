import { orderNotification } from '../mail/order-notification.ts';
import type { NewsRole } from '../models/notification.ts';
import type { Services } from '../services.ts';

interface Row {
  kind: string;
  data: { role: NewsRole };
  mailed_at: Date | null;
  email: string | null;
  guest_id: string | null;
  order_id: string;
  title: string;
  other_name: string | null;
  reason: string | null;
}

/** Mails one notification, once. A crash between sending and marking may send it a second time, never lose it. */
export async function notificationMail(services: Services, id: string): Promise<void> {
  const { database, config, mailer } = services;
  const row = await database.withSystem('jobs', (trx) =>
    trx('notifications as n')
      .join('orders as o', 'o.id', 'n.order_id')
      .leftJoin('users as u', 'u.id', 'n.user_id')
      .leftJoin('guest_buyers as g', 'g.id', 'n.guest_buyer_id')
      .leftJoin('profiles as s', 's.user_id', 'o.seller_id')
      .leftJoin('profiles as b', 'b.user_id', 'o.buyer_id')
      .where('n.id', id)
      .first<Row | undefined>(
        trx.raw(`n.kind, n.data, n.mailed_at, coalesce(u.email, g.email) as email, g.id as guest_id, o.id as order_id, o.title,
          case when n.data ->> 'role' = 'buyer' then s.display_name else b.display_name end as other_name,
          (select t.reason from order_transitions t where t.order_id = o.id and 'order.' || t.transition = n.kind order by t.number desc limit 1) as reason`),
      ),
  );
  if (!row || row.mailed_at || !row.email || !mailer) return;
  const mail = orderNotification(config, {
    kind: row.kind,
    role: row.data.role,
    orderId: row.order_id,
    title: row.title,
    otherName: row.other_name,
    reason: row.reason,
    guestId: row.guest_id,
  });
  if (mail) await mailer.send({ to: row.email, ...mail });
  await database.withSystem('jobs', (trx) =>
    trx('notifications')
      .where({ id })
      .update({ mailed_at: trx.raw('app_now()') }),
  );
}
