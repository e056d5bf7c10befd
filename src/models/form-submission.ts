import type { Transaction } from '../database.ts';

/**
 * Takes a form's key for this actor. Call it first in the act's transaction: when the act fails, the key is free again;
 * a repeat that arrives meanwhile waits for the first.
 * @returns null the first time, else the address that the first one led to
 */
export async function once(
  trx: Transaction,
  actorId: string,
  formKey: string,
  location: string,
): Promise<string | null> {
  const taken = await trx('form_submissions')
    .insert({ actor_id: actorId, form_key: formKey, location })
    .onConflict(['actor_id', 'form_key'])
    .ignore();
  if ((taken as unknown as { rowCount: number }).rowCount === 1) return null;
  return firstLocation(trx, actorId, formKey);
}

/** Where a form with this key has led this actor before; null when it is new. Takes nothing. */
export async function firstLocation(trx: Transaction, actorId: string, formKey: string): Promise<string | null> {
  const first = await trx('form_submissions')
    .where({ actor_id: actorId, form_key: formKey })
    .first<{ location: string } | undefined>('location');
  return first?.location ?? null;
}
