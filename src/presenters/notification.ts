import type { NewsRole, NotificationRow } from '../models/notification.ts';
import { formatMoney } from '../money/format.ts';
import { paths } from '../paths.ts';
import { relative } from './dates.ts';
import { ANY_CHANGE, WORDS, type Topic } from './notification-words.ts';
import { workspacePath } from './order/page.ts';

/** One thing that happened, as far as its words need it. */
export interface News {
  kind: string;
  role: NewsRole;
  title: string;
  /** Null for somebody without a name: a guest, a former member. */
  otherName: string | null;
  reason: string | null;
  /** The money that it is about, as a person reads it. */
  amount?: string | null;
}

const OTHER = { buyer: 'The seller', seller: 'The buyer', admin: 'Somebody' };

/** The words for a piece of news, for the page and for the mail. `{reason}` stays a line of its own, or goes. */
export function tell({ kind, role, title, otherName, reason, amount }: News): { subject: string; lines: string[] } {
  const row = WORDS[kind] ?? ANY_CHANGE;
  const [subject, ...lines] = row[role] ?? row.both ?? ANY_CHANGE[role] ?? ANY_CHANGE.both!;
  const words: Record<string, string> = {
    title,
    other: otherName ?? OTHER[role],
    amount: amount ?? 'the money',
    reason: reason ?? 'no reason was given',
  };
  const fill = (text: string) => text.replace(/\{(title|other|amount|reason)\}/g, (_all, name) => words[name]!);
  return {
    subject: fill(subject),
    lines: lines
      .filter((line) => line !== '{reason}' || reason)
      .map((line) => (line === '{reason}' ? reason! : fill(line))),
  };
}

/** The amount of a piece of news; null when it is about none. */
export const amountOf = ({ cents, currency }: { cents: number | null; currency: string | null }): string | null =>
  cents === null || currency === null ? null : formatMoney(cents, currency);

export const topicOf = (kind: string): Topic => (WORDS[kind] ?? ANY_CHANGE).topic;

/** Where a piece of news can be acted upon. */
export function placeOf(news: Pick<NotificationRow, 'kind' | 'order_id' | 'conversation_id' | 'data'>): string {
  if (news.conversation_id) return paths.conversation(news.conversation_id);
  if (news.kind === 'post.sold') return paths.sellerPosts;
  if (news.kind === 'withdrawal.failed') return paths.withdrawals;
  if (news.data.role === 'admin' && news.data.refund) return paths.adminRefund(news.data.refund);
  if (news.data.role === 'admin' && news.data.dispute) return paths.adminBankDispute(news.data.dispute);
  if (!news.order_id) return paths.notifications();
  return workspacePath(news.order_id, news.data.role) + (news.kind === 'message' ? '#messages' : '');
}

export const presentNotification = (row: NotificationRow, zone: string) => {
  const { subject, lines } = tell({
    kind: row.kind,
    role: row.data.role,
    title: row.title ?? 'your conversation',
    otherName: row.other_name,
    reason: row.data.reason ?? null,
    amount: amountOf(row),
  });
  return {
    id: row.id,
    subject,
    text: lines[0]?.replace(/:$/, '.') ?? '',
    when: relative(row.created_at, zone),
    at: row.created_at.toISOString(),
    unread: row.read_at === null,
    href: placeOf(row),
  };
};
