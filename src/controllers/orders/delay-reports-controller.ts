import type { Request, Response } from 'express';
import { applyTransition } from '../../models/order/transition.ts';
import { actOnOrder, answerAct, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'delay-report',
  title: 'Report the delay?',
  view: 'orders/endings/delay',
  partial: 'orders/endings/_form',
};

export async function confirm(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

/** Changes that do not come 24 hours after their date are a matter for us. */
export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order) =>
    applyTransition(trx, order, 'dispute_late', {
      expected: order.status,
      reason: 'The changes did not come 24 hours after they were due.',
    }),
  );
  await answerAct(request, response, page, outcome, 'The delay is reported. We read what both sides have written.');
}
