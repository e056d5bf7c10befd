import type { ReportedThread, ReportRow } from '../../models/conversation-report.ts';
import { MESSAGES_SHOWN } from '../../models/order/messages.ts';
import { paths } from '../../paths.ts';
import type { Decision } from '../../policies/policy.ts';
import { dateTime } from '../dates.ts';
import { presentFile } from '../file-row.ts';
import { presentAvatar } from '../picture.ts';

/** Who reported whom. */
const headingOf = ({ reporter_id, buyer_id, seller_id, buyer_name, seller_name }: ReportRow): string => {
  if (reporter_id === buyer_id) return `${buyer_name} reported ${seller_name}`;
  if (reporter_id === seller_id) return `${seller_name} reported ${buyer_name}`;
  return `Conversation of ${buyer_name} and ${seller_name}`;
};

const aboutOf = ({ gig_title }: ReportRow): string => gig_title ?? 'A gig that is no longer on sale';

/** Reports with where each is decided. */
export function presentReports(reports: ReportRow[], closed: boolean, size: number, zone: string) {
  const shown = reports.slice(0, size);
  const tab = closed ? 'closed' : undefined;
  return {
    closed,
    tabs: [
      { text: 'Open', href: paths.adminReports(), current: !closed },
      { text: 'Closed', href: paths.adminReports({ tab: 'closed' }), current: closed },
    ],
    rows: shown.map((report) => ({
      href: paths.adminReport(report.id),
      title: headingOf(report),
      reason: report.reason,
      about: aboutOf(report),
      when: dateTime(report.created_at, zone),
      outcome: report.outcome,
    })),
    pager: reports.length > size ? { next: paths.adminReports({ tab, after: shown.at(-1)!.id }) } : null,
  };
}

/** One report: the two people, what they wrote to each other, and what an admin may do. */
export function presentReport({ report, messages, files }: ReportedThread, decision: Decision, zone: string) {
  const { reporter_id, buyer_id, seller_id, closed_at } = report;
  const shown = messages.slice(-MESSAGES_SHOWN);
  const buyer = presentAvatar(report.buyer_name, report.buyer_avatar);
  const seller = presentAvatar(report.seller_name, report.seller_avatar);
  const side = (id: string, role: string, name: string, username: string) => ({
    name,
    note: id === reporter_id ? `${role}, reported it` : role,
    profileHref: paths.profile(username),
    userHref: paths.adminUser(id),
  });
  return {
    heading: headingOf(report),
    href: paths.adminReport(report.id),
    badge: closed_at ? { tone: 'quiet', icon: 'check', text: 'Closed' } : { tone: 'warn', icon: 'clock', text: 'Open' },
    reason: report.reason,
    facts: [
      { label: 'Reported', value: dateTime(report.created_at, zone) },
      { label: 'About', value: aboutOf(report), href: report.gig_slug && paths.gig(report.gig_slug) },
      ...(closed_at ? [{ label: 'Closed', value: dateTime(closed_at, zone) }] : []),
    ],
    sides: [
      side(buyer_id, 'Asked', report.buyer_name, report.buyer_username),
      side(seller_id, 'Sells', report.seller_name, report.seller_username),
    ],
    items: shown.map(({ id, number, sender_id, body, created_at }) => ({
      id: number,
      author: sender_id === seller_id ? seller : buyer,
      text: body,
      files: files.filter((file) => file.message_id === id).map(presentFile),
      when: dateTime(created_at, zone),
      at: created_at.toISOString(),
    })),
    earlier:
      messages.length > MESSAGES_SHOWN ? paths.adminReport(report.id, { before: String(shown[0]!.number) }) : null,
    closure: closed_at || !decision.allowed ? null : paths.adminReportClosure(report.id),
    refused: closed_at || decision.allowed ? null : decision.reason,
    closed: closed_at ? { by: report.closed_by_name ?? 'a former member', outcome: report.outcome } : null,
  };
}
