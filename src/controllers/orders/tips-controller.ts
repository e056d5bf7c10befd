import type { Request, Response } from 'express';
import { parseForm } from '../../forms/form.ts';
import { tipForm } from '../../forms/later-purchase-forms.ts';
import { showAct, type ActPage } from './acting.ts';
import { sellLater } from './later-purchases.ts';

const page: ActPage = { act: 'tips', title: 'Give a tip', view: 'orders/tips/new', partial: 'orders/tips/_form' };

export async function newTip(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  await sellLater(request, response, page, 'tip', () => {
    const parsed = parseForm(tipForm, request.body);
    return parsed.valid ? { wanted: { totalCents: parsed.data.amount, extras: [] } } : { refused: parsed.form };
  });
}
