import type { Transaction } from '../database.ts';

export interface AuditRow {
  id: string;
  action: string;
  actor_id: string | null;
  actor_name: string | null;
  subject_id: string | null;
  subject_name: string | null;
  target_type: string | null;
  target_id: string | null;
  details: Record<string, unknown>;
  address: string | null;
  user_agent: string | null;
  request_id: string | null;
  created_at: Date;
}

const named = (trx: Transaction) =>
  trx('audit_events as a')
    .leftJoin('profiles as actor', 'actor.user_id', 'a.actor_id')
    .leftJoin('profiles as subject', 'subject.user_id', 'a.subject_id')
    .orderBy([
      { column: 'a.created_at', order: 'desc' },
      { column: 'a.id', order: 'desc' },
    ])
    .select<AuditRow[]>(
      'a.*',
      { actor_name: 'actor.display_name', subject_name: 'subject.display_name' },
      trx.raw('host(a.address) as address'),
    );

/** The newest events that concern one person. */
export const auditOf = (trx: Transaction, userId: string, limit = 20): Promise<AuditRow[]> =>
  named(trx).where('a.subject_id', userId).limit(limit) as unknown as Promise<AuditRow[]>;

export interface AuditFilter {
  action?: string;
  person?: string;
  before?: Date;
}

/** A page of everything, for admins; `action` takes the beginning of an action, `person` a username of either side. */
export const auditPage = (trx: Transaction, filter: AuditFilter, size: number): Promise<AuditRow[]> =>
  named(trx)
    .modify((query) => {
      if (filter.action) void query.whereRaw('starts_with(a.action, ?)', [filter.action]);
      if (filter.person)
        void query.where((either) =>
          either.where('actor.username', filter.person!).orWhere('subject.username', filter.person!),
        );
      if (filter.before) void query.where('a.created_at', '<', filter.before);
    })
    .limit(size) as unknown as Promise<AuditRow[]>;
