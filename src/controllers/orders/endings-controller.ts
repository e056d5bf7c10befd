import type { Request, Response } from 'express';
import { endOrder } from '../../models/order/endings.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { actOnOrder, answerAct, showAct, type ActPage } from './acting.ts';

interface Ending {
  transition: Parameters<typeof endOrder>[2];
  page: ActPage;
  text: string;
}

/** A cancellation that one side may make alone: the question on a page of its own, and the act. */
function ending({ transition, page, text }: Ending) {
  return {
    confirm: (request: Request, response: Response): Promise<void> => showAct(request, response, page),
    create: async (request: Request, response: Response): Promise<void> => {
      const outcome = await actOnOrder(request, page.act, async (trx, order) => {
        const { feeOnRefund: feePolicy } = await settingsNow(trx, request.services.config);
        return endOrder(trx, order, transition, { expected: order.status }, { feePolicy });
      });
      await answerAct(request, response, page, outcome, text);
    },
  };
}

const partial = 'orders/endings/_form';

/** The buyer's right when nothing was delivered 24 hours after the due date. */
export const late = ending({
  transition: 'cancel_late',
  page: { act: 'late-cancellation', title: 'Cancel this late order?', view: 'orders/endings/late', partial },
  text: 'The order is cancelled. Your refund is on its way.',
});

/** The seller's way out when no brief came for a week. */
export const unstarted = ending({
  transition: 'cancel_unstarted',
  page: { act: 'unstarted-cancellation', title: 'Cancel this order?', view: 'orders/endings/unstarted', partial },
  text: 'The order is cancelled. What was paid goes back.',
});

/** The way out of an order whose other side is suspended. */
export const suspended = ending({
  transition: 'cancel_suspended',
  page: { act: 'suspended-cancellation', title: 'Cancel this order?', view: 'orders/endings/suspended', partial },
  text: 'The order is cancelled. What was paid goes back.',
});
