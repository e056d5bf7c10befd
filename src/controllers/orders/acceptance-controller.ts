import type { Request, Response } from 'express';
import { applyTransition } from '../../models/order/transition.ts';
import { actOnOrder, answerAct, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'acceptance',
  title: 'Accept this delivery?',
  view: 'orders/acceptance/new',
  partial: 'orders/acceptance/_form',
};

export async function confirm(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order) =>
    applyTransition(trx, order, 'accept_delivery', { expected: order.status }),
  );
  await answerAct(request, response, page, outcome, 'The delivery is accepted. You can write a review now.');
}
