import type { Transaction } from '../../database.ts';
import { WrongState } from '../../errors.ts';
import { MOST_FILES } from '../../uploads/limits.ts';
import { keepUploads, type Upload } from '../attachment.ts';
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

/** Keeps the files that answer questions, beside those of before, while there is room. @returns the answers that these questions have now */
export async function keepAnswerFiles(
  trx: Transaction,
  questions: AnsweredRequirement[],
  uploads: Upload[],
): Promise<Record<string, FilesAnswer>> {
  const answers: Record<string, FilesAnswer> = {};
  for (const { id, answer } of questions) {
    const room = MOST_FILES - filesIn(answer).length;
    const given = uploads.filter(({ field }) => questionOf(field) === id).slice(0, Math.max(0, room));
    if (given.length === 0) continue;
    await keepUploads(trx, given, { requirement_id: id });
    answers[id] = { files: [...filesIn(answer), ...given.map((upload) => upload.id)] };
  }
  return answers;
}

/**
 * Writes the answers by question id; the first brief starts the seller's clock.
 * @throws WrongState when the work was delivered or the order moved on meanwhile
 */
export async function submitRequirements(
  trx: Transaction,
  order: OrderRow,
  answers: Record<string, Answer>,
): Promise<void> {
  await saveAnswers(trx, order, answers);
  if (order.status === 'awaiting_requirements') {
    await applyTransition(trx, order, 'submit_requirements', { expected: order.status });
  }
}

/** Writes answers without sending the brief. @throws WrongState as above */
export async function saveAnswers(trx: Transaction, order: OrderRow, answers: Record<string, Answer>): Promise<void> {
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
