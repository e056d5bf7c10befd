import type { Request } from 'express';
import type { Database, Transaction } from '../database.ts';

/** Where a request came from, as the audit log keeps it. */
export interface Origin {
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
}

export interface AuditEvent {
  actorId: string | null;
  /** Whom it concerns; he may read it. */
  subjectId?: string | null;
  action: string;
  target?: { type: string; id: string };
  details?: Record<string, unknown>;
  from?: Origin;
}

export const originOf = (request: Request): Origin => ({
  address: request.ip ?? null,
  userAgent: (request.get('user-agent') ?? '').slice(0, 300) || null,
  requestId: request.id ? String(request.id) : null,
});

const whence = (from?: Origin) => ({
  address: from?.address ?? null,
  user_agent: from?.userAgent ?? null,
  request_id: from?.requestId ?? null,
});

/** Writes down who did what, as the system actor and in the transaction of the act itself. The table is append-only. */
export const recordAudit = (trx: Transaction, event: AuditEvent): Promise<unknown> =>
  trx('audit_events').insert({
    actor_id: event.actorId,
    subject_id: event.subjectId ?? null,
    action: event.action,
    target_type: event.target?.type ?? null,
    target_id: event.target?.id ?? null,
    details: JSON.stringify(event.details ?? {}),
    ...whence(event.from),
  });

/** The same for an act that writes nothing else. */
export const recordAlone = (database: Database, event: AuditEvent): Promise<unknown> =>
  database.withSystem('audit', (trx) => recordAudit(trx, event));

/**
 * A failed sign-in, kept for the account that has this address, if one has. The statement and the wait are the same when none
 * has (no flush to disk is waited for), so that the time of the answer does not tell.
 */
export const recordFailedSignIn = (database: Database, email: string, from: Origin): Promise<unknown> =>
  database.withSystem('audit', async (trx) => {
    await trx.raw('set local synchronous_commit = off');
    const { address, user_agent, request_id } = whence(from);
    await trx.raw(
      `insert into audit_events (subject_id, action, address, user_agent, request_id)
       select id, 'sign-in.failed', ?, ?, ? from users where email = ?`,
      [address, user_agent, request_id, email],
    );
  });
