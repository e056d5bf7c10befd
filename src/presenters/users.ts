import type { UserFilter, UserRow } from '../models/user-list.ts';
import { paths } from '../paths.ts';
import type { Decision } from '../policies/policy.ts';
import { longDate } from './dates.ts';

const badgeOf = (user: UserRow) => {
  if (user.deleted_at) return { tone: 'quiet', icon: 'trash', text: 'Deleted' };
  if (user.suspended_at) return { tone: 'bad', icon: 'ban', text: 'Suspended' };
  if (user.role === 'admin') return { tone: 'wash', icon: 'shield', text: 'Admin' };
  return null;
};

const roleOf = (user: UserRow): string => (user.sells ? 'Sells' : 'Buys');

/** The list of people, one page of it. */
export function presentUsers(rows: UserRow[], filter: UserFilter, size: number, zone: string) {
  const shown = rows.slice(0, size);
  const { q, only } = filter;
  const tab = (text: string, value?: UserFilter['only']) => ({
    text,
    href: paths.adminUsers({ q, only: value }),
    current: only === value,
  });
  return {
    q: q ?? '',
    only: only ?? '',
    tabs: [tab('Everybody'), tab('Suspended', 'suspended'), tab('Admins', 'admins')],
    users: shown.map((user) => ({
      name: user.display_name,
      href: paths.adminUser(user.id),
      note: [`@${user.username}`, user.email, `since ${longDate(user.created_at, zone)}`].filter(Boolean).join(' · '),
      role: roleOf(user),
      badge: badgeOf(user),
    })),
    pager: rows.length > size ? { next: paths.adminUsers({ q, only, after: shown.at(-1)!.id }) } : null,
  };
}

/** One person, as an admin sees him. */
export const presentUser = (user: UserRow, decision: Decision, zone: string) => ({
  name: user.display_name,
  username: user.username,
  badge: badgeOf(user),
  email: user.email ? `${user.email}${user.email_verified_at ? '' : ', not confirmed'}` : 'no e-mail address',
  facts: [
    { label: 'Role', value: roleOf(user) },
    { label: 'Since', value: longDate(user.created_at, zone) },
    ...(user.deletion_asked_at && !user.deleted_at
      ? [{ label: 'Asked for deletion', value: longDate(user.deletion_asked_at, zone) }]
      : []),
  ],
  suspended: user.suspended_at
    ? { since: longDate(user.suspended_at, zone), reason: user.suspended_reason ?? '' }
    : null,
  suspension: paths.adminUserSuspension(user.id),
  reinstatement: paths.adminUserReinstatement(user.id),
  maySuspend: decision.allowed,
  why: decision.allowed ? null : decision.reason,
});
