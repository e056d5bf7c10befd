import type { Database } from '../database.ts';

/** Makes somebody an admin or takes it back, with a line in the audit log; false when there is no such person. */
export const setRole = (database: Database, email: string, role: 'user' | 'admin'): Promise<boolean> =>
  database.withSystem('jobs', async (trx) => {
    const user = await trx('users').where({ email }).first<{ id: string } | undefined>('id');
    if (!user) return false;
    await trx('users').where({ id: user.id }).update({ role });
    await trx('audit_events').insert({
      subject_id: user.id,
      action: `role.${role}`,
      target_type: 'user',
      target_id: user.id,
      details: { by: 'command line' },
    });
    return true;
  });
