import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { Forbidden, NotFound } from '../../errors.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { formKey } from '../../forms/order-forms.ts';
import { orderRefundForm } from '../../forms/money-forms.ts';
import { originOf } from '../../models/audit-event.ts';
import { firstLocation, once } from '../../models/form-submission.ts';
import { settingsNow } from '../../models/operator-settings.ts';
import { recordAct } from '../../models/order/admin-acts.ts';
import { refundableCents, requestRefund } from '../../models/refund.ts';
import { formatMoney, formatTotal } from '../../money/format.ts';
import { paths } from '../../paths.ts';

interface Subject {
  id: string;
  title: string;
  currency: string;
  left: number;
}

/** An admin sends part or all of an order's money back, whatever the order's state. */
export async function newRefund(request: Request, response: Response): Promise<void> {
  const order = await subject(request);
  await show(response, order, emptyForm({ amount: (order.left / 100).toFixed(2) }));
}

export async function create(request: Request, response: Response): Promise<void> {
  const order = await subject(request);
  const adminId = request.person!.id;
  const key = keyOf(request);
  // A second press finds less left than the first: it is no mistake of the form, but the same wish again.
  const sentBefore = await request.transaction((trx) => firstLocation(trx, adminId, key));
  if (sentBefore) return response.seeOther(sentBefore);
  const parsed = parseForm(orderRefundForm(order.left), request.body);
  if (!parsed.valid) return show(response.status(422), order, parsed.form);
  const { amount, reason } = parsed.data;
  await request.transaction(async (trx) => {
    if (await once(trx, adminId, key, paths.adminMoney)) return;
    const { feeOnRefund: feePolicy } = await settingsNow(trx, request.services.config);
    await requestRefund(trx, { orderId: order.id, amountCents: amount, cause: 'admin', feePolicy, reason });
    await recordAct(trx, 'order.refund', order.id, { cents: amount, reason }, originOf(request));
  });
  await response.seeOther(paths.adminMoney, {
    kind: 'good',
    text: `A refund of ${formatMoney(amount, order.currency)} is on its way.`,
  });
}

function keyOf(request: Request): string {
  const key = parseForm(formKey, request.body);
  return (key.valid && key.data.form_key) || randomUUID();
}

/** Nobody refunds an order that he is a side of. */
async function subject(request: Request): Promise<Subject> {
  const id = String(request.params.id);
  const order = await request.transaction((trx) =>
    trx('orders').where({ id }).first('id', 'title', 'currency', 'buyer_id', 'seller_id'),
  );
  if (!order) throw new NotFound();
  if ([order.buyer_id, order.seller_id].includes(request.person!.id))
    throw new Forbidden('You are a side of this order. Another admin has to decide.');
  const left = await request.transaction((trx) => refundableCents(trx, id));
  return { id, title: order.title, currency: order.currency, left };
}

const show = (response: Response, order: Subject, form: FormState): Promise<void> =>
  response.page(
    'admin/money/order-refund',
    { title: 'Refund an order', nav: 'admin-money', q: null },
    {
      order: { ...order, leftText: formatTotal(order.left, order.currency) },
      formKey: form.values.form_key ?? randomUUID(),
      ...form,
    },
  );
