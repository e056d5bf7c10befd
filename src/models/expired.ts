import type { Transaction } from '../database.ts';

/** What is over, and how to take it away (as system). Time is the database's, as it is for whoever reads these rows. */
const EXPIRED = {
  sessions: (trx: Transaction) => trx('sessions').whereRaw('expire < now()').delete(),
  'mailed links': (trx: Transaction) =>
    trx('account_tokens').whereRaw(`expires_at < app_now() - interval '1 day'`).delete(),
  'form keys': (trx: Transaction) =>
    trx('form_submissions').whereRaw(`created_at < app_now() - interval '30 days'`).delete(),
  'network addresses': (trx: Transaction) =>
    trx('audit_events')
      .whereRaw(`created_at < app_now() - interval '13 months' and (address is not null or user_agent is not null)`)
      .update({ address: null, user_agent: null }),
} satisfies Record<string, (trx: Transaction) => Promise<number>>;

/** Forgets what is over (as system). @returns how many rows of each kind */
export async function forgetExpired(trx: Transaction): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [what, forget] of Object.entries(EXPIRED)) counts[what] = await forget(trx);
  return counts;
}
