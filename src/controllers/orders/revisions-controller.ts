import type { Request, Response } from 'express';
import { revisionForm } from '../../forms/order-forms.ts';
import { applyTransition } from '../../models/order/transition.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'revisions',
  title: 'Ask for changes',
  view: 'orders/revisions/new',
  partial: 'orders/revisions/_form',
};

export async function newRevision(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const { reason } = readForm(revisionForm, request.body);
    await applyTransition(trx, order, 'request_revision', { expected: order.status, reason });
  });
  await answerAct(request, response, page, outcome, 'Your request for changes is sent.');
}
