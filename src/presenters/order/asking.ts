import type { FormState } from '../../forms/form.ts';
import { lateFrom } from '../../models/order/deadlines.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { extrasLeft } from '../../money/later-purchase.ts';
import { formatMoney } from '../../money/format.ts';
import { offers, type OrderAct } from '../../policies/order-acts.ts';
import { dateTime } from '../dates.ts';
import type { Reader } from './facts.ts';
import { extraChoice } from '../checkout.ts';
import { presentDispute } from './agreements.ts';
import { formFor, type TypedForms } from './forms.ts';
import { nameOf } from './work.ts';

/** What the pages by which one side asks for something say and take. */
export function presentAsking(order: Workspace, reader: Reader, typed: TypedForms = {}) {
  const { role, asker, zone } = reader;
  const other = nameOf(order, role === 'seller' ? 'buyer' : 'seller');
  const buyer = role === 'buyer' ? 'you' : nameOf(order, 'buyer');
  const form = (act: OrderAct) => (offers(act, asker, order) ? formFor(order, act, typed) : null);
  return {
    other,
    buyer,
    selling: role === 'seller',
    left: { text: formatMoney(order.left_cents, order.currency), cents: order.left_cents },
    due: order.due_at ? dateTime(order.due_at, zone) : '',
    lateFrom: order.due_at ? dateTime(lateFrom(order.due_at), zone) : '',
    cancellation: form('cancellations'),
    unstarted: form('unstarted-cancellation'),
    late: form('late-cancellation'),
    suspended: form('suspended-cancellation'),
    delay: form('delay-report'),
    extension: form('extensions'),
    settlement: form('settlements'),
    problem: form('disputes'),
    statement: statementForm(order, reader, typed),
    reply: replyForm(order, reader, typed),
    extras: extrasForm(order, reader, typed),
    tip: form('tips'),
  };
}

/** What is left of the frozen offer, as the order options show it. */
function extrasForm(order: Workspace, { asker }: Reader, typed: TypedForms) {
  if (!offers('extras', asker, order)) return null;
  const form = formFor(order, 'extras', typed);
  const chosen = (form.values.extras ?? {}) as Record<string, unknown>;
  return {
    ...form,
    choices: extrasLeft(order.offered_extras ?? [], order.items).map((extra) =>
      extraChoice(extra, order.currency, chosen[extra.id]),
    ),
  };
}

/** To the other side's public review, once. */
function replyForm(order: Workspace, { role, asker }: Reader, typed: TypedForms) {
  const other = role === 'seller' ? 'buyer' : 'seller';
  const review = order.reviews.find(({ author_role }) => author_role === other);
  const answerable = review?.published_at && !review.reply && role !== 'admin';
  return answerable && offers('reviews/reply', asker, order) ? formFor(order, 'reviews/reply', typed) : null;
}

/** The statement's address names the dispute. */
function statementForm(order: Workspace, reader: Reader, typed: TypedForms) {
  const action = presentDispute(order, reader)?.statementAction;
  return action ? { ...formFor(order, 'statements', typed), action } : null;
}

export type Asking = ReturnType<typeof presentAsking>;
export type AskForm = FormState & { action: string; formKey: string };
