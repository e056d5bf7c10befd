import type { Request, Response } from 'express';
import { originOf } from '../models/audit-event.ts';
import { findJoin, joinWhop } from '../models/whop-join.ts';
import { paths } from '../paths.ts';
import { showStaleLink } from './stale-link.ts';

/** Instead of a session: the proof is in the mailbox. */
export const showMailed = (response: Response, email: string): Promise<void> =>
  response.page('whop-joins/new', { title: 'Look into your mailbox', q: null, robots: 'noindex' }, { email });

/** Opening the link changes nothing: mail programs open links too. */
export async function show(request: Request, response: Response): Promise<void> {
  const token = String(request.params.token);
  const link = await findJoin(request.services, token);
  if (!link) return showStaleLink(response, AGAIN);
  await response.page(
    'whop-joins/show',
    { title: 'Connect your Whop account', form: true, q: null, robots: 'noindex' },
    { email: link.email, action: paths.whopJoin(encodeURIComponent(token)) },
  );
}

export async function update(request: Request, response: Response): Promise<void> {
  const joined = await joinWhop(request.services, String(request.params.token), originOf(request));
  if (!joined) return showStaleLink(response, AGAIN);
  await response.seeOther(paths.login(), {
    kind: 'good',
    text: 'Your address is confirmed and your Whop account connected. Continue with Whop to sign in.',
  });
}

const AGAIN = { href: paths.whopAuthorize(), text: 'Continue with Whop again' };
