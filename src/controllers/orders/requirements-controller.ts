import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { removalForm, requirementsForm } from '../../forms/order-forms.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { briefDraftFiles, removeDraftFiles } from '../../models/attachment.ts';
import {
  findRequirements,
  keepAnswerFiles,
  questionOf,
  saveBriefDraft,
  submitRequirements,
  type Answer,
  type AnsweredRequirement,
} from '../../models/order/requirements.ts';
import { paths } from '../../paths.ts';
import { NAV, presentOrder, workspacePath } from '../../presenters/order/page.ts';
import { actOnOrder, answerAct, draftSaved, readForm, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'requirements',
  title: 'The brief',
  view: 'orders/requirements/show',
  partial: 'orders/requirements/_form',
};

/** The brief: to answer while it is open, to read for both sides ever after. */
export async function show(request: Request, response: Response): Promise<void> {
  const { order, reader } = await loadWorkspace(request);
  await response.page(
    page.view,
    { title: page.title, nav: NAV[reader.role], form: true },
    { order: presentOrder(order, reader), title: page.title },
  );
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const answers = await readAnswers(request, trx, order.id, await findRequirements(trx, order.id));
    await keepAnswerFiles(trx, order.id, request.uploads);
    await submitRequirements(trx, order, answers);
  });
  if ('refused' in outcome) await keepFilesOnly(request);
  await answerAct(request, response, page, outcome, 'Your brief is sent.');
}

/** Keeps an unfinished brief for the buyer's next visit: nothing is required yet, and nobody else sees it. */
export async function createDraft(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const questions = await findRequirements(trx, order.id);
    const open = questions.map((question) => ({ ...question, required: false }));
    await saveBriefDraft(trx, order.id, await readAnswers(request, trx, order.id, open));
    await keepAnswerFiles(trx, order.id, request.uploads);
  });
  if ('refused' in outcome) await keepFilesOnly(request);
  else outcome.location = await formOf(request);
  await answerAct(request, response, page, outcome, draftSaved(request));
}

/** A GET on the address of the draft goes to the form. */
export async function toForm(request: Request, response: Response): Promise<void> {
  response.redirect(303, await formOf(request));
}

/** Where the form stands: the first brief in the workspace, a changed one on its own page. */
async function formOf(request: Request): Promise<string> {
  const { order, reader } = await loadWorkspace(request);
  return order.status === 'awaiting_requirements' && reader.role === 'buyer'
    ? workspacePath(order.id, reader.role)
    : paths.orderAct(order.id, page.act);
}

/** Takes ticked files out of the draft, then reads the answers; the files that stay and those that came count. */
async function readAnswers(
  request: Request,
  trx: Transaction,
  orderId: string,
  questions: AnsweredRequirement[],
): Promise<Record<string, Answer>> {
  const { remove_files: ticked } = readForm(removalForm, request.body);
  if (ticked.length > 0) await removeDraftFiles(trx, orderId, ticked);
  const waiting = (await briefDraftFiles(trx, orderId)).map((file) => file.requirement_id);
  const arrived = request.uploads.map(({ field }) => questionOf(field));
  return readForm(requirementsForm(questions, [...waiting, ...arrived]), request.body).answers;
}

/** Something is missing or wrong: the files that took so long to come are kept as a draft, while there is room. */
async function keepFilesOnly(request: Request): Promise<void> {
  if (request.uploads.length === 0) return;
  await request.transaction((trx) => keepAnswerFiles(trx, String(request.params.id), request.uploads));
}
