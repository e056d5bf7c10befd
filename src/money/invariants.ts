import type { Transaction } from '../database.ts';

export type CellKind = 'text' | 'money' | 'order' | 'payment' | 'refund' | 'dispute' | 'webhooks' | 'when';

/** What must always be true of the money (product.md section 6). A row that a query finds is a row that is wrong. */
export interface Invariant {
  name: string;
  title: string;
  /** What to do about a red light. */
  remedy: string;
  columns: { key: string; text: string; kind: CellKind }[];
  broken: string;
  /** How much was looked at: rows of { count, noun }. */
  seen: string;
}

const text = (key: string, label: string) => ({ key, text: label, kind: 'text' as const });
const money = (key: string, label: string) => ({ key, text: label, kind: 'money' as const });
const order = { key: 'order_id', text: 'Order', kind: 'order' as const };
const payment = { key: 'payment_id', text: 'Payment', kind: 'payment' as const };
const refund = { key: 'refund_id', text: 'Refund', kind: 'refund' as const };
const since = { key: 'since', text: 'Since', kind: 'when' as const };

const LIVE = `r.status not in ('failed', 'superseded')`;
const goneOf = (
  payments: string,
) => `coalesce((select sum(r.amount_cents) from refunds r where r.payment_id = ${payments}.id and r.status = 'succeeded'), 0)
  + coalesce((select sum(d.lost_cents) from disputes d where d.payment_id = ${payments}.id), 0)`;
const promisedOf = (
  payments: string,
) => `coalesce((select sum(r.amount_cents) from refunds r where r.payment_id = ${payments}.id and (${LIVE} or r.written_off_at is not null)), 0)
  + coalesce((select sum(d.lost_cents) from disputes d where d.payment_id = ${payments}.id), 0)`;

