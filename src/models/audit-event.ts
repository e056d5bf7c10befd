import type { Transaction } from '../database.ts';

export interface AuditEvent {
  actorId: string | null;
  /** Whom it concerns; he may read it. */
  subjectId?: string | null;
  action: string;
  target?: { type: string; id: string };
  details?: Record<string, unknown>;
}

/** Writes down who did what, as the system actor and in the transaction of the act itself. The table is append-only. */
export const recordAudit = (trx: Transaction, event: AuditEvent): Promise<unknown> =>
  trx('audit_events').insert({
    actor_id: event.actorId,
    subject_id: event.subjectId ?? null,
    action: event.action,
    target_type: event.target?.type ?? null,
    target_id: event.target?.id ?? null,
    details: JSON.stringify(event.details ?? {}),
  });
