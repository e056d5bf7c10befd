import type { Request, Response } from 'express';
import { emailChangeForm, passwordForm } from '../../forms/account-forms.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { renewSession } from '../../middleware/session.ts';
import { originOf } from '../../models/audit-event.ts';
import { askEmailChange, changePassword, confirmsPassword } from '../../models/credentials.ts';
import { findSecurity } from '../../models/security.ts';
import { paths } from '../../paths.ts';
import { presentSecurity } from '../../presenters/security.ts';

const NOTHING_TYPED = { email: emptyForm(), password: emptyForm() };

export async function show(request: Request, response: Response): Promise<void> {
  await showSecurity(request, response);
}

/** A GET on the address of an act goes to its page. */
export const toSecurity = (_request: Request, response: Response): void =>
  response.redirect(303, paths.accountSecurity);

export async function changeOwnPassword(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(passwordForm, request.body);
  if (!parsed.valid) return showSecurity(request, response.status(422), { password: parsed.form });
  const { current_password: current, password: next } = parsed.data;
  const person = { id: request.person!.id, sessionId: request.sessionID };
  if (!(await changePassword(request.services, person, { current, next }, originOf(request)))) {
    return showSecurity(request, response.status(422), { password: wrongPassword('current_password') });
  }
  await renewSession(request);
  await response.seeOther(paths.accountSecurity, {
    kind: 'good',
    text: 'Your password is changed. Every other device was signed out.',
  });
}

export async function changeOwnEmail(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(emailChangeForm, request.body);
  if (!parsed.valid) return showSecurity(request, response.status(422), { email: parsed.form });
  const { services, person } = request;
  const { email, current_password } = parsed.data;
  if (!(await confirmsPassword(services, person!.id, current_password))) {
    const form = { ...wrongPassword('email_current_password'), values: { email } };
    return showSecurity(request, response.status(422), { email: form });
  }
  await askEmailChange(services, person!.id, email, originOf(request));
  await response.seeOther(paths.accountSecurity, {
    kind: 'info',
    text: `A link is on its way to ${email}. Your address changes when you confirm it there.`,
  });
}

const wrongPassword = (field: string): FormState => formState({}, [{ field, text: 'This is not your password' }]);

async function showSecurity(
  request: Request,
  response: Response,
  forms: Partial<typeof NOTHING_TYPED> = {},
): Promise<void> {
  const person = request.person!;
  const facts = await request.transaction((trx) => findSecurity(trx, person.id));
  await response.page(
    'account/security/show',
    { title: 'Security' },
    { security: presentSecurity(facts, person.timeZone), forms: { ...NOTHING_TYPED, ...forms } },
  );
}
