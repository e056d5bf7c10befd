import type { Request, Response } from 'express';
import { codeForm } from '../../forms/account-forms.ts';
import { emptyForm, formState, parseForm, type FormState } from '../../forms/form.ts';
import { renewSession, saveSession } from '../../middleware/session.ts';
import { originOf } from '../../models/audit-event.ts';
import {
  confirmSecondFactor,
  hasSecondFactor,
  removeSecondFactor,
  startSecondFactor,
  useCode,
  waitingSecret,
} from '../../models/second-factor.ts';
import { paths } from '../../paths.ts';

export async function show(request: Request, response: Response): Promise<void> {
  await showSecondFactor(request, response, emptyForm());
}

export const toSecondFactor = (_request: Request, response: Response): void =>
  response.redirect(303, paths.accountSecondFactor);

/** Makes the secret; it does nothing before its first code. */
export async function start(request: Request, response: Response): Promise<void> {
  await startSecondFactor(request.services, request.person!.id);
  await response.seeOther(paths.accountSecondFactor);
}

/** The first code switches it on; the recovery codes are shown on the page that follows, once. */
export async function confirm(request: Request, response: Response): Promise<void> {
  const parsed = parseForm(codeForm, request.body);
  if (!parsed.valid) return showSecondFactor(request, response.status(422), parsed.form);
  const person = { id: request.person!.id, sessionId: request.sessionID };
  const codes = await confirmSecondFactor(request.services, person, parsed.data.code, originOf(request));
  if (!codes) return showSecondFactor(request, response.status(422), WRONG);
  await renewSession(request);
  request.session.recoveryCodes = codes;
  await response.seeOther(paths.accountSecondFactor, { kind: 'good', text: 'The second step is on.' });
}

export async function remove(request: Request, response: Response): Promise<void> {
  const { services } = request;
  const { id } = request.person!;
  const parsed = parseForm(codeForm, request.body);
  if (!parsed.valid) return showSecondFactor(request, response.status(422), parsed.form);
  if (!(await useCode(services, id, parsed.data.code, originOf(request)))) {
    return showSecondFactor(request, response.status(422), WRONG);
  }
  await removeSecondFactor(services, id, originOf(request));
  await renewSession(request);
  await response.seeOther(paths.accountSecurity, { kind: 'info', text: 'The second step is off.' });
}

const WRONG = formState({}, [{ field: 'code', text: 'This code is wrong, or was used already' }]);

async function showSecondFactor(request: Request, response: Response, form: FormState): Promise<void> {
  const { services, person, session } = request;
  const on = await hasSecondFactor(services, person!.id);
  const secret = on ? null : await request.transaction((trx) => waitingSecret(trx, services.config, person!.id));
  const codes = session.recoveryCodes ?? [];
  if (codes.length) {
    delete session.recoveryCodes;
    await saveSession(request);
  }
  await response.page(
    'account/second-factor/show',
    { title: 'Second step of signing in' },
    { ...form, on, codes, secret: secret?.match(/.{4}/g)?.join(' ') ?? null, link: secret && appLink(secret, person!) },
  );
}

const appLink = (secret: string, { email, username }: { email: string | null; username: string }): string =>
  `otpauth://totp/${encodeURIComponent(`GigFlow:${email ?? username}`)}?secret=${secret}&issuer=GigFlow`;
