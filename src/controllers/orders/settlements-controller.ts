import type { Request, Response } from 'express';
import { settlementForm } from '../../forms/proposal-forms.ts';
import { proposeSettlement, refundableCents } from '../../models/order/proposals.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';
import { answersTo } from './proposing.ts';

const page: ActPage = {
  act: 'settlements',
  title: 'Settle with a part refund',
  view: 'orders/settlements/new',
  partial: 'orders/settlements/_form',
};

export async function newSettlement(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const { currency } = request.services.config;
  const outcome = await actOnOrder(request, page.act, async (trx, order) => {
    const left = await refundableCents(trx, order.id);
    await proposeSettlement(trx, order, readForm(settlementForm(left, currency), request.body));
  });
  await answerAct(request, response, page, outcome, 'Your proposal is sent. Nothing changes until it is accepted.');
}

export const { confirm, accept, decline, withdraw } = answersTo('settlement', page);
