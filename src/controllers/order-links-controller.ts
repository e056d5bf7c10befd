import type { Request, Response } from 'express';
import { askResetForm } from '../forms/account-forms.ts';
import { emptyForm, parseForm, type FormState } from '../forms/form.ts';
import { issueNotice } from '../models/account-token.ts';
import { paths } from '../paths.ts';

export async function newLinks(_request: Request, response: Response): Promise<void> {
  await show(response, emptyForm());
}

/** The same answer and the same work whoever bought with this address, or nobody. The job finds out. */
export async function create(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(askResetForm, request.body);
  if (!parsed.valid) return show(response.status(422), parsed.form);
  const { email } = parsed.data;
  await request.services.database.withSystem('session', (trx) =>
    issueNotice(trx, { purpose: 'order-links', userId: null, email }),
  );
  await response.seeOther(paths.orderLinks, {
    kind: 'info',
    text: `If somebody bought with ${email} and without an account, the links are on their way to it.`,
  });
}

const show = (response: Response, form: FormState): Promise<void> =>
  response.page('order-links/new', { title: 'Find your orders', form: true, q: null, robots: 'noindex' }, form);
