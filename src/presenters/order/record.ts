import type { MessageRow } from '../../models/order/messages.ts';
import type { BoughtItem } from '../../models/order/record.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { formatMoney } from '../../money/format.ts';
import { datedTime, plural, zoneLabel } from '../dates.ts';
import { presentDocket } from './docket.ts';
import type { Reader } from './facts.ts';
import { presentPast } from './history.ts';
import { presentHead } from './page.ts';
import { senderOf } from './thread.ts';
import { nameOf, presentBrief } from './work.ts';

/** The whole order on paper: receipt and evidence in one (product.md section 5). */
export function presentRecord(
  order: Workspace,
  { items, messages }: { items: BoughtItem[]; messages: MessageRow[] },
  reader: Reader,
) {
  const { zone, role } = reader;
  const money = (cents: number) => ({ text: formatMoney(cents, order.currency), cents });
  const when = (date: Date) => datedTime(date, zone);
  const file = ({ name, sha256 }: Workspace['files'][number]) => ({ name, sha256 });
  return {
    ...presentHead(order, reader),
    id: order.id,
    zone: zoneLabel(zone),
    seller: order.seller_name,
    buyer: order.buyer_name ?? 'a guest',
    placed: when(order.created_at),
    due: order.due_at ? when(order.due_at) : null,
    terms: `${plural(order.delivery_days, 'day')}, ${plural(order.revisions_allowed, 'round')} of changes`,
    items: items.map((item) => ({
      what: item.quantity > 1 ? `${item.title} × ${item.quantity}` : item.title,
      description: item.description,
      includes: item.includes,
      total: money(item.total_cents),
    })),
    docket: presentDocket(order, reader),
    brief: (presentBrief(order) ?? []).map(({ question, answer }, index) => ({
      question,
      answer,
      files: order.files
        .filter(({ requirement_id: id, draft }) => !draft && id === order.requirements[index]?.id)
        .map(file),
    })),
    deliveries: order.deliveries.map((delivery) => ({
      heading: `Delivery ${delivery.number}`,
      when: when(delivery.created_at),
      text: delivery.message,
      links: delivery.links,
      files: order.files.filter(({ delivery_id: id }) => id === delivery.id).map(file),
    })),
    messages: messages.map((message) => ({
      author: senderOf(order, message),
      when: when(message.created_at),
      text: message.body,
      files: order.files.filter(({ message_id: id }) => id === message.id).map(file),
    })),
    proposals: order.proposals.map((proposal) => ({
      what: PROPOSALS[proposal.kind],
      amount: proposal.refund_cents ? money(proposal.refund_cents) : null,
      days: proposal.days ? plural(proposal.days, 'day') : null,
      by: nameOf(order, proposal.by_role),
      when: when(proposal.created_at),
      text: proposal.reason,
      status: proposal.status,
    })),
    statements: order.statements.map((statement) => ({
      author: statement.author_role === 'admin' ? 'GigFlow' : nameOf(order, statement.author_role),
      when: when(statement.created_at),
      text: statement.body,
      files: order.files.filter(({ statement_id: id }) => id === statement.id).map(file),
    })),
    history: presentPast(order, reader).map(({ at, event }) => ({ ...event, when: when(at) })),
    reasons: order.transitions
      .filter(({ reason }) => reason)
      .map(({ reason, created_at: at }) => ({ when: when(at), text: reason })),
    refunds: order.refunds.map((refund) => ({
      ...money(refund.amount_cents),
      when: when(refund.created_at),
      status: refund.status.replaceAll('_', ' '),
    })),
    selling: role === 'seller',
  };
}

const PROPOSALS = { cancellation: 'To cancel', extension: 'More time', settlement: 'Part refund' } as const;
