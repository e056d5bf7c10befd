import type { Request, Response } from 'express';
import { extrasForm } from '../../forms/later-purchase-forms.ts';
import { formState, parseForm } from '../../forms/form.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { extrasLeft, priceExtras } from '../../money/later-purchase.ts';
import { showAct, type ActPage } from './acting.ts';
import { sellLater } from './later-purchases.ts';

const page: ActPage = {
  act: 'extras',
  title: 'Add extras',
  view: 'orders/extras/new',
  partial: 'orders/extras/_form',
};

export async function newExtras(request: Request, response: Response): Promise<void> {
  await showAct(request, response, page);
}

export async function create(request: Request, response: Response): Promise<void> {
  await sellLater(request, response, page, 'extra', (order) => readExtras(order, request.body));
}

function readExtras(order: Workspace, body: unknown) {
  const parsed = parseForm(extrasForm, body);
  if (!parsed.valid) return { refused: parsed.form };
  const priced = priceExtras(extrasLeft(order.offered_extras ?? [], order.items), parsed.data.extras);
  if ('errors' in priced) return { refused: formState(body, priced.errors) };
  return {
    wanted: {
      totalCents: priced.totalCents,
      extras: priced.extras.map((extra) => ({
        id: extra.id,
        title: extra.title,
        unitCents: extra.price_cents,
        quantity: extra.quantity,
        days: extra.extra_days * extra.quantity,
      })),
    },
  };
}