export const INVARIANTS: Invariant[] = [
  {
    name: 'fee-taken',
    title: 'The fee was really taken',
    remedy: 'Read the payment again from Whop. When Whop stays with it, write the difference down as a loss.',
    columns: [
      payment,
      order,
      text('seller', 'Seller'),
      money('paid', 'Paid'),
      money('expected', 'Fee expected'),
      money('taken', 'Fee taken'),
      money('missing', 'Missing'),
    ],
    broken: `select payment_id, whop_payment_id, order_id, seller, paid, expected, taken, expected - taken as missing from (
        select p.id as payment_id, p.whop_payment_id, p.order_id, s.display_name as seller, p.total_cents as paid, p.created_at, coalesce(p.fee_cents, 0) as taken,
          coalesce((select l.amount_cents from ledger_entries l where l.cause = 'sale' and l.cause_id = p.id::text and l.account = 'platform'), 0) as expected
        from whop_payments p join whop_checkout_configs c on c.id = p.checkout_id left join profiles s on s.user_id = c.seller_id
        where p.disposition = 'applied'
          and not exists (select 1 from ledger_entries l where l.cause = 'adjustment' and l.cause_id = p.id::text || ':fee')) fees
      where expected <> taken order by created_at`,
    seen: `select count(*)::integer as count, 'payment' as noun from whop_payments where disposition = 'applied'`,
  },
  {
    name: 'ledger-zero',
    title: 'Every order’s ledger rows sum to zero',
    remedy:
      'Nothing in GigFlow can write such rows: look for a hand in the database, and book the difference as an adjustment.',
    columns: [text('cause', 'Cause'), order, money('sum', 'Sum')],
    broken: `select cause || ' ' || cause_id as cause, min(order_id::text) as order_id, sum(amount_cents)::bigint as sum from ledger_entries group by cause, cause_id having sum(amount_cents) <> 0
      union all select 'all of the order', order_id::text, sum(amount_cents)::bigint from ledger_entries where order_id is not null group by order_id having sum(amount_cents) <> 0`,
    seen: `select count(*)::integer as count, 'row' as noun from ledger_entries union all select count(distinct order_id)::integer, 'order' from ledger_entries`,
  },
  {
    name: 'payment-without-order',
    title: 'No paid payment without its effect',
    remedy: 'Refund the payment, or match it with the checkout that it was for.',
    columns: [payment, text('note', 'Why'), text('company', 'Paid to'), money('paid', 'Paid'), since],
    broken: `select p.id as payment_id, p.whop_payment_id, coalesce(p.note, p.disposition) as note, p.whop_company_id as company, p.total_cents as paid, p.created_at as since
      from whop_payments p left join whop_checkout_configs c on c.id = p.checkout_id
      where p.status = 'paid' and (
        p.disposition in ('seen', 'mismatch', 'unmatched', 'late', 'second', 'refused') and ${promisedOf('p')} < p.total_cents
        or p.disposition = 'applied' and p.order_id is null and c.purpose <> 'post')
      order by p.created_at`,
    seen: `select count(*)::integer as count, 'payment' as noun from whop_payments where status = 'paid'`,
  },
  {
    name: 'order-without-payment',
    title: 'No order without a payment',
    remedy:
      'Read the payment again from Whop. An order that nobody paid is cancelled; Whop’s support explains a payment that vanished.',
    columns: [order, text('status', 'State'), text('seller', 'Seller'), money('total', 'Total'), since],
    broken: `select o.id as order_id, o.status::text, s.display_name as seller, o.total_cents as total, o.created_at as since
      from orders o left join profiles s on s.user_id = o.seller_id
      where not exists (select 1 from whop_payments p where p.checkout_id = o.checkout_id and p.disposition = 'applied' and p.status = 'paid' and p.order_id = o.id)
      order by o.created_at`,
    seen: `select count(*)::integer as count, 'order' as noun from orders`,
  },
  {
    name: 'books-complete',
    title: 'Every payment, refund and payout is in the books',
    remedy: 'Read the payment again from Whop: what is missing is booked then.',
    columns: [payment, text('what', 'What'), order, money('amount', 'Amount')],
    broken: `select p.id as payment_id, p.whop_payment_id, 'sale' as what, p.order_id, p.total_cents as amount from whop_payments p
        where p.disposition = 'applied' and not exists (select 1 from ledger_entries l where l.cause = 'sale' and l.cause_id = p.id::text)
      union all select p.id, p.whop_payment_id, 'refund', r.order_id, r.amount_cents from refunds r join whop_payments p on p.id = r.payment_id
        join seller_accounts s on s.whop_company_id = p.whop_company_id
        where r.status = 'succeeded' and not exists (select 1 from ledger_entries l where l.cause = 'refund' and l.cause_id = r.whop_refund_id)
      union all select p.id, p.whop_payment_id, 'lost dispute', d.order_id, d.lost_cents from disputes d join whop_payments p on p.id = d.payment_id
        where d.lost_cents > 0 and not exists (select 1 from ledger_entries l where l.cause = 'dispute' and l.cause_id = d.whop_dispute_id)
      union all select null, null, 'payout ' || w.whop_withdrawal_id, null, w.amount_cents from withdrawals w
        where w.status = 'completed' and not exists (select 1 from ledger_entries l where l.cause = 'payout' and l.cause_id = w.whop_withdrawal_id)`,
    seen: `select count(*)::integer as count, 'row' as noun from ledger_entries`,
  },
  {
    name: 'refund-totals',
    title: 'Refunds add up to what was refunded',
    remedy: 'Read the payment again from Whop: refunds that began there get their rows, and the order is counted anew.',
    columns: [payment, order, text('where', 'Where'), money('counted', 'Counted'), money('refunds', 'Refunds')],
    broken: `select * from (
        select null::uuid as payment_id, null as whop_payment_id, o.id as order_id, 'order' as where, o.refunded_cents as counted,
          (select coalesce(sum(${goneOf('p')}), 0) from whop_payments p join whop_checkout_configs c on c.id = p.checkout_id
            where p.order_id = o.id and p.disposition = 'applied' and c.purpose <> 'tip') as refunds
        from orders o
        union all
        select p.id, p.whop_payment_id, p.order_id, 'Whop', p.refunded_cents, coalesce((select sum(r.amount_cents) from refunds r where r.payment_id = p.id and r.status = 'succeeded'), 0)
        from whop_payments p) totals
      where counted <> refunds
      union all
      select p.id, p.whop_payment_id, p.order_id, 'more than was paid', p.total_cents, ${promisedOf('p')} from whop_payments p where ${promisedOf('p')} > p.total_cents`,
    seen: `select count(*)::integer as count, 'refund' as noun from refunds`,
  },
  {
    name: 'refunds-owed',
    title: 'Cancelled and refunded orders give everything back',
    remedy: 'Refund the rest on the order’s page.',
    columns: [order, text('status', 'State'), money('paid', 'Paid'), money('owed', 'Not on its way')],
    broken: `select * from (
        select o.id as order_id, o.status::text, sum(p.total_cents)::bigint as paid, sum(p.total_cents - (${promisedOf('p')}))::bigint as owed
        from orders o join whop_payments p on p.order_id = o.id and p.disposition = 'applied' join whop_checkout_configs c on c.id = p.checkout_id and c.purpose <> 'tip'
        where o.status in ('cancelled', 'refunded') group by o.id) ended
      where owed > 0`,
    seen: `select count(*)::integer as count, 'ended order' as noun from orders where status in ('cancelled', 'refunded')`,
  },
  {
    name: 'fee-returns',
    title: 'The fee went back with each refund',
    remedy: 'The platform’s balance at Whop must cover it. A failed return is tried again from its refund’s page.',
    columns: [
      refund,
      order,
      text('seller', 'Seller'),
      money('due', 'Due'),
      money('returned', 'Returned'),
      text('error', 'Whop says'),
    ],
    broken: `select r.id as refund_id, r.order_id, s.display_name as seller, r.fee_cents as due,
        coalesce(case when f.status = 'succeeded' then f.amount_cents end, 0) as returned, coalesce(f.error, f.status, 'not asked for') as error
      from refunds r left join fee_returns f on f.refund_id = r.id left join orders o on o.id = r.order_id left join profiles s on s.user_id = o.seller_id
      where r.status = 'succeeded' and r.fee_cents > 0 and (f.id is null or f.amount_cents <> r.fee_cents or f.status = 'failed'
        or f.status <> 'succeeded' and f.created_at < app_now() - interval '1 hour')`,
    seen: `select count(*)::integer as count, 'fee return' as noun from fee_returns`,
  },
  {
    name: 'refunds-decided',
    title: 'No refund waits for a decision',
    remedy: 'Open the refund: try again, pay it from the platform, or write it off.',
    columns: [refund, order, text('status', 'State'), money('amount', 'Amount'), text('error', 'Whop says'), since],
    broken: `select r.id as refund_id, r.order_id, r.status, r.amount_cents as amount, coalesce(r.error, '') as error, coalesce(r.waiting_since, r.created_at) as since from refunds r
      where r.status = 'failed' and r.written_off_at is null and r.cause <> 'whop' or r.status = 'waiting_for_balance' and r.waiting_since < app_now() - interval '14 days'
      order by r.created_at`,
    seen: `select count(*)::integer as count, 'refund' as noun from refunds`,
  },
  {
    name: 'stuck',
    title: 'Nothing stuck for more than an hour',
    remedy:
      'Is Whop reachable (npm run doctor)? The sweeper tries all of them again; a dead event is replayed in the inbox.',
    columns: [text('what', 'What'), { key: 'id', text: 'Id', kind: 'text' }, text('error', 'Error'), since],
    broken: `select * from (
        select 'refund' as what, r.id::text, coalesce(r.error, r.status) as error, r.updated_at as since from refunds r where r.status = 'requested'
        union all select 'refund at the bank', r.id::text, r.status, r.updated_at + interval '7 days' from refunds r where r.status = 'pending'
        union all select 'withdrawal', w.id::text, coalesce(w.error, w.status), w.created_at from withdrawals w where w.status = 'requested' and w.whop_withdrawal_id is null
        union all select 'checkout', c.id::text, c.status, c.created_at + interval '25 hours' from whop_checkout_configs c where c.status in ('creating', 'open')
        union all select 'webhook', e.id, coalesce(e.error, e.status), e.received_at from webhook_events e where e.status = 'pending'
        union all select 'dead webhook', e.id, coalesce(e.error, e.status), e.received_at - interval '1 hour' from webhook_events e where e.status = 'dead') waiting
      where since < app_now() - interval '1 hour' order by since limit 200`,
    seen: `select ((select count(*) from refunds where status in ('requested', 'pending')) + (select count(*) from withdrawals where status = 'requested')
      + (select count(*) from webhook_events where status in ('pending', 'dead')))::integer as count, 'row' as noun`,
  },
  {
    name: 'disputes-old',
    title: 'No dispute open for more than five days',
    remedy: 'A dispute between buyer and seller is decided on the order; a bank’s needs evidence before its date.',
    columns: [
      { key: 'dispute_id', text: 'Dispute', kind: 'dispute' },
      order,
      text('source', 'With'),
      text('reason', 'Reason'),
      money('amount', 'Amount'),
      since,
    ],
    broken: `select d.id as dispute_id, d.order_id, case d.source when 'whop' then 'the bank' else 'buyer and seller' end as source, d.reason, coalesce(d.amount_cents, o.total_cents) as amount, d.opened_at as since
      from disputes d left join orders o on o.id = d.order_id where d.status = 'open' and d.opened_at < app_now() - interval '5 days' order by d.opened_at`,
    seen: `select count(*)::integer as count, 'open dispute' as noun from disputes where status = 'open'`,
  },
  {
    name: 'after-the-end',
    title: 'No bank case on an order that has ended',
    remedy: 'The order stays as it ended. Send evidence of the refund to the bank.',
    columns: [
      { key: 'dispute_id', text: 'Dispute', kind: 'dispute' },
      order,
      text('status', 'State'),
      money('amount', 'Amount'),
      since,
    ],
    broken: `select d.id as dispute_id, d.order_id, o.status::text, coalesce(d.amount_cents, 0) as amount, d.opened_at as since
      from disputes d join orders o on o.id = d.order_id where d.source = 'whop' and d.status = 'open' and o.status in ('cancelled', 'refunded') order by d.opened_at`,
    seen: `select count(*)::integer as count, 'bank case' as noun from disputes where source = 'whop'`,
  },
];

export interface Finding {
  invariant: Invariant;
  rows: Record<string, unknown>[];
  /** How many are wrong, when there are more than the rows shown. */
  count: number;
  seen: { count: number; noun: string }[];
}

const SHOWN = 50;

/** Looks at all of them; as the system actor or an admin. */
export async function checkInvariants(trx: Transaction): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const invariant of INVARIANTS) {
    const { rows } = await trx.raw<{ rows: Record<string, unknown>[] }>(invariant.broken);
    const { rows: seen } = await trx.raw<{ rows: Finding['seen'] }>(invariant.seen);
    findings.push({ invariant, rows: rows.slice(0, SHOWN), count: rows.length, seen });
  }
  return findings;
}
