import { clock } from '../../clock.ts';
import type { AlertLine, BankDispute, PaymentDetail, RefundLine } from '../../models/money-desk.ts';
import { formatMoney } from '../../money/format.ts';
import type { CellKind, Finding } from '../../money/invariants.ts';
import { paths } from '../../paths.ts';
import { dateTime, plural, relative, timeOfDay } from '../dates.ts';

interface Reader {
  zone: string;
  currency: string;
}

const BADGES: Record<string, { tone: string; icon: string; text: string }> = {
  requested: { tone: 'wash', icon: 'clock', text: 'Asked for' },
  pending: { tone: 'wash', icon: 'clock', text: 'At the bank' },
  succeeded: { tone: 'good', icon: 'check', text: 'Through' },
  failed: { tone: 'bad', icon: 'close', text: 'Failed' },
  waiting_for_balance: { tone: 'warn', icon: 'hand', text: 'Waits for balance' },
  paused: { tone: 'warn', icon: 'pause', text: 'Paused by a dispute' },
  superseded: { tone: 'quiet', icon: 'ban', text: 'Not needed any more' },
  open: { tone: 'bad', icon: 'scale', text: 'Open' },
  won: { tone: 'good', icon: 'check', text: 'Won' },
  lost: { tone: 'bad', icon: 'close', text: 'Lost' },
  closed: { tone: 'quiet', icon: 'check', text: 'Closed' },
};
export const moneyBadge = (status: string) => BADGES[status] ?? { tone: 'quiet', icon: 'info', text: status };

const CAUSES: Record<string, string> = {
  cancellation: 'Cancelled',
  settlement: 'Settled',
  resolution: 'Dispute decided',
  admin: 'Asked for by an admin',
  second_payment: 'Second payment of one checkout',
  late_payment: 'Paid at the wrong moment',
  whop: 'Began at Whop',
};

const short = (id: string): string => id.slice(0, 8);

function cell(row: Record<string, unknown>, key: string, kind: CellKind, { zone, currency }: Reader): object | string {
  const value = row[key];
  if (value === null || value === undefined) return '–';
  if (kind === 'money') {
    const cents = Number(value);
    const amount = formatMoney(cents, currency);
    return key === 'missing' || key === 'owed' ? { text: amount, cents, tone: 'bad' } : { text: amount, cents };
  }
  const text = String(value);
  if (kind === 'order') return { text: short(text), href: paths.order(text) };
  if (kind === 'payment') return { text: String(row.whop_payment_id), href: paths.adminPayment(text) };
  if (kind === 'refund') return { text: short(text), href: paths.adminRefund(text) };
  if (kind === 'dispute') {
    const bank = row.source === undefined || row.source === 'the bank';
    return bank ? { text: short(text), href: paths.adminBankDispute(text) } : short(text);
  }
  if (kind === 'when') return dateTime(new Date(value as string), zone);
  return text;
}

function presentFinding({ invariant, rows, count, seen }: Finding, reader: Reader) {
  const looked = seen.map((part) => plural(part.count, part.noun)).join(', ');
  return {
    name: invariant.name,
    title: invariant.title,
    holds: count === 0,
    badge: count === 0 ? { tone: 'good', icon: 'check', text: 'Holds' } : { tone: 'bad', icon: 'close', text: 'Fails' },
    seen: count === 0 ? looked : `${count} wrong of ${looked}`,
    remedy: invariant.remedy,
    more: count > rows.length ? `The first ${rows.length} of ${count}.` : null,
    table: {
      caption: invariant.title,
      columns: invariant.columns.map(({ text, kind }) => ({ text, number: kind === 'money' })),
      rows: rows.map((row) => invariant.columns.map(({ key, kind }) => cell(row, key, kind, reader))),
    },
  };
}

export function presentRefund(refund: RefundLine, zone: string) {
  return {
    label: refund.title ?? `Payment ${refund.whop_payment_id}`,
    note: [CAUSES[refund.cause], relative(refund.created_at, zone), refund.error].filter(Boolean).join(' · '),
    amount: formatMoney(refund.amount_cents, refund.currency),
    cents: refund.amount_cents,
    badge: moneyBadge(refund.status),
    href: paths.adminRefund(refund.id),
  };
}

const presentDispute = (dispute: BankDispute, zone: string) => ({
  label: dispute.title ?? `Payment ${dispute.whop_payment_id}`,
  note: [
    dispute.reason.replaceAll('_', ' '),
    dispute.evidence_sent_at
      ? 'evidence sent'
      : dispute.evidence_due_at && `evidence until ${dateTime(dispute.evidence_due_at, zone)}`,
  ]
    .filter(Boolean)
    .join(' · '),
  amount: formatMoney(dispute.amount_cents, dispute.currency),
  cents: dispute.amount_cents,
  badge: moneyBadge(dispute.status),
  href: paths.adminBankDispute(dispute.id),
});

const presentAlert = (alert: AlertLine, reader: Reader) => ({
  label: alert.title ?? 'A payment without an order',
  note: `${alert.kind.replaceAll('_', ' ')} · ${relative(alert.created_at, reader.zone)} · a refund now may prevent a dispute`,
  amount: formatMoney(alert.amount_cents ?? 0, reader.currency),
  cents: alert.amount_cents ?? 0,
  badge: { tone: 'warn', icon: 'warning', text: 'Early warning' },
  href: alert.order_id ? paths.order(alert.order_id) : null,
});

