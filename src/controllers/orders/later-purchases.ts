import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { FormState } from '../../forms/form.ts';
import { parseForm } from '../../forms/form.ts';
import { formKey } from '../../forms/order-forms.ts';
import { loadWorkspace } from '../../middleware/load-order.ts';
import type { CheckoutRow } from '../../models/checkout.ts';
import { freezeLater, type LaterPurchase } from '../../models/order/later-checkout.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { authorizeAct, requireMoment } from '../../policies/order-acts.ts';
import { openFrozen } from '../open-frozen.ts';
import { showAct, type ActPage } from './acting.ts';

export type Wanted = Pick<LaterPurchase, 'totalCents' | 'extras'>;

/**
 * Sells something for an order that stands: load, policy, state, form, then a checkout of its own and its payment page.
 * The money decides when it arrives (src/money/effects).
 */
export async function sellLater(
  request: Request,
  response: Response,
  page: ActPage,
  purpose: LaterPurchase['purpose'],
  read: (order: Workspace) => { wanted: Wanted } | { refused: FormState },
): Promise<void> {
  const { config, database } = request.services;
  const { order, reader } = await loadWorkspace(request);
  authorizeAct(page.act, reader.asker, order);
  requireMoment(page.act, reader.asker, order);
  const key = parseForm(formKey, request.body);
  const result = read(order);
  if ('refused' in result) return showAct(request, response.status(422), page, result.refused);
  const purchase = {
    orderId: order.id,
    purpose,
    ...result.wanted,
    formKey: (key.valid && key.data.form_key) || randomUUID(),
  };
  // Checkouts are written by the system; who buys stands on the order.
  const checkout = await database.withSystem('checkout', async (trx) => {
    const { platformFeeBps: feeBps } = await settingsNow(trx, config);
    const id = await freezeLater(trx, { ...purchase, feeBps });
    return trx<CheckoutRow>('whop_checkout_configs').where({ id }).first();
  });
  await openFrozen(request, response, checkout!);
}
