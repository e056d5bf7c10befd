import type { Transaction } from '../database.ts';
import { tellAdmins } from './notification.ts';

type RefundNews = 'sent' | 'failed' | 'waiting' | 'written_off';

const TOLD: Record<RefundNews, { buyer?: boolean; seller?: boolean; admin?: boolean }> = {
  sent: { buyer: true, seller: true },
  failed: { buyer: true, admin: true },
  waiting: { buyer: true, seller: true, admin: true },
  written_off: { buyer: true },
};

interface About {
  order_id: string | null;
  amount_cents: number;
  currency: string;
  buyer_id: string | null;
  guest_buyer_id: string | null;
  seller_id: string | null;
  title: string | null;
  whop_payment_id: string;
}

/** Tells everybody whom it concerns what became of a refund, as the system actor and in the transaction that found out. */
export async function tellOfRefund(
  trx: Transaction,
  refundId: string,
  news: RefundNews,
  reason: string | null = null,
): Promise<void> {
  const about = (await trx('refunds as r')
    .join('whop_payments as p', 'p.id', 'r.payment_id')
    .leftJoin('orders as o', 'o.id', 'r.order_id')
    .leftJoin('whop_checkout_configs as c', 'c.id', 'p.checkout_id')
    .leftJoin('seller_accounts as a', 'a.whop_company_id', 'p.whop_company_id')
    .where('r.id', refundId)
    .first({
      order_id: 'r.order_id',
      amount_cents: 'r.amount_cents',
      currency: 'r.currency',
      whop_payment_id: 'p.whop_payment_id',
      seller_id: 'a.user_id',
      buyer_id: trx.raw('coalesce(o.buyer_id, c.buyer_id)'),
      guest_buyer_id: trx.raw('case when o.buyer_id is null then coalesce(o.guest_buyer_id, c.guest_buyer_id) end'),
      title: trx.raw(`coalesce(o.title, c.scope ->> 'title')`),
    } as never)) as unknown as About;
  const kind = `refund.${news}`;
  const { order_id, amount_cents: cents, currency } = about;
  const data = { cents, currency, title: about.title ?? `payment ${about.whop_payment_id}`, ...(reason && { reason }) };
  const told = TOLD[news];
  if (told.buyer && (about.buyer_id || about.guest_buyer_id)) {
    const { buyer_id: user_id, guest_buyer_id } = about;
    const whom = user_id ? { user_id } : { guest_buyer_id };
    await trx('notifications').insert({ ...whom, kind, order_id, data: JSON.stringify({ role: 'buyer', ...data }) });
  }
  if (told.seller && about.seller_id) {
    const whom = { user_id: about.seller_id };
    await trx('notifications').insert({ ...whom, kind, order_id, data: JSON.stringify({ role: 'seller', ...data }) });
  }
  if (told.admin) await tellAdmins(trx, kind, order_id, { ...data, refund: refundId });
}

/** Tells a seller that his withdrawal came to nothing, as the system actor. */
export const tellOfFailedWithdrawal = (
  trx: Transaction,
  withdrawal: { sellerId: string; amountCents: number; currency: string; reason: string | null },
): Promise<unknown> =>
  trx('notifications').insert({
    user_id: withdrawal.sellerId,
    kind: 'withdrawal.failed',
    data: JSON.stringify({
      role: 'seller',
      cents: withdrawal.amountCents,
      currency: withdrawal.currency,
      ...(withdrawal.reason && { reason: withdrawal.reason }),
    }),
  });
