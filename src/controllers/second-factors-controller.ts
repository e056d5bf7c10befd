import type { Request, Response } from 'express';
import { codeForm } from '../forms/account-forms.ts';
import { emptyForm, formState, parseForm, type FormState } from '../forms/form.ts';
import { signIn } from '../middleware/session.ts';
import { originOf } from '../models/audit-event.ts';
import { useCode } from '../models/second-factor.ts';
import { paths } from '../paths.ts';

const PATIENCE = 10 * 60 * 1000;

/** The second step of signing in: the code of the person whose password was right a moment ago. */
export async function show(request: Request, response: Response): Promise<void> {
  if (!waiting(request)) return response.redirect(303, paths.login());
  await showForm(response, emptyForm());
}

export async function create(request: Request, response: Response): Promise<void> {
  const pending = waiting(request);
  if (!pending) return response.redirect(303, paths.login());
  const parsed = parseForm(codeForm, request.body);
  if (!parsed.valid) return showForm(response.status(422), parsed.form);
  if (!(await useCode(request.services, pending.userId, parsed.data.code, originOf(request)))) {
    const wrong = formState({}, [{ field: 'code', text: 'This code is wrong, or was used already' }]);
    return showForm(response.status(422), wrong);
  }
  await signIn(request, pending.userId, pending.by);
  await response.seeOther(pending.next || paths.orders());
}

function waiting({ session }: Request) {
  const pending = session.secondStep;
  return pending && Date.now() - pending.at < PATIENCE ? pending : null;
}

const showForm = (response: Response, form: FormState): Promise<void> =>
  response.page('second-factors/new', { title: 'Second step', form: true, q: null, robots: 'noindex' }, form);
