import type { Transaction } from '../database.ts';
import { recordAudit, type Origin } from './audit-event.ts';

export interface UserRow {
  id: string;
  email: string | null;
  email_verified_at: Date | null;
  role: 'user' | 'admin';
  suspended_at: Date | null;
  suspended_reason: string | null;
  deletion_asked_at: Date | null;
  deleted_at: Date | null;
  created_at: Date;
  username: string;
  display_name: string;
  sells: boolean;
}

const users = (trx: Transaction) =>
  trx('users as u')
    .join('profiles as p', 'p.user_id', 'u.id')
    .select(
      trx.raw(`u.id, u.email, u.email_verified_at, u.role, u.suspended_at, u.suspended_reason, u.deletion_asked_at,
        u.deleted_at, u.created_at, p.username, p.display_name,
        exists (select 1 from seller_accounts s where s.user_id = u.id) as sells`),
    );

export interface UserFilter {
  q?: string;
  only?: 'suspended' | 'admins';
  after?: string;
}

/** People for an admin, the newest first, from behind `after` (an id) on. */
export async function userPage(trx: Transaction, filter: UserFilter, size: number): Promise<UserRow[]> {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return (await users(trx)
    .modify((query) => {
      if (filter.q)
        void query.where((either) =>
          either
            .where('p.display_name', 'ilike', like)
            .orWhereRaw('p.username::text ilike ?', [like])
            .orWhereRaw('u.email::text ilike ?', [like]),
        );
      if (filter.only === 'suspended') void query.whereNotNull('u.suspended_at');
      if (filter.only === 'admins') void query.where('u.role', 'admin');
      if (filter.after)
        void query.whereRaw('(u.created_at, u.id) < (select a.created_at, a.id from users a where a.id = ?)', [
          filter.after,
        ]);
    })
    .orderBy([
      { column: 'u.created_at', order: 'desc' },
      { column: 'u.id', order: 'desc' },
    ])
    .limit(size)) as unknown as UserRow[];
}

export const findUser = async (trx: Transaction, id: string): Promise<UserRow | undefined> =>
  (await users(trx).where('u.id', id).first()) as UserRow | undefined;

interface Suspension {
  userId: string;
  adminId: string;
  reason: string;
  from: Origin;
}

/** Suspends (as system); the seller's listings go in the same transaction, by trigger. False when it was so already. */
export async function suspendUser(trx: Transaction, { userId, adminId, reason, from }: Suspension): Promise<boolean> {
  const changed = await trx('users')
    .where({ id: userId, suspended_at: null })
    .update({ suspended_at: trx.raw('app_now()'), suspended_reason: reason });
  if (changed === 0) return false;
  const details = { reason };
  await recordAudit(trx, { actorId: adminId, subjectId: userId, action: 'user.suspended', details, from });
  return true;
}

/** Lifts a suspension (as system). False when there was none. */
export async function reinstateUser(trx: Transaction, suspension: Omit<Suspension, 'reason'>): Promise<boolean> {
  const { userId, adminId, from } = suspension;
  const changed = await trx('users')
    .where({ id: userId })
    .whereNotNull('suspended_at')
    .update({ suspended_at: null, suspended_reason: null });
  if (changed === 0) return false;
  await recordAudit(trx, { actorId: adminId, subjectId: userId, action: 'user.reinstated', from });
  return true;
}
