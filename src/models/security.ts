import type { Transaction } from '../database.ts';
import { auditOf, type AuditRow } from './audit-list.ts';

export interface SecurityFacts {
  email: string | null;
  emailVerified: boolean;
  hasPassword: boolean;
  hasWhop: boolean;
  secondFactorSince: Date | null;
  recoveryCodesLeft: number;
  suspendedReason: string | null;
  suspendedAt: Date | null;
  deletionAskedAt: Date | null;
  events: AuditRow[];
}

interface Row {
  email: string | null;
  email_verified_at: Date | null;
  password_hash: string | null;
  suspended_at: Date | null;
  suspended_reason: string | null;
  deletion_asked_at: Date | null;
  whop: boolean;
  second_factor_at: Date | null;
  codes_left: number;
}

/** How a person gets in and what happened to his account, as he himself may see it. */
export async function findSecurity(trx: Transaction, userId: string): Promise<SecurityFacts> {
  const row = (await trx('users as u')
    .leftJoin('second_factors as f', (join) => join.on('f.user_id', 'u.id').andOnNotNull('f.confirmed_at'))
    .where('u.id', userId)
    .first<Row>(
      trx.raw(`u.email, u.email_verified_at, u.password_hash, u.suspended_at, u.suspended_reason, u.deletion_asked_at,
        exists (select 1 from whop_identities w where w.user_id = u.id) as whop,
        f.confirmed_at as second_factor_at, coalesce(cardinality(f.recovery_hashes), 0) as codes_left`),
    ))!;
  return {
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    hasPassword: row.password_hash !== null,
    hasWhop: row.whop,
    secondFactorSince: row.second_factor_at,
    recoveryCodesLeft: row.codes_left,
    suspendedReason: row.suspended_reason,
    suspendedAt: row.suspended_at,
    deletionAskedAt: row.deletion_asked_at,
    events: await auditOf(trx, userId),
  };
}
