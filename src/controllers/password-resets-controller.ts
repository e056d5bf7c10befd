import type { Request, Response } from 'express';
import { askResetForm, resetForm } from '../forms/account-forms.ts';
import { emptyForm, parseForm, type FormState } from '../forms/form.ts';
import { findLink } from '../models/account-token.ts';
import { originOf } from '../models/audit-event.ts';
import { askReset, resetPassword } from '../models/credentials.ts';
import { paths } from '../paths.ts';
import { showStaleLink } from './stale-link.ts';

export async function newReset(_request: Request, response: Response): Promise<void> {
  await showAsk(response, emptyForm());
}

/** The same answer whoever has the address, or nobody. */
export async function create(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(askResetForm, request.body);
  if (!parsed.valid) return showAsk(response.status(422), parsed.form);
  await askReset(request.services, parsed.data.email);
  await response.seeOther(paths.login(), {
    kind: 'info',
    text: `If ${parsed.data.email} has an account here, a link to a new password is on its way to it.`,
  });
}

/** Opening the link changes nothing: mail programs open links too. */
export async function edit(request: Request, response: Response): Promise<void> {
  const link = await request.services.database.withSystem('sign-in', (trx) =>
    findLink(trx, 'reset-password', String(request.params.token)),
  );
  if (!link) return showStaleLink(response, AGAIN);
  await showNew(request, response, emptyForm());
}

export async function update(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(resetForm, request.body);
  if (!parsed.valid) return showNew(request, response.status(422), parsed.form);
  const token = String(request.params.token);
  const changed = await resetPassword(request.services, token, parsed.data.password, originOf(request));
  if (!changed) return showStaleLink(response, AGAIN);
  await response.seeOther(paths.login(), {
    kind: 'good',
    text: 'Your new password is set, and every device was signed out. Sign in with it.',
  });
}

const AGAIN = { href: paths.passwordResets, text: 'Ask for a new link' };

const showAsk = (response: Response, form: FormState): Promise<void> =>
  response.page('password-resets/new', { title: 'Forgotten password', form: true, q: null, robots: 'noindex' }, form);

const showNew = (request: Request, response: Response, form: FormState): Promise<void> =>
  response.page(
    'password-resets/edit',
    { title: 'Choose a new password', form: true, q: null, robots: 'noindex' },
    { ...form, action: paths.passwordReset(encodeURIComponent(String(request.params.token))) },
  );
