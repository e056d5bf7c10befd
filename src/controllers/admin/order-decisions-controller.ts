import type { Request, Response } from 'express';
import type { Transaction } from '../../database.ts';
import { Invalid, WrongState } from '../../errors.ts';
import { transitionForm } from '../../forms/admin-order-forms.ts';
import { formState, parseForm } from '../../forms/form.ts';
import { resolutionForm } from '../../forms/proposal-forms.ts';
import { askerOf, loadOrder } from '../../middleware/load-order.ts';
import { originOf } from '../../models/audit-event.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { moveOrder, resolveDispute } from '../../models/order/admin-acts.ts';
import type { OrderRow } from '../../models/order/order.ts';
import { refundableCents } from '../../models/order/proposals.ts';
import { paths } from '../../paths.ts';
import { decide } from '../../policies/order-policy.ts';
import { authorize } from '../../policies/policy.ts';
import { showOrder } from './orders-controller.ts';

/** How a dispute ends: refund, split or release. */
export async function resolve(request: Request, response: Response): Promise<void> {
  const { config } = request.services;
  const refused = await deciding(request, async (trx, order) => {
    if (order.status !== 'disputed') throw new WrongState('There is no dispute to decide.', order.id, order.status);
    const left = await refundableCents(trx, order.id);
    const parsed = parseForm(resolutionForm(left, config.currency), request.body);
    if (!parsed.valid) return parsed.form;
    const from = originOf(request);
    const { feeOnRefund: feePolicy } = await settingsNow(trx, config);
    await resolveDispute(trx, order, { ...parsed.data, feePolicy, from });
    return null;
  });
  if (refused) return showOrder(request, response.status(422), { resolution: refused });
  await answer(request, response, 'Decided. Both sides are told.');
}

/** The admin twin of a transition. */
export async function move(request: Request, response: Response): Promise<void> {
  const { config } = request.services;
  try {
    const refused = await deciding(request, async (trx, order) => {
      const parsed = parseForm(transitionForm, request.body);
      if (!parsed.valid) return parsed.form;
      const { feeOnRefund: feePolicy } = await settingsNow(trx, config);
      await moveOrder(trx, order, { ...parsed.data, feePolicy, from: originOf(request) });
      return null;
    });
    if (refused) return await showOrder(request, response.status(422), { transition: refused });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const form = formState(request.body, [{ field: 'transition', text: error.message }]);
    return showOrder(request, response.status(422), { transition: form });
  }
  await answer(request, response, 'Done. Both sides are told.');
}

/** Load, policy, then the work, all as the admin who asks: the database derives the actor from him. */
const deciding = <T>(request: Request, work: (trx: Transaction, order: OrderRow) => Promise<T>): Promise<T> =>
  request.transaction(async (trx) => {
    const order = await loadOrder(request, trx);
    authorize(decide(askerOf(request), order));
    return work(trx, order);
  });

const answer = (request: Request, response: Response, text: string): Promise<void> =>
  response.seeOther(paths.adminOrder(String(request.params.id)), { kind: 'good', text });
