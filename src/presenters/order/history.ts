import type { OrderTransition } from '../../models/order/order-process.ts';
import type { ClockRow, TransitionRow, Workspace } from '../../models/order/workspace.ts';
import { formatMoney } from '../../money/format.ts';
import { dateTime, plural, relative } from '../dates.ts';
import { firstName } from '../names.ts';
import type { Reader } from './facts.ts';

interface HistoryEvent {
  what: string;
  who?: string;
  when: string;
  at?: string;
  /** What the clock did. */
  note?: string;
  next?: boolean;
}

const WORDS: Record<OrderTransition | 'create', string> = {
  create: 'Paid',
  submit_requirements: 'Brief sent',
  deliver: 'Delivered',
  request_revision: 'Changes asked',
  accept_delivery: 'Accepted',
  auto_complete: 'Accepted by itself',
  request_cancellation: 'Cancellation asked',
  withdraw_cancellation: 'Request withdrawn',
  decline_cancellation: 'Request declined',
  accept_cancellation: 'Cancelled',
  lapse_cancellation: 'Cancelled, no answer came',
  escalate_cancellation: 'Dispute opened, no answer came',
  cancel_unstarted: 'Cancelled before the work began',
  cancel_late: 'Cancelled, nothing was delivered',
  cancel_suspended: 'Cancelled, the other side was suspended',
  dispute_late: 'Delay reported',
  open_dispute: 'Problem reported',
  withdraw_dispute: 'Report withdrawn',
  open_chargeback: 'Bank dispute opened',
  close_chargeback: 'Bank dispute closed',
  refund_in_full: 'Refunded',
  resolve_refund: 'Refund decided',
  resolve_split: 'Part refund decided',
  resolve_release: 'Payment to the seller decided',
  settle: 'Settled with a part refund',
};

/** What happened, oldest first, with every stop and start of the clock, and what comes next (views/shared/_history). */
export function presentHistory(order: Workspace, reader: Reader): HistoryEvent[] {
  const next = presentNext(order, reader);
  return [...presentPast(order, reader).map(({ event }) => event), ...(next ? [next] : [])];
}

/** What happened and when, oldest first. */
export function presentPast(order: Workspace, reader: Reader): { at: Date; event: HistoryEvent }[] {
  const spoken = new Set(order.transitions.map(keyOf));
  const extensions = order.clock.filter((row) => !spoken.has(keyOf({ ...row, created_at: row.at })));
  return [
    ...order.transitions.map((row) => ({ at: row.created_at, event: presentTransition(order, row, reader) })),
    ...extensions.map((row) => ({ at: row.at, event: presentExtension(row, reader) })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The last thing that happened, as a sentence: `Accepted by you today, 09:11.` */
export function lastEvent(order: Workspace, reader: Reader): string {
  const last = order.transitions.at(-1);
  if (!last || last.transition === 'create') return '';
  return `${WORDS[last.transition]}${doer(order, last, reader)} ${relative(last.created_at, reader.zone)}.`;
}

const keyOf = (row: { transition: string; created_at: Date }): string =>
  `${row.transition} ${row.created_at.getTime()}`;

function presentTransition(order: Workspace, row: TransitionRow, reader: Reader): HistoryEvent {
  const clock = order.clock.find((stop) => keyOf({ ...stop, created_at: stop.at }) === keyOf(row));
  return {
    what: WORDS[row.transition],
    who: row.transition === 'create' ? `, ${formatMoney(order.total_cents, order.currency)}` : doer(order, row, reader),
    when: dateTime(row.created_at, reader.zone),
    at: row.created_at.toISOString(),
    note: clock && clockWords(clock, reader.zone),
  };
}

function doer(order: Workspace, { actor }: TransitionRow, { role }: Reader): string {
  if (actor === 'clock' || actor === 'whop') return '';
  if (actor === 'admin') return ' by GigFlow';
  if (actor === role) return ' by you';
  if (actor === 'seller') return ` by ${firstName(order.seller_name)}`;
  return ` by ${order.buyer_name ? firstName(order.buyer_name) : 'the buyer'}`;
}

function clockWords({ event, due_at: due, remaining }: ClockRow, zone: string): string {
  if (event === 'stop')
    return remaining !== null && remaining < 0 ? 'Clock stopped, late' : `Clock stopped, ${spell(remaining)} left`;
  return due ? `Due ${dateTime(due, zone)}` : 'Clock started';
}

function presentExtension(row: ClockRow, { zone }: Reader): HistoryEvent {
  return { what: 'More time', when: dateTime(row.at, zone), at: row.at.toISOString(), note: clockWords(row, zone) };
}

function presentNext(order: Workspace, { role, zone }: Reader): HistoryEvent | null {
  const by = (date: Date | null) => (date ? `by ${dateTime(date, zone)}` : '');
  switch (order.status) {
    case 'awaiting_requirements':
      return { what: 'Brief', when: role === 'buyer' ? 'from you' : 'from the buyer', next: true };
    case 'in_progress':
      return { what: role === 'seller' ? 'Deliver' : 'Delivery', when: by(order.due_at), next: true };
    case 'revision_requested':
      return { what: role === 'seller' ? 'Deliver the changes' : 'Next delivery', when: by(order.due_at), next: true };
    case 'delivered':
      return {
        what: 'Accepts itself',
        who: role === 'buyer' ? ' unless you act' : ' unless the buyer acts',
        when: order.auto_complete_at ? dateTime(order.auto_complete_at, zone) : '',
        next: true,
      };
    default:
      return null;
  }
}

/** Seconds as people say them: `1 day 7 h`, `5 h`, `12 min`. */
function spell(seconds: number | null): string {
  const minutes = Math.max(0, Math.floor((seconds ?? 0) / 60));
  if (minutes < 60) return `${minutes} min`;
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  return [days ? plural(days, 'day') : '', hours ? `${hours} h` : ''].filter(Boolean).join(' ');
}
