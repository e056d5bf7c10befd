import type { Transaction } from '../database.ts';

/** As whom a person is told. */
export type NewsRole = 'buyer' | 'seller' | 'admin';

/** What a piece of news carries besides its kind; ids name what an admin has to decide. */
export interface NewsData {
  role: NewsRole;
  cents?: number;
  currency?: string;
  reason?: string;
  refund?: string;
  dispute?: string;
}

export interface NotificationRow {
  id: string;
  kind: string;
  order_id: string | null;
  conversation_id: string | null;
  data: NewsData;
  title: string | null;
  other_name: string | null;
  cents: number | null;
  currency: string | null;
  created_at: Date;
  read_at: Date | null;
}

/** SQL over `n` and its order `o`: the money that a piece of news is about. A bank's case is told by the order's own transition. */
export const ABOUT_MONEY = `coalesce((n.data ->> 'cents')::integer, case when n.kind in ('order.open_chargeback', 'order.close_chargeback') then
    (select d.amount_cents from disputes d where d.order_id = o.id and d.source = 'whop' order by d.opened_at desc limit 1) end) as cents,
  coalesce(n.data ->> 'currency', o.currency) as currency`;

/** How many a page of the list shows. */
export const NOTIFICATIONS_SHOWN = 50;

/**
 * What a person was told, newest first; one more than are shown when there are older ones.
 * @param before id of the last one of the page before
 */
export const listNotifications = (trx: Transaction, userId: string, before?: string): Promise<NotificationRow[]> =>
  trx('notifications as n')
    .leftJoin('orders as o', 'o.id', 'n.order_id')
    .leftJoin('conversations as c', 'c.id', 'n.conversation_id')
    .leftJoin('gig_listings as l', 'l.gig_id', 'c.gig_id')
    .joinRaw(
      `left join profiles p on p.user_id = case when n.data ->> 'role' = 'buyer'
        then coalesce(o.seller_id, c.seller_id) else coalesce(o.buyer_id, c.buyer_id) end`,
    )
    .where('n.user_id', userId)
    .whereNull('n.withdrawn_at')
    .modify(
      (query) =>
        void (
          before &&
          query.whereRaw('(n.created_at, n.id) < (select x.created_at, x.id from notifications x where x.id = ?)', [
            before,
          ])
        ),
    )
    .orderBy([
      { column: 'n.created_at', order: 'desc' },
      { column: 'n.id', order: 'desc' },
    ])
    .limit(NOTIFICATIONS_SHOWN + 1)
    .select(
      'n.id',
      'n.kind',
      'n.order_id',
      'n.conversation_id',
      'n.data',
      trx.raw(`coalesce(o.title, l.title, n.data ->> 'title') as title`),
      'p.display_name as other_name',
      trx.raw(ABOUT_MONEY),
      'n.created_at',
      'n.read_at',
    );

/** Marks a person's news as read: all of it, or what an order or a conversation brought. @returns how many were unread */
export const markRead = (
  trx: Transaction,
  userId: string,
  about: { order_id?: string; conversation_id?: string } = {},
): Promise<number> =>
  trx('notifications')
    .where({ user_id: userId, ...about })
    .whereNull('read_at')
    .update({ read_at: trx.raw('app_now()') });

/** Every admin hears of something; as the system actor. */
export const tellAdmins = (
  trx: Transaction,
  kind: string,
  orderId: string | null,
  about: Omit<NewsData, 'role'> & { title?: string } = {},
): Promise<unknown> =>
  trx.raw(
    `insert into notifications (user_id, kind, order_id, data, created_at)
     select id, ?, ?, ?::jsonb, app_now() from users where role = 'admin' and suspended_at is null`,
    [kind, orderId, JSON.stringify({ role: 'admin', ...about })],
  );
