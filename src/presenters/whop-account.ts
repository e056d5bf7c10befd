import type { WhopIdentityRow } from '../models/whop-identity.ts';
import { paths } from '../paths.ts';
import { longDate } from './dates.ts';

/** A person's Whop account as his own pages show it. */
export function whopAccount(
  identity: WhopIdentityRow | undefined,
  { asked, timeZone }: { asked: boolean; timeZone: string },
) {
  const connected = identity !== undefined;
  return {
    connected,
    text: identity
      ? `Connected${identity.email ? ` as ${identity.email}` : ''} since ${longDate(identity.linked_at, timeZone)}.`
      : 'Not connected.',
    why: connected
      ? 'You can sign in with it, and chat about orders with people who have one too.'
      : 'With a Whop account you can sign in without a password, and chat about orders with people who have one too.',
    /** Set once the wish is known: the link that goes to Whop. */
    continueUrl: asked && !connected ? paths.whopLink : null,
  };
}
