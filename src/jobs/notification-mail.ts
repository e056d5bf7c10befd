import type { Transaction } from '../database.ts';
import { notificationMail as mailFor } from '../mail/notification.ts';
import { ABOUT_MONEY, type NewsData } from '../models/notification.ts';
import { wantsMail } from '../models/notification-settings.ts';
import { amountOf, topicOf } from '../presenters/notification.ts';
import type { Services } from '../services.ts';

interface Row {
  kind: string;
  data: NewsData;
  mailed_at: Date | null;
  read_at: Date | null;
  withdrawn_at: Date | null;
  user_id: string | null;
  email: string | null;
  guest_id: string | null;
  order_id: string | null;
  conversation_id: string | null;
  title: string | null;
  other_name: string | null;
  reason: string | null;
  cents: number | null;
  currency: string | null;
}

const find = (trx: Transaction, id: string): Promise<Row | undefined> =>
  trx('notifications as n')
    .leftJoin('orders as o', 'o.id', 'n.order_id')
    .leftJoin('conversations as c', 'c.id', 'n.conversation_id')
    .leftJoin('gigs as i', 'i.id', 'c.gig_id')
    .leftJoin('users as u', 'u.id', 'n.user_id')
    .leftJoin('guest_buyers as g', 'g.id', 'n.guest_buyer_id')
    .joinRaw(
      `left join profiles p on p.user_id = case when n.data ->> 'role' = 'buyer'
        then coalesce(o.seller_id, c.seller_id) else coalesce(o.buyer_id, c.buyer_id) end`,
    )
    .where('n.id', id)
    .first<Row | undefined>(
      trx.raw(`n.kind, n.data, n.mailed_at, n.read_at, n.withdrawn_at, n.user_id, coalesce(u.email, g.email) as email, g.id as guest_id,
        o.id as order_id, n.conversation_id, coalesce(o.title, i.title, n.data ->> 'title') as title, p.display_name as other_name,
        coalesce(n.data ->> 'reason', (select t.reason from order_transitions t
          where t.order_id = o.id and 'order.' || t.transition = n.kind order by t.number desc limit 1)) as reason, ${ABOUT_MONEY}`),
    );

/**
 * Mails one notification, once, to whoever wants mails of its kind. A message that was read, or a reminder whose
 * cause is gone, needs no mail.
 * A crash between sending and marking may send it a second time, never lose it.
 */
export async function notificationMail(services: Services, id: string): Promise<void> {
  const { database, config, mailer } = services;
  const found = await database.withSystem('jobs', async (trx) => {
    const row = await find(trx, id);
    return row && { row, wanted: row.user_id === null || (await wantsMail(trx, row.user_id, topicOf(row.kind))) };
  });
  if (!found || !mailer) return;
  const { row, wanted } = found;
  const seen = row.kind === 'message' && row.read_at !== null;
  const over = seen || row.withdrawn_at !== null;
  if (!row.email || row.mailed_at || !wanted || over) return;
  const mail = mailFor(config, {
    kind: row.kind,
    role: row.data.role,
    data: row.data,
    orderId: row.order_id,
    conversationId: row.conversation_id,
    title: row.title ?? 'your conversation',
    otherName: row.other_name,
    reason: row.reason,
    amount: amountOf(row),
    guestId: row.guest_id,
  });
  await mailer.send({ to: row.email, ...mail });
  await database.withSystem('jobs', (trx) =>
    trx('notifications')
      .where({ id })
      .update({ mailed_at: trx.raw('app_now()') }),
  );
}
