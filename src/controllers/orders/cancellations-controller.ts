import type { Request, Response } from 'express';
import { reasonForm } from '../../forms/proposal-forms.ts';
import { applyTransition } from '../../models/order/transition.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';
import { answersTo } from './proposing.ts';

const page: ActPage = {
  act: 'cancellations',
  title: 'Ask to cancel',
  view: 'orders/cancellations/new',
  partial: 'orders/cancellations/_form',
};

export async function newCancellation(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const { reason } = readForm(reasonForm, request.body);
    await applyTransition(trx, order, 'request_cancellation', { expected: order.status, reason });
  });
  await answerAct(request, response, page, outcome, 'Your request is sent. The work rests until it is answered.');
}

export const { confirm, accept, decline, withdraw } = answersTo('cancellation', page);
