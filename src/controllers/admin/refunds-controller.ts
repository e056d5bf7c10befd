import type { Request, Response } from 'express';
import { NotFound } from '../../errors.ts';
import { emptyForm, parseForm, type FormState } from '../../forms/form.ts';
import { writeOffForm } from '../../forms/money-forms.ts';
import { findRefund } from '../../models/money-desk.ts';
import * as deciding from '../../money/deciding.ts';
import { paths } from '../../paths.ts';
import { moneyBadge, refundFacts } from '../../presenters/admin/money.ts';
import { formatMoney } from '../../money/format.ts';

export const display = (request: Request, response: Response): Promise<void> => show(request, response);

async function show(request: Request, response: Response, form: FormState = emptyForm()): Promise<void> {
  const refund = await request.transaction((trx) => findRefund(trx, String(request.params.id)));
  if (!refund) throw new NotFound();
  const waits = refund.status === 'waiting_for_balance';
  const failed = refund.status === 'failed' && !refund.written_off_at;
  await response.page(
    'admin/money/refund',
    { title: 'Refund', nav: 'admin-money', q: null },
    {
      id: refund.id,
      heading: refund.title ?? `Payment ${refund.whop_payment_id}`,
      amount: formatMoney(refund.amount_cents, refund.currency),
      badge: moneyBadge(refund.status),
      facts: refundFacts(refund, request.person!.timeZone),
      mayRetry: waits || failed,
      mayCover: waits,
      mayWriteOff: waits || failed,
      ...form,
    },
  );
}

export async function retry(request: Request, response: Response): Promise<void> {
  await deciding.retry(request.services, request.person!.id, String(request.params.id));
  await response.seeOther(paths.adminRefund(String(request.params.id)), { kind: 'good', text: 'Asked for again.' });
}

export async function cover(request: Request, response: Response): Promise<void> {
  await deciding.coverRefund(request.services, request.person!.id, String(request.params.id));
  await response.seeOther(paths.adminRefund(String(request.params.id)), {
    kind: 'good',
    text: 'The platform has paid; the refund is on its way.',
  });
}

export async function writeOff(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(writeOffForm, request.body);
  if (!parsed.valid) return show(request, response.status(422), parsed.form);
  await deciding.writeOff(request.services, request.person!.id, String(request.params.id), parsed.data.reason);
  await response.seeOther(paths.adminRefund(String(request.params.id)), { kind: 'good', text: 'Written off.' });
}
