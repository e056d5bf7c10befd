import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { tellAdmins } from './notification.ts';

interface AlertedPayment {
  order_id: string | null;
  seller_id: string | null;
  total_cents: number;
  currency: string;
}

/** Keeps an early warning once and tells the seller and the admins, as the system actor. */
export async function storeAlert(
  trx: Transaction,
  alert: { whopAlertId: string; whopPaymentId: string | null; kind: string; amountCents: number | null },
): Promise<void> {
  const payment = await trx('whop_payments as p')
    .leftJoin('orders as o', 'o.id', 'p.order_id')
    .where('p.whop_payment_id', alert.whopPaymentId)
    .first<AlertedPayment | undefined>('p.order_id', 'p.total_cents', 'p.currency', 'o.seller_id');
  const written = await trx('dispute_alerts')
    .insert({
      id: randomUUID(),
      whop_alert_id: alert.whopAlertId,
      whop_payment_id: alert.whopPaymentId,
      order_id: payment?.order_id ?? null,
      kind: alert.kind,
      amount_cents: alert.amountCents,
    })
    .onConflict('whop_alert_id')
    .ignore();
  if ((written as unknown as { rowCount: number }).rowCount === 0 || !payment?.order_id) return;
  const about = { cents: alert.amountCents ?? payment.total_cents, currency: payment.currency };
  await trx('notifications').insert({
    user_id: payment.seller_id,
    kind: 'order.dispute_alert',
    order_id: payment.order_id,
    data: JSON.stringify({ role: 'seller', ...about }),
  });
  await tellAdmins(trx, 'order.dispute_alert', payment.order_id, about);
}
