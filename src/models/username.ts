import { randomInt } from 'node:crypto';
import type { Transaction } from '../database.ts';

/** Names that an address of ours uses, or that would mislead. */
export const RESERVED = new Set([
  'admin',
  'gigflow',
  'support',
  'help',
  'api',
  'login',
  'signup',
  'orders',
  'sell',
  'system',
  'whop',
]);

/** A username made of a display name that nobody has: `ada-marlowe`, else with a number behind it. */
export async function freeUsername(trx: Transaction, displayName: string): Promise<string> {
  const base =
    displayName
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 22)
      .replace(/-+$/, '') || 'person';
  const wanted = base.length < 2 || RESERVED.has(base) ? `${base}-${randomInt(1000, 9999)}` : base;
  const taken = await trx('profiles').where({ username: wanted }).first('user_id');
  return taken ? `${wanted}-${randomInt(10_000, 9_999_999)}` : wanted;
}