export function presentMoney(
  desk: {
    findings: Finding[];
    refunds: RefundLine[];
    disputes: BankDispute[];
    alerts: AlertLine[];
    lastRun: { ran_at: Date } | undefined;
  },
  reader: Reader,
) {
  const checks = desk.findings.map((finding) => presentFinding(finding, reader));
  const failing = checks.filter(({ holds }) => !holds);
  return {
    ran: `Looked at now, ${timeOfDay(clock.now(), reader.zone)}. ${
      desk.lastRun
        ? `The job that logs it ran ${relative(desk.lastRun.ran_at, reader.zone)}.`
        : 'The job that logs it has not run yet.'
    }`,
    summary: failing.length
      ? {
          kind: 'bad',
          lead: `${failing.length} of ${plural(checks.length, 'check')} ${failing.length === 1 ? 'fails' : 'fail'}.`,
          text: 'No money moves by itself because of it; decide below.',
        }
      : { kind: 'good', text: `All ${checks.length} checks hold.` },
    checks: [...failing, ...checks.filter(({ holds }) => holds)],
    refunds: desk.refunds.map((refund) => presentRefund(refund, reader.zone)),
    disputes: desk.disputes.map((dispute) => presentDispute(dispute, reader.zone)),
    alerts: desk.alerts.map((alert) => presentAlert(alert, reader)),
  };
}

const DISPOSITIONS: Record<string, string> = {
  seen: 'Seen, not decided',
  applied: 'Applied',
  second: 'Second payment, goes back by itself',
  refused: 'Paid at the wrong moment, goes back by itself',
  mismatch: 'Does not fit its checkout',
  unmatched: 'Belongs to no checkout',
  late: 'Came after its checkout had ended',
};

export function presentPayment(payment: PaymentDetail, zone: string) {
  const amount = (cents: number | null) => (cents === null ? 'unknown' : formatMoney(cents, payment.currency || 'usd'));
  const facts = [
    { label: 'At GigFlow', value: DISPOSITIONS[payment.disposition] ?? payment.disposition },
    { label: 'At Whop', value: payment.status },
    ...(payment.note ? [{ label: 'Why', value: payment.note }] : []),
    { label: 'Paid', value: amount(payment.total_cents) },
    ...(payment.expected_cents === null ? [] : [{ label: 'Price', value: amount(payment.expected_cents) }]),
    { label: 'Fee taken', value: amount(payment.fee_cents ?? 0) },
    ...(payment.expected_fee_cents === null
      ? []
      : [{ label: 'Fee agreed', value: amount(payment.expected_fee_cents) }]),
    { label: 'Seller', value: payment.seller_name ?? payment.whop_company_id ?? 'unknown' },
    ...(payment.title ? [{ label: 'For', value: payment.title }] : []),
    ...(payment.order_id
      ? [{ label: 'Order', value: short(payment.order_id), href: paths.order(payment.order_id) }]
      : []),
    { label: 'When', value: dateTime(payment.paid_at ?? payment.created_at, zone) },
  ];
  return { id: payment.id, whopId: payment.whop_payment_id, facts };
}

export const refundFacts = (refund: RefundLine, zone: string) => [
  { label: 'Why', value: CAUSES[refund.cause] ?? refund.cause },
  ...(refund.reason ? [{ label: 'Reason', value: refund.reason }] : []),
  { label: 'Amount', value: formatMoney(refund.amount_cents, refund.currency) },
  {
    label: 'Platform fee',
    value:
      refund.fee_cents > 0
        ? `${formatMoney(refund.fee_cents, refund.currency)} goes back to the seller`
        : 'stays as it is',
  },
  { label: 'Payment', value: refund.whop_payment_id, href: paths.adminPayment(refund.payment_id) },
  ...(refund.order_id ? [{ label: 'Order', value: short(refund.order_id), href: paths.order(refund.order_id) }] : []),
  ...(refund.error ? [{ label: 'Last answer', value: refund.error }] : []),
  ...(refund.waiting_since ? [{ label: 'Waits since', value: dateTime(refund.waiting_since, zone) }] : []),
  ...(refund.next_attempt_at ? [{ label: 'Next try', value: dateTime(refund.next_attempt_at, zone) }] : []),
  { label: 'Asked for', value: dateTime(refund.created_at, zone) },
];

export const disputeFacts = (dispute: BankDispute, zone: string) => [
  { label: 'At Whop', value: dispute.whop_status.replaceAll('_', ' ') },
  { label: 'Reason', value: dispute.reason.replaceAll('_', ' ') || 'none given' },
  { label: 'Amount', value: formatMoney(dispute.amount_cents, dispute.currency) },
  ...(dispute.lost_cents > 0 ? [{ label: 'Lost', value: formatMoney(dispute.lost_cents, dispute.currency) }] : []),
  { label: 'Payment', value: dispute.whop_payment_id, href: paths.adminPayment(dispute.payment_id) },
  ...(dispute.order_id
    ? [{ label: 'Order', value: short(dispute.order_id), href: paths.order(dispute.order_id) }]
    : []),
  { label: 'Opened', value: dateTime(dispute.opened_at, zone) },
  ...(dispute.evidence_due_at ? [{ label: 'Evidence until', value: dateTime(dispute.evidence_due_at, zone) }] : []),
];
