import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { matchForm } from '../../forms/money-forms.ts';
import { findPayment, refundsOfPayment } from '../../models/money-desk.ts';
import { KEPT } from '../../models/payment.ts';
import { convergePayment } from '../../money/convergence.ts';
import { matchKept, refundKept, writeDownFee } from '../../money/deciding.ts';
import { paths } from '../../paths.ts';
import { presentPayment, presentRefund } from '../../presenters/admin/money.ts';

export async function show(request: Request, response: Response, form: FormState = emptyForm()): Promise<void> {
  const zone = request.person!.timeZone;
  const { payment, refunds } = await request.transaction(async (trx) => ({
    payment: await findPayment(trx, String(request.params.id)),
    refunds: await refundsOfPayment(trx, String(request.params.id)),
  }));
  if (!payment) throw new NotFound();
  const agreed = payment.disposition === 'applied' ? payment.expected_fee_cents : null;
  await response.page(
    'admin/money/payment',
    { title: `Payment ${payment.whop_payment_id}`, nav: 'admin-money', q: null },
    {
      payment: presentPayment(payment, zone),
      refunds: refunds.map((refund) => presentRefund(refund, zone)),
      kept: KEPT.includes(payment.disposition),
      feeMissing: agreed !== null && agreed !== (payment.fee_cents ?? 0),
      checkout: payment.checkout_id,
      ...form,
    },
  );
}

export const display = (request: Request, response: Response): Promise<void> => show(request, response);

/** All of it goes back. */
export async function refund(request: Request, response: Response): Promise<void> {
  await refundKept(request.services, request.person!.id, String(request.params.id));
  await response.seeOther(paths.adminPayment(String(request.params.id)), {
    kind: 'good',
    text: 'The refund is on its way.',
  });
}

/** It was for this checkout. */
export async function match(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(matchForm, request.body);
  if (!parsed.valid) return show(request, response.status(422), parsed.form);
  try {
    await matchKept(request.services, request.person!.id, String(request.params.id), parsed.data.checkout);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const unknown = [{ field: 'checkout', text: 'There is no checkout with this id' }];
    return show(request, response.status(422), formState(request.body, unknown));
  }
  await response.seeOther(paths.adminPayment(String(request.params.id)), {
    kind: 'good',
    text: 'Matched: the purchase has taken effect.',
  });
}

/** Asks Whop again how it stands. */
export async function read(request: Request, response: Response): Promise<void> {
  const payment = await request.transaction((trx) => findPayment(trx, String(request.params.id)));
  if (!payment) throw new NotFound();
  const { database } = request.services;
  await database.withSystem('whop', await convergePayment(request.services, payment.whop_payment_id));
  await response.seeOther(paths.adminPayment(payment.id), { kind: 'good', text: 'Read again from Whop.' });
}

/** The fee that Whop did not take is given up. */
export async function writeDown(request: Request, response: Response): Promise<void> {
  await writeDownFee(request.services, request.person!.id, String(request.params.id));
  await response.seeOther(paths.adminPayment(String(request.params.id)), {
    kind: 'good',
    text: 'Written down as a loss.',
  });
}
