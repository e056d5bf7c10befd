import type { Request, Response } from 'express';
import { findIdentity, unlinkWhop } from '../../models/whop-identity.ts';
import { revokeSealed } from '../../models/whop-token.ts';
import { paths } from '../../paths.ts';
import { whopAccount } from '../../presenters/whop-account.ts';

/** The person's Whop account: connected or not, and what can be done about it. */
export async function show(request: Request, response: Response): Promise<void> {
  const person = request.person!;
  const identity = await request.transaction((trx) => findIdentity(trx, person.id));
  const asked = request.session.whopLinkAskedAt !== undefined;
  await response.page(
    'account/whop',
    { title: 'Your Whop account', partial: 'account/_whop' },
    { whop: whopAccount(identity, { asked, timeZone: person.timeZone }) },
  );
}

/**
 * The wish to connect. The way to Whop is a link on the page that follows, since `form-action 'self'` stops a POST that
 * ends elsewhere (contract D.8); without this wish that link leads nowhere, so nobody is connected by a link alone.
 */
export async function create(request: Request, response: Response): Promise<void> {
  request.session.whopLinkAskedAt = Date.now();
  await response.seeOther(paths.accountWhop);
}

export async function destroy(request: Request, response: Response): Promise<void> {
  const { services } = request;
  const sealed = await unlinkWhop(services.database, request.person!.id);
  await revokeSealed(services, sealed);
  await response.seeOther(paths.accountWhop, { kind: 'good', text: 'Your Whop account is no longer connected.' });
}
