import type { Request, Response } from 'express';
import { endOrder } from '../../models/order/endings.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { actOnOrder, answerAct, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'late-cancellation',
  title: 'Cancel this late order?',
  view: 'orders/endings/late',
  partial: 'orders/endings/_form',
};

export async function confirm(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

/** The buyer's right when nothing was delivered 24 hours after the due date. */
export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const { feeOnRefund: feePolicy } = await settingsNow(trx, request.services.config);
    return endOrder(trx, order, 'cancel_late', { expected: order.status }, { feePolicy });
  });
  await answerAct(request, response, page, outcome, 'The order is cancelled. Your refund is on its way.');
}
