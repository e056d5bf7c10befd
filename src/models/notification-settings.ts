import type { Transaction } from '../database.ts';

/** Whether a person gets mails of a topic; he does until he says no. */
export async function wantsMail(trx: Transaction, userId: string, topic: string): Promise<boolean> {
  const row = await trx('notification_settings')
    .where({ user_id: userId, topic })
    .first<{ mail: boolean } | undefined>();
  return row?.mail ?? true;
}

/** The topics that a person wants no mails of. */
export const unwantedTopics = (trx: Transaction, userId: string): Promise<string[]> =>
  trx('notification_settings').where({ user_id: userId, mail: false }).pluck('topic');

/** Keeps the choice for every topic. */
export const chooseMails = (trx: Transaction, userId: string, choice: { topic: string; mail: boolean }[]) =>
  trx('notification_settings')
    .insert(choice.map((row) => ({ user_id: userId, ...row })))
    .onConflict(['user_id', 'topic'])
    .merge(['mail']);
