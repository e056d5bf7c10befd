import type { Transaction } from '../database.ts';
import type { PaymentRow } from './payment.ts';
import type { RefundRow } from './refund.ts';

/** What an admin looks at when money needs him; row level security lets only admins see all of it. */

export interface RefundLine extends RefundRow {
  title: string | null;
  whop_payment_id: string;
}

const refundLines = (trx: Transaction) =>
  trx('refunds as r')
    .join('whop_payments as p', 'p.id', 'r.payment_id')
    .leftJoin('orders as o', 'o.id', 'r.order_id')
    .select('r.*', 'o.title', 'p.whop_payment_id');

/** Refunds that are not at their end, oldest first. */
export const refundsUnderWay = (trx: Transaction): Promise<RefundLine[]> =>
  refundLines(trx)
    .whereIn('r.status', ['requested', 'pending', 'waiting_for_balance', 'paused'])
    .orderBy('r.created_at')
    .limit(100);

export const refundsOfPayment = (trx: Transaction, paymentId: string): Promise<RefundLine[]> =>
  refundLines(trx).where('r.payment_id', paymentId).orderBy('r.created_at');

export const findRefund = (trx: Transaction, id: string): Promise<RefundLine | undefined> =>
  refundLines(trx).where('r.id', id).first();

export interface PaymentDetail extends PaymentRow {
  seller_name: string | null;
  title: string | null;
  purpose: string | null;
  expected_cents: number | null;
  expected_fee_cents: number | null;
}

export const findPayment = (trx: Transaction, id: string): Promise<PaymentDetail | undefined> =>
  trx('whop_payments as p')
    .leftJoin('whop_checkout_configs as c', 'c.id', 'p.checkout_id')
    .leftJoin('seller_accounts as a', 'a.whop_company_id', 'p.whop_company_id')
    .leftJoin('profiles as s', 's.user_id', 'a.user_id')
    .where('p.id', id)
    .first<PaymentDetail | undefined>('p.*', {
      seller_name: 's.display_name',
      title: trx.raw(`c.scope ->> 'title'`) as never,
      purpose: 'c.purpose',
      expected_cents: 'c.total_cents',
      expected_fee_cents: 'c.fee_cents',
    });

export interface BankDispute {
  id: string;
  order_id: string | null;
  payment_id: string;
  whop_dispute_id: string;
  whop_payment_id: string;
  whop_status: string;
  status: string;
  amount_cents: number;
  lost_cents: number;
  currency: string;
  reason: string;
  evidence_due_at: Date | null;
  evidence: string | null;
  evidence_sent_at: Date | null;
  opened_at: Date;
  title: string | null;
}

const bankDisputes = (trx: Transaction) =>
  trx('disputes as d')
    .join('whop_payments as p', 'p.id', 'd.payment_id')
    .leftJoin('orders as o', 'o.id', 'd.order_id')
    .where('d.source', 'whop')
    .select('d.*', 'o.title', 'p.currency');

export const openBankDisputes = (trx: Transaction): Promise<BankDispute[]> =>
  bankDisputes(trx).where('d.status', 'open').orderBy('d.evidence_due_at').limit(100);

export const findBankDispute = (trx: Transaction, id: string): Promise<BankDispute | undefined> =>
  bankDisputes(trx).where('d.id', id).first();

export interface AlertLine {
  id: string;
  order_id: string | null;
  kind: string;
  amount_cents: number | null;
  created_at: Date;
  title: string | null;
}

/** Early warnings of the last 30 days, newest first. */
export const recentAlerts = (trx: Transaction): Promise<AlertLine[]> =>
  trx('dispute_alerts as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .whereRaw(`a.created_at > app_now() - interval '30 days'`)
    .orderBy('a.created_at', 'desc')
    .limit(50)
    .select('a.*', 'o.title');

export const lastCheckRun = (trx: Transaction): Promise<{ ran_at: Date } | undefined> =>
  trx('money_check_runs').orderBy('ran_at', 'desc').first<{ ran_at: Date } | undefined>('ran_at');
