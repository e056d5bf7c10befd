import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';

/** Purposes whose mail carries a link that works once. */
export type LinkPurpose = 'verify-email' | 'reset-password' | 'change-email' | 'join-whop';
/** Mails that only tell. */
export type NoticePurpose =
  'email-change-asked' | 'password-changed' | 'second-factor-changed' | 'deletion-asked' | 'order-links';
export type Purpose = LinkPurpose | NoticePurpose;

export interface AccountToken {
  id: string;
  purpose: Purpose;
  user_id: string | null;
  email: string;
  /** Which Whop account a `join-whop` link joins; null for all others. */
  whop_sub: string | null;
  expires_at: Date;
  used_at: Date | null;
  mailed_at: Date | null;
}

/** The secret of a mailed link. Derived, so that the mail can be written later; only its hash is stored. */
export const accountToken = (config: Config, id: string): string =>
  createHmac('sha256', config.encryptionKey).update(`account:${id}`).digest('base64url');

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const ONE_HOUR = `app_now() + interval '1 hour'`;

/** Asks for a link that works once and for an hour; the job `account-mail` mails it after this transaction (as system). */
export async function issueLink(
  trx: Transaction,
  config: Config,
  link: { purpose: LinkPurpose; userId: string; email: string; whopSub?: string },
): Promise<void> {
  const id = randomUUID();
  await trx('account_tokens').insert({
    id,
    purpose: link.purpose,
    token_hash: hashOf(accountToken(config, id)),
    user_id: link.userId,
    email: link.email,
    whop_sub: link.whopSub ?? null,
    expires_at: trx.raw(ONE_HOUR),
  });
}

/** The same for whoever has this address, or nobody: the work does not depend on which it is. */
export async function issueReset(trx: Transaction, config: Config, email: string): Promise<void> {
  const id = randomUUID();
  await trx('account_tokens').insert({
    id,
    purpose: 'reset-password',
    token_hash: hashOf(accountToken(config, id)),
    user_id: trx('users').where({ email }).select('id') as unknown as string,
    email,
    expires_at: trx.raw(ONE_HOUR),
  });
}

/** Asks for a mail that carries no link of its own (as system). */
export const issueNotice = (
  trx: Transaction,
  notice: { purpose: NoticePurpose; userId: string | null; email: string },
): Promise<unknown> =>
  trx('account_tokens').insert({
    id: randomUUID(),
    purpose: notice.purpose,
    user_id: notice.userId,
    email: notice.email,
    expires_at: trx.raw('app_now()'),
  });

const open = (trx: Transaction, purpose: LinkPurpose, token: string) =>
  trx<AccountToken>('account_tokens')
    .where({ purpose, token_hash: hashOf(token) } as never)
    .whereNull('used_at')
    .whereNotNull('user_id')
    .whereRaw('expires_at > app_now()');

/** The link as long as it works. */
export const findLink = (trx: Transaction, purpose: LinkPurpose, token: string): Promise<AccountToken | undefined> =>
  open(trx, purpose, token).first() as Promise<AccountToken | undefined>;

/** Uses a link up. Of two at the same moment one gets it. */
export async function consumeLink(
  trx: Transaction,
  purpose: LinkPurpose,
  token: string,
): Promise<(AccountToken & { user_id: string }) | undefined> {
  const [used] = await open(trx, purpose, token)
    .update({ used_at: trx.raw('app_now()') } as never)
    .returning('*');
  return used as (AccountToken & { user_id: string }) | undefined;
}

/** Ends every link of these purposes that a person has not used yet. */
export const voidLinks = (trx: Transaction, userId: string, purposes: LinkPurpose[]): Promise<unknown> =>
  trx('account_tokens')
    .where({ user_id: userId, used_at: null })
    .whereIn('purpose', purposes)
    .update({ used_at: trx.raw('app_now()') });
