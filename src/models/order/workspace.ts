import type { Transaction } from '../../database.ts';
import type { Answer, Requirement } from './requirements.ts';
import type { Dates } from './deadlines.ts';
import { MESSAGES_SHOWN, type MessageRow } from './messages.ts';
import type { WhopChatState } from '../whop-dm-channel.ts';
import type { GigExtra } from '../gig-document.ts';
import type { RefundStatus } from '../refund.ts';
import type { OrderRow } from './order.ts';
import { PROPOSAL_COLUMNS, type Proposal } from './proposals.ts';
import type { OrderActor, OrderStatus, OrderTransition } from './order-process.ts';

export interface Workspace extends OrderRow, Dates {
  resume_status: OrderStatus | null;
  package_tier: string;
  package_title: string;
  currency: string;
  total_cents: number;
  fee_bps: number;
  fee_cents: number;
  seller_cents: number;
  refunded_cents: number;
  tips_cents: number;
  /** What can still go back. */
  left_cents: number;
  seller_name: string;
  seller_username: string;
  /** Null for a guest. */
  buyer_name: string | null;
  buyer_username: string | null;
  buyer_avatar: string | null;
  seller_avatar: string | null;
  items: {
    kind: 'package' | 'extra' | 'tip' | 'offer';
    extra_id: string | null;
    title: string;
    quantity: number;
    total_cents: number;
  }[];
  requirements: (Requirement & { answer: Answer })[];
  deliveries: { id: string; number: number; message: string; links: string[]; created_at: Date }[];
  /** All that was sent, and to each side what it keeps in its own draft. */
  files: OrderFile[];
  draft: { message: string; links: string; updated_at: Date } | null;
  /** The buyer's own, by question; null for everyone else. */
  brief_draft: { answers: Record<string, Answer>; updated_at: Date } | null;
  transitions: TransitionRow[];
  clock: ClockRow[];
  /** The newest, oldest first; one more than are shown when there are earlier ones. */
  messages: MessageRow[];
  /** How far each side has read them. */
  reads: { role: 'buyer' | 'seller'; last_number: number }[];
  reviews: ReviewRow[];
  cancellation: { by_role: 'buyer' | 'seller'; reason: string; answer_by: Date; created_at: Date } | null;
  /** How both sides stand with Whop's chat; null for a guest's order. */
  whop_chat: WhopChatState | null;
  /** What the reader was told of this order and has not read. */
  unread_news?: number;
  proposals: Proposal[];
  disputes: DisputeRow[];
  statements: StatementRow[];
  refunds: {
    amount_cents: number;
    /** The fee's share, which goes back to the seller. */
    fee_cents: number;
    status: RefundStatus;
    written_off_at: Date | null;
    created_at: Date;
  }[];
  /** What the gig offered besides, frozen; the buyer alone sees his checkout. */
  offered_extras: GigExtra[] | null;
  dispute: { source: 'party' | 'whop'; opened_by: string | null; reason: string; opened_at: Date } | null;
}

export interface OrderFile {
  id: string;
  name: string;
  byte_size: number;
  sha256: string;
  draft: boolean;
  requirement_id: string | null;
  delivery_id: string | null;
  message_id: string | null;
  statement_id: string | null;
}

export interface DisputeRow {
  id: string;
  source: 'party' | 'whop';
  opened_by: 'buyer' | 'seller' | 'clock' | null;
  status: 'open' | 'withdrawn' | 'resolved' | 'won' | 'lost' | 'closed';
  reason: string;
  opened_at: Date;
}

export interface StatementRow {
  id: string;
  author_role: 'buyer' | 'seller' | 'admin';
  body: string;
  created_at: Date;
}

export interface TransitionRow {
  transition: OrderTransition | 'create';
  to_status: OrderStatus;
  actor: OrderActor;
  reason: string | null;
  created_at: Date;
}

export interface ClockRow {
  event: 'start' | 'stop' | 'extend';
  transition: string;
  due_at: Date | null;
  /** Seconds that were left when the clock stopped; negative when it was late. */
  remaining: number | null;
  at: Date;
}

export interface ReviewRow {
  author_role: 'buyer' | 'seller';
  author_name: string;
  rating: number;
  body: string;
  reply: string | null;
  created_at: Date;
  published_at: Date | null;
}

