import type { Request, Response } from 'express';
import { findLink } from '../models/account-token.ts';
import { originOf } from '../models/audit-event.ts';
import { changeEmail } from '../models/credentials.ts';
import { paths } from '../paths.ts';
import { showStaleLink } from './stale-link.ts';

export async function show(request: Request, response: Response): Promise<void> {
  const token = String(request.params.token);
  const link = await request.services.database.withSystem('sign-in', (trx) => findLink(trx, 'change-email', token));
  if (!link) return showStaleLink(response, AGAIN);
  await response.page(
    'email-changes/show',
    { title: 'Confirm your new e-mail address', form: true, q: null, robots: 'noindex' },
    { email: link.email, action: paths.emailChange(encodeURIComponent(token)) },
  );
}

export async function update(request: Request, response: Response): Promise<void> {
  const changed = await changeEmail(request.services, String(request.params.token), originOf(request));
  if (!changed) return showStaleLink(response, AGAIN);
  await response.seeOther(request.person ? paths.accountSecurity : paths.login(), {
    kind: 'good',
    text: 'Your new e-mail address is confirmed. Sign in with it from now on.',
  });
}

const AGAIN = { href: paths.accountSecurity, text: 'Ask for the change again' };
