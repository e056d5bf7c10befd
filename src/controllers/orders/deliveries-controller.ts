import type { Request, Response } from 'express';
import { deliveryDraftForm, deliveryForm } from '../../forms/order-forms.ts';
import { deliver, saveDraft } from '../../models/order/deliveries.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';

const page: ActPage = {
  act: 'deliveries',
  title: 'Deliver the work',
  view: 'orders/deliveries/new',
  partial: 'orders/deliveries/_form',
};

export async function newDelivery(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order) =>
    deliver(trx, order, readForm(deliveryForm, request.body)),
  );
  await answerAct(request, response, page, outcome, 'Your delivery is with the buyer.');
}

/** Keeps an unfinished delivery for the seller's next visit. */
export async function createDraft(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order) =>
    saveDraft(trx, order.id, readForm(deliveryDraftForm, request.body)),
  );
  await answerAct(request, response, page, outcome, 'Your draft is saved. Only you see it.');
}
