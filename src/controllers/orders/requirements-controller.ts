import type { Request, Response } from 'express';
import { requirementsForm } from '../../forms/order-forms.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import { findRequirements, submitRequirements } from '../../models/order/requirements.ts';
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
    const { answers } = readForm(requirementsForm(await findRequirements(trx, order.id)), request.body);
    await submitRequirements(trx, order, answers);
  });
  await answerAct(request, response, page, outcome, 'Your brief is sent.');
}
