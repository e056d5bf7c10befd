import type { Request, Response } from 'express';
import { Conflict } from '../errors.ts';
import { findLink } from '../models/account-token.ts';
import { originOf } from '../models/audit-event.ts';
import { askVerification, verifyEmail } from '../models/credentials.ts';
import { paths } from '../paths.ts';
import { showStaleLink } from './stale-link.ts';

/** Sends the link once more to the person who is signed in. */
export async function create(request: Request, response: Response): Promise<void> {
  const { id, email, emailVerified } = request.person!;
  if (!email || emailVerified) throw new Conflict('There is no address of yours that waits for confirmation.');
  await askVerification(request.services, id, email);
  await response.seeOther(paths.accountSecurity, { kind: 'info', text: `A link is on its way to ${email}.` });
}

export async function show(request: Request, response: Response): Promise<void> {
  const token = String(request.params.token);
  const link = await request.services.database.withSystem('sign-in', (trx) => findLink(trx, 'verify-email', token));
  if (!link) return showStaleLink(response, AGAIN);
  await response.page(
    'email-verifications/show',
    { title: 'Confirm your e-mail address', form: true, q: null, robots: 'noindex' },
    { email: link.email, action: paths.emailVerification(encodeURIComponent(token)) },
  );
}

export async function update(request: Request, response: Response): Promise<void> {
  const confirmed = await verifyEmail(request.services, String(request.params.token), originOf(request));
  if (!confirmed) return showStaleLink(response, AGAIN);
  await response.seeOther(request.person ? paths.accountSecurity : paths.login(), {
    kind: 'good',
    text: 'Your e-mail address is confirmed.',
  });
}

const AGAIN = { href: paths.accountSecurity, text: 'Send a new link' };
