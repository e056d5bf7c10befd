import type { SecurityFacts } from '../models/security.ts';
import { presentAudit } from './audit.ts';
import { longDate, plural } from './dates.ts';

const DAY = 24 * 60 * 60 * 1000;
export const GRACE_DAYS = 14;

/** How a person gets in, in finished sentences. */
export function presentSecurity(facts: SecurityFacts, zone: string) {
  const { email, hasPassword, hasWhop, secondFactorSince, deletionAskedAt } = facts;
  const ways = [hasPassword && 'e-mail and password', hasWhop && 'Whop'].filter(Boolean).join(', or ');
  return {
    email,
    unconfirmed: email !== null && !facts.emailVerified,
    hasPassword,
    facts: [
      {
        label: 'E-mail address',
        value: email ? `${email}${facts.emailVerified ? '' : ', not confirmed yet'}` : 'none',
      },
      { label: 'You sign in with', value: ways || 'nothing yet' },
      {
        label: 'Second step',
        value: secondFactorSince
          ? `on since ${longDate(secondFactorSince, zone)}, ${plural(facts.recoveryCodesLeft, 'recovery code')} left`
          : 'off',
      },
    ],
    secondFactor: secondFactorSince !== null,
    suspended: facts.suspendedAt
      ? `Suspended since ${longDate(facts.suspendedAt, zone)}. ${facts.suspendedReason ?? ''}`.trim()
      : null,
    deletion: deletionAskedAt ? longDate(new Date(deletionAskedAt.getTime() + GRACE_DAYS * DAY), zone) : null,
    events: facts.events.map((event) => presentAudit(event, zone)),
  };
}
