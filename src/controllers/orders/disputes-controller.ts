import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { reasonForm, statementForm } from '../../forms/proposal-forms.ts';
import { findDispute, reportProblem, state, withdrawDispute } from '../../models/order/disputes.ts';
import { roleIn } from '../../policies/order-policy.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'disputes',
  title: 'Report a problem',
  view: 'orders/disputes/new',
  partial: 'orders/disputes/_form',
};

const statementPage: ActPage = {
  act: 'statements',
  title: 'Write in the dispute',
  view: 'orders/disputes/statement',
  partial: 'orders/disputes/_statement-form',
};

export async function newDispute(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order, { actor }) =>
    reportProblem(
      trx,
      order,
      { actor, role: roleIn(actor, order)! },
      readForm(reasonForm, request.body).reason,
      request.uploads,
    ),
  );
  await answerAct(request, response, page, outcome, 'The problem is reported. Everything rests until it is settled.');
}

export async function newStatement(request: Request, response: Response): Promise<void> {
  await showAct(request, response, statementPage);
}

/** What one side adds to an open dispute; the other side and the admins read it. */
export async function createStatement(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, 'statements', async (trx, order, { actor }) => {
    const dispute = await findDispute(trx, order.id, String(request.params.did));
    if (!dispute) throw new NotFound();
    await state(
      trx,
      order,
      dispute,
      { actor, role: roleIn(actor, order)! },
      readForm(statementForm, request.body).body,
      request.uploads,
    );
  });
  await answerAct(request, response, statementPage, outcome, 'Your statement is added.');
}

export async function withdraw(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, 'answers', async (trx, order, asker) => {
    const dispute = await findDispute(trx, order.id, String(request.params.did));
    if (!dispute) throw new NotFound();
    await withdrawDispute(trx, order, dispute, roleIn(asker.actor, order)!);
  });
  await answerAct(request, response, page, outcome, 'The report is withdrawn. The order goes on where it stood.');
}
