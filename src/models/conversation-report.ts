import { randomUUID } from 'node:crypto';
import type { Transaction } from '../database.ts';
import { recordAudit, type Origin } from './audit-event.ts';
import { conversationMessages } from './conversation.ts';
import type { SentFile } from './attachment.ts';
import type { MessageRow } from './order/messages.ts';

export interface ReportRow {
  id: string;
  conversation_id: string;
  reporter_id: string | null;
  reason: string;
  created_at: Date;
  closed_at: Date | null;
  closed_by_name: string | null;
  outcome: string | null;
  buyer_id: string;
  buyer_name: string;
  buyer_username: string;
  buyer_avatar: string | null;
  seller_id: string;
  seller_name: string;
  seller_username: string;
  seller_avatar: string | null;
  gig_title: string | null;
  gig_slug: string | null;
}

/** Tells the admins of a conversation, as one of its sides. @returns false while an earlier report of his is open */
export async function reportConversation(
  trx: Transaction,
  report: { conversationId: string; reporterId: string; reason: string },
): Promise<boolean> {
  const { conversationId: conversation_id, reporterId: reporter_id, reason } = report;
  const made = await trx('conversation_reports')
    .insert({ id: randomUUID(), conversation_id, reporter_id, reason })
    .onConflict()
    .ignore();
  return (made as unknown as { rowCount: number }).rowCount === 1;
}

/** When this person reported it, while nobody has closed that report. */
export async function reportedAt(trx: Transaction, conversationId: string, reporterId: string): Promise<Date | null> {
  const open = await trx('conversation_reports')
    .where({ conversation_id: conversationId, reporter_id: reporterId, closed_at: null })
    .first<{ created_at: Date } | undefined>('created_at');
  return open?.created_at ?? null;
}

/** Reports for an admin: open ones with the oldest first, closed ones with the newest first, from behind `after` (an id) on. */
export const listReports = (
  trx: Transaction,
  { closed, after }: { closed: boolean; after?: string },
  limit: number,
): Promise<ReportRow[]> => {
  const [direction, behind] = closed ? (['desc', '<'] as const) : (['asc', '>'] as const);
  return reports(trx)
    .modify((query) => void (closed ? query.whereNotNull('r.closed_at') : query.whereNull('r.closed_at')))
    .modify((query) => {
      if (after)
        void query.whereRaw(
          `(r.created_at, r.id) ${behind} (select e.created_at, e.id from conversation_reports e where e.id = ?)`,
          [after],
        );
    })
    .orderBy([
      { column: 'r.created_at', order: direction },
      { column: 'r.id', order: direction },
    ])
    .limit(limit) as unknown as Promise<ReportRow[]>;
};

export const findReport = (trx: Transaction, id: string): Promise<ReportRow | undefined> =>
  reports(trx).where('r.id', id).first() as unknown as Promise<ReportRow | undefined>;

export interface ReportedThread {
  report: ReportRow;
  messages: MessageRow[];
  files: SentFile[];
}

/** A report with a page of the thread that it is about: the newest messages before number `before`. */
export async function findReportedThread(
  trx: Transaction,
  id: string,
  before?: number,
): Promise<ReportedThread | undefined> {
  const report = await findReport(trx, id);
  if (!report) return undefined;
  const { rows, files } = await conversationMessages(trx, report.conversation_id, before);
  return { report, messages: rows, files };
}

/** Closes a report with what was decided, as the system actor. @returns whether it was open */
export async function closeReport(
  trx: Transaction,
  report: ReportRow,
  { adminId, outcome, from }: { adminId: string; outcome: string; from: Origin },
): Promise<boolean> {
  const closed = await trx('conversation_reports')
    .where({ id: report.id, closed_at: null })
    .update({ closed_at: trx.raw('app_now()'), closed_by: adminId, outcome });
  if (closed === 0) return false;
  await recordAudit(trx, {
    actorId: adminId,
    action: 'conversation.report_closed',
    target: { type: 'conversation', id: report.conversation_id },
    details: { report: report.id, outcome },
    from,
  });
  return true;
}

const reports = (trx: Transaction) =>
  trx('conversation_reports as r')
    .join('conversations as c', 'c.id', 'r.conversation_id')
    .join('profiles as b', 'b.user_id', 'c.buyer_id')
    .join('profiles as s', 's.user_id', 'c.seller_id')
    .leftJoin('profiles as a', 'a.user_id', 'r.closed_by')
    .leftJoin('gig_listings as l', 'l.gig_id', 'c.gig_id')
    .select(
      ...['r.id', 'r.conversation_id', 'r.reporter_id', 'r.reason', 'r.created_at', 'r.closed_at', 'r.outcome'],
      ...[
        'c.buyer_id',
        'c.seller_id',
        'a.display_name as closed_by_name',
        'l.title as gig_title',
        'l.slug as gig_slug',
      ],
      ...['b.display_name as buyer_name', 'b.username as buyer_username', 'b.avatar_id as buyer_avatar'],
      ...['s.display_name as seller_name', 's.username as seller_username', 's.avatar_id as seller_avatar'],
    );
