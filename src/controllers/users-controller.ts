import type { Request, Response } from 'express';
import { signUpForm } from '../forms/account-forms.ts';
import { emptyForm, formState, parseForm, type FormState } from '../forms/form.ts';
import { signIn } from '../middleware/session.ts';
import { originOf } from '../models/audit-event.ts';
import { register } from '../models/user.ts';
import { paths, safeNext } from '../paths.ts';

export async function newUser(request: Request, response: Response): Promise<void> {
  const next = safeNext(request.query.next, '');
  if (request.person) return response.redirect(303, next || paths.orders());
  await show(response, emptyForm({ intent: request.query.intent === 'sell' ? 'sell' : 'hire' }), next);
}

export async function create(request: Request, response: Response): Promise<void> {
  const next = safeNext((request.body as { next?: unknown }).next, '');
  const parsed = parseForm(signUpForm, request.body);
  if (!parsed.valid) return show(response.status(422), parsed.form, next);
  const { email, password, display_name, intent } = parsed.data;
  const userId = await register(request.services, { email, password, displayName: display_name }, originOf(request));
  if (!userId) {
    const form = formState(request.body, [
      { field: 'email', text: 'This e-mail address has an account already. Sign in instead' },
    ]);
    return show(response.status(422), form, next);
  }
  await signIn(request, userId, 'sign-up');
  await response.seeOther(next || (intent === 'sell' ? paths.onboarding : paths.home), {
    kind: 'good',
    text: `Welcome, ${display_name}. Your account is ready. We sent a link to ${email}: open it to confirm the address.`,
  });
}

async function show(response: Response, form: FormState, next: string): Promise<void> {
  await response.page(
    'users/new',
    { title: 'Create an account', form: true, q: null, robots: 'noindex', partial: 'users/_form' },
    { ...form, next, whopUrl: paths.whopAuthorize(next), loginUrl: paths.login(next) },
  );
}
