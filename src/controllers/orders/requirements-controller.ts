import type { Request, Response } from 'express';
import { requirementsForm } from '../../forms/order-forms.ts';
import { loadOrder, loadWorkspace } from '../../middleware/load-order.ts';
import {
  findRequirements,
  keepAnswerFiles,
  questionOf,
  saveAnswers,
  submitRequirements,
} from '../../models/order/requirements.ts';
import { NAV, presentOrder } from '../../presenters/order/page.ts';
import { actOnOrder, answerAct, readForm, type ActPage } from './acting.ts';

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
    const questions = await findRequirements(trx, order.id);
    const arrived = request.uploads.map(({ field }) => questionOf(field));
    const { answers } = readForm(requirementsForm(questions, arrived), request.body);
    const files = await keepAnswerFiles(trx, questions, request.uploads);
    await submitRequirements(trx, order, { ...answers, ...files });
  });
  if ('refused' in outcome && request.uploads.length > 0) await keepFilesOnly(request);
  await answerAct(request, response, page, outcome, 'Your brief is sent.');
}

/** An answer is missing: the files that took so long to come are kept meanwhile. */
const keepFilesOnly = (request: Request): Promise<void> =>
  request.transaction(async (trx) => {
    const order = await loadOrder(request, trx);
    const questions = await findRequirements(trx, order.id);
    await saveAnswers(trx, order, await keepAnswerFiles(trx, questions, request.uploads));
  });
