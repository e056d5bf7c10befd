import { randomUUID } from 'node:crypto';
import { controlId, type FormState } from '../../forms/form.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { offers, type OrderAct } from '../../policies/order-acts.ts';
import { plural, timeOfDay } from '../dates.ts';
import { presentFile } from '../file-row.ts';
import type { Reader } from './facts.ts';
import { answerFiles, nameOf } from './work.ts';

/** What was typed in the form that is shown again, by act. */
export type TypedForms = Partial<Record<OrderAct, FormState>>;

const blank: FormState = { values: {}, errors: [], messages: {} };

export function formFor(order: Workspace, act: OrderAct, typed: TypedForms) {
  const { values, errors, messages } = typed[act] ?? blank;
  return { action: paths.orderAct(order.id, act), formKey: randomUUID(), values, errors, messages };
}

/** The forms that this reader is offered now; null for the others. */
export function presentForms(order: Workspace, reader: Reader, typed: TypedForms = {}) {
  const offered = (act: OrderAct) => offers(act, reader.asker, order);
  const reviewed = order.reviews.some(({ author_role }) => author_role === reader.role);
  return {
    requirements: offered('requirements') && order.requirements.length > 0 ? requirements(order, reader, typed) : null,
    delivery: offered('deliveries') ? delivery(order, reader, typed) : null,
    acceptance: offered('acceptance') ? formFor(order, 'acceptance', typed) : null,
    revision: offered('revisions') ? revision(order, typed) : null,
    review: offered('reviews') && !reviewed ? review(order, reader, typed) : null,
    message: offered('messages') ? message(order, reader, typed) : null,
  };
}

function requirements(order: Workspace, { zone }: Reader, typed: TypedForms) {
  const form = formFor(order, 'requirements', typed);
  const draft = order.brief_draft;
  const idOf = ({ id, kind }: Workspace['requirements'][number]) =>
    controlId([kind === 'file' ? 'files' : 'answers', id]);
  const taking = order.requirements.find(({ kind }) => kind === 'file') ?? order.requirements[0]!;
  const given = (typed.requirements ? form.values.answers : draft?.answers) as Record<string, unknown> | undefined;
  return {
    ...form,
    // What is wrong with all files together is said where files are chosen.
    errors: form.errors.map((error) => (error.field === 'files' ? { ...error, field: idOf(taking) } : error)),
    draftAction: paths.briefDraft(order.id),
    saved: savedAt(draft, zone),
    first: order.status === 'awaiting_requirements',
    questions: order.requirements.map((question) => {
      const part = question.kind === 'file' ? 'files' : 'answers';
      const id = idOf(question);
      return {
        ...question,
        id,
        name: `${part}[${question.id}]`,
        value: (typed.requirements || draft ? given?.[question.id] : question.answer) ?? '',
        files: answerFiles(order, question.id),
        drafts: answerFiles(order, question.id, true),
        error: form.messages[id] ?? (question.id === taking.id ? form.messages.files : undefined),
      };
    }),
  };
}

const savedAt = (draft: { updated_at: Date } | null, zone: string): string | null =>
  draft && `Draft saved ${timeOfDay(draft.updated_at, zone)}`;

function delivery(order: Workspace, { zone }: Reader, typed: TypedForms) {
  const form = formFor(order, 'deliveries', typed);
  const { draft } = order;
  return {
    ...form,
    draftAction: paths.deliveryDraft(order.id),
    message: typed.deliveries ? form.values.message : draft?.message,
    links: typed.deliveries ? form.values.links : draft?.links,
    files: order.files.filter((file) => file.draft && file.requirement_id === null).map(presentFile),
    saved: savedAt(draft, zone),
    again: order.deliveries.length > 0,
  };
}

function revision(order: Workspace, typed: TypedForms) {
  const { revisions_used: used, revisions_allowed: allowed } = order;
  return {
    ...formFor(order, 'revisions', typed),
    hint: `One point per line works best. ${nameOf(order, 'seller')}’s clock goes on with the time that was left, at least 24 hours.`,
    button: `Send and use ${used + 1} of ${plural(allowed, 'round')}`,
  };
}

/** What one to five stars mean: of work, and of whom one worked for. */
const STARS = {
  work: [
    '1 star: not usable',
    '2 stars: much was missing',
    '3 stars: did the job',
    '4 stars: good',
    '5 stars: just right',
  ],
  person: ['1 star: not possible', '2 stars: hard', '3 stars: all right', '4 stars: good', '5 stars: a pleasure'],
};

function review(order: Workspace, { role }: Reader, typed: TypedForms) {
  const accepts = order.status === 'delivered';
  const other = nameOf(order, role === 'seller' ? 'buyer' : 'seller');
  return {
    ...formFor(order, 'reviews', typed),
    question: role === 'seller' ? `How was it to work for ${other}?` : 'How was it?',
    stars: role === 'seller' ? STARS.person : STARS.work,
    heading: accepts ? 'Review and accept' : role === 'seller' ? `Review ${other}` : `Review ${other}’s work`,
    hint: `Hidden until ${other} has written one too, or the 14 days are over. It cannot be changed later.`,
    button: accepts ? 'Accept delivery and send review' : 'Send review',
  };
}

function message(order: Workspace, { role }: Reader, typed: TypedForms) {
  const form = formFor(order, 'messages', typed);
  return {
    ...form,
    // The review has a field of the same name on the same page.
    errors: form.errors.map((error) => ({ ...error, field: `message-${error.field}` })),
    label: `Write to ${nameOf(order, role === 'seller' ? 'buyer' : 'seller')}`,
  };
}
