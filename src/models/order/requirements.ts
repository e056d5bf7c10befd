import type { Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import { MOST_FILES } from '../../uploads/limits.ts';
import { briefDraftFiles, keepUploads, sendBriefFiles, type Upload } from '../attachment.ts';
import type { QuestionKind } from '../gig-document.ts';
import type { OrderRow } from './order.ts';
import { applyTransition, orWrongState } from './transition.ts';

/** A frozen question of an order. */
export interface Requirement {
  id: string;
  kind: QuestionKind;
  label: string;
  required: boolean;
  choices: string[];
}

/** Files by their ids (models/attachment.ts). */
export interface FilesAnswer {
  files: string[];
}

export type Answer = string | string[] | FilesAnswer | null;

export const filesIn = (answer: Answer): string[] =>
  typeof answer === 'object' && answer !== null && 'files' in answer ? answer.files : [];

export type AnsweredRequirement = Requirement & { answer: Answer };

export const findRequirements = (trx: Transaction, orderId: string): Promise<AnsweredRequirement[]> =>
  trx('order_requirements')
    .where({ order_id: orderId })
    .orderBy('position')
    .select('id', 'kind', 'label', 'required', 'choices', 'answer');

/** `files[ID]` carries the files that answer question ID. */
export const questionOf = (field: string): string | null => /^files\[([^\]]+)\](?:\[\])?$/.exec(field)?.[1] ?? null;

/** Keeps files that answer questions as the buyer's draft, beside those of before, while there is room. */
export async function keepAnswerFiles(trx: Transaction, orderId: string, uploads: Upload[]): Promise<void> {
  const [questions, waiting] = [await findRequirements(trx, orderId), await briefDraftFiles(trx, orderId)];
  for (const { id, answer } of questions) {
    const kept = filesIn(answer).length + waiting.filter((file) => file.requirement_id === id).length;
    const given = uploads.filter(({ field }) => questionOf(field) === id).slice(0, Math.max(0, MOST_FILES - kept));
    await keepUploads(trx, given, { requirement_id: id, draft: true });
  }
}

/** The draft's files become answers. @returns what their questions are answered with now */
async function answerWithFiles(trx: Transaction, orderId: string): Promise<Record<string, FilesAnswer>> {
  const waiting = await briefDraftFiles(trx, orderId);
  if (waiting.length === 0) return {};
  await sendBriefFiles(
    trx,
    waiting.map(({ id }) => id),
  );
  const answers: Record<string, FilesAnswer> = {};
  for (const { id, answer } of await findRequirements(trx, orderId)) {
    const added = waiting.filter((file) => file.requirement_id === id).map((file) => file.id);
    if (added.length > 0) answers[id] = { files: [...filesIn(answer), ...added] };
  }
  return answers;
}

/** Keeps what the buyer has typed so far; only he sees it, until he sends it. */
export async function saveBriefDraft(
  trx: Transaction,
  orderId: string,
  answers: Record<string, Answer>,
): Promise<void> {
  await trx('order_brief_drafts')
    .insert({ order_id: orderId, answers: JSON.stringify(answers) })
    .onConflict('order_id')
    .merge(['answers']);
}

/**
 * Writes the answers by question id, and the files of the draft; the first brief starts the seller's clock.
 * @throws WrongState when the work was delivered or the order moved on meanwhile
 */
export async function submitRequirements(
  trx: Transaction,
  order: OrderRow,
  answers: Record<string, Answer>,
): Promise<void> {
  await saveAnswers(trx, order, { ...answers, ...(await answerWithFiles(trx, order.id)) });
  await trx('order_brief_drafts').where({ order_id: order.id }).delete();
  if (order.status === 'awaiting_requirements') {
    await applyTransition(trx, order, 'submit_requirements', { expected: order.status });
  }
}

async function saveAnswers(trx: Transaction, order: OrderRow, answers: Record<string, Answer>): Promise<void> {
  const { rowCount } = await orWrongState(
    order.id,
    trx.raw<{ rowCount: number }>(
      `update order_requirements q set answer = nullif(a.value, 'null'::jsonb), answered_at = app_now()
       from jsonb_each(?::jsonb) a where q.id = a.key::uuid and q.order_id = ?`,
      [JSON.stringify(answers), order.id],
    ),
  );
  if (rowCount !== Object.keys(answers).length)
    throw new WrongState('The questions of this order have changed.', order.id);
}
