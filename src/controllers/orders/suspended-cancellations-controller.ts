import type { Request, Response } from 'express';
import { endOrder } from '../../models/order/endings.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { actOnOrder, answerAct, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'suspended-cancellation',
  title: 'Cancel this order?',
  view: 'orders/endings/suspended',
  partial: 'orders/endings/_form',
};

export async function confirm(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

/** The way out of an order whose other side is suspended. */
export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const { feeOnRefund: feePolicy } = await settingsNow(trx, request.services.config);
    return endOrder(trx, order, 'cancel_suspended', { expected: order.status }, { feePolicy });
  });
  await answerAct(request, response, page, outcome, 'The order is cancelled. What was paid goes back.');
}