const list = (columns: string, table: string, order: string, where = '') =>
  `(select coalesce(json_agg(t order by ${order}), '[]') from (select ${columns} from ${table} where order_id = o.id ${where}) t)`;
const one = (columns: string, table: string, where = '') =>
  `(select row_to_json(t) from (select ${columns} from ${table} where order_id = o.id ${where} limit 1) t)`;

const QUERY = `
  select o.*, refundable_cents(o.id) as left_cents, order_whop_chat(o.id) as whop_chat,
    (select count(*) from notifications n where n.order_id = o.id and n.user_id = app_actor_id() and n.read_at is null) as unread_news,
    s.display_name as seller_name, s.username as seller_username, s.avatar_id as seller_avatar,
    b.display_name as buyer_name, b.username as buyer_username, b.avatar_id as buyer_avatar,
    ${list('kind, extra_id, title, quantity, total_cents, position', 'order_items', 't.position')} as items,
    ${list('id, kind, label, required, choices, answer, position', 'order_requirements', 't.position')} as requirements,
    ${list('id, number, message, links, created_at', 'order_deliveries', 't.number')} as deliveries,
    ${list('id, name, byte_size, sha256, draft, requirement_id, delivery_id, message_id, statement_id, created_at', 'attachments', 't.created_at', 'and finalised_at is not null')} as files,
    ${one('message, links, updated_at', 'order_delivery_drafts')} as draft,
    ${one('answers, updated_at', 'order_brief_drafts')} as brief_draft,
    ${list('number, transition, to_status, actor, reason, created_at', 'order_transitions', 't.number')} as transitions,
    ${list('event, transition, due_at, extract(epoch from remaining) as remaining, at', 'order_clock', 't.at')} as clock,
    ${list('id, number, sender_id, sender_guest_id, body, created_at', 'order_messages', 't.number', `order by number desc limit ${MESSAGES_SHOWN + 1}`)} as messages,
    ${list('role, last_number', 'order_reads', 't.role')} as reads,
    ${list('author_role, author_name, rating, body, reply, created_at, published_at', 'reviews', 't.created_at')} as reviews,
    ${one('by_role, reason, answer_by, created_at', 'proposals', `and kind = 'cancellation' and status = 'open'`)} as cancellation,
    ${list(PROPOSAL_COLUMNS, 'proposals', 't.created_at')} as proposals,
    ${list('id, source, opened_by, status, reason, opened_at', 'disputes', 't.opened_at')} as disputes,
    (select coalesce(json_agg(t order by t.created_at), '[]') from (select s.id, s.author_role, s.body, s.created_at
      from dispute_statements s join disputes d on d.id = s.dispute_id where d.order_id = o.id) t) as statements,
    ${list('amount_cents, fee_cents, status, written_off_at, created_at', 'refunds', 't.created_at')} as refunds,
    (select c.scope -> 'offeredExtras' from whop_checkout_configs c where c.id = o.checkout_id) as offered_extras,
    (select t.created_at from order_transitions t where t.order_id = o.id and t.transition = 'cancel_late') as cancelled_late_at,
    ${one('source, opened_by, reason, opened_at', 'disputes', `and status = 'open' order by opened_at desc`)} as dispute
  from orders o
    join profiles s on s.user_id = o.seller_id
    left join profiles b on b.user_id = o.buyer_id
  where o.id = ?`;

const DATES = new Set([
  'created_at',
  'updated_at',
  'at',
  'due_at',
  'published_at',
  'answer_by',
  'answered_at',
  'opened_at',
]);

/** Everything that the workspace shows, in one round trip; undefined when the asker may not see the order. */
export async function findWorkspace(trx: Transaction, id: string): Promise<Workspace | undefined> {
  const { rows } = await trx.raw<{ rows: Workspace[] }>(QUERY, [id]);
  const row = rows[0];
  if (!row) return undefined;
  for (const part of Object.values(row)) {
    for (const nested of Array.isArray(part) ? part : [part]) reviveDates(nested);
  }
  return row;
}

/** JSON carries dates as text. */
function reviveDates(row: unknown): void {
  if (typeof row !== 'object' || row === null || row instanceof Date) return;
  const fields = row as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (DATES.has(key) && typeof value === 'string') fields[key] = new Date(value);
  }
}
