import type { Request, Response } from 'express';
import { extensionForm } from '../../forms/proposal-forms.ts';
import { proposeExtension } from '../../models/order/proposals.ts';
import { actOnOrder, answerAct, readForm, showAct, type ActPage } from './acting.ts';
import { answersTo } from './proposing.ts';

const page: ActPage = {
  act: 'extensions',
  title: 'Agree on more time',
  view: 'orders/extensions/new',
  partial: 'orders/extensions/_form',
};

export async function newExtension(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  const outcome = await actOnOrder(request, page.act, (trx, order) =>
    proposeExtension(trx, order, readForm(extensionForm, request.body)),
  );
  await answerAct(request, response, page, outcome, 'Your proposal is sent. The due date stays until it is accepted.');
}

export const { confirm, accept, decline, withdraw } = answersTo('extension', page);
