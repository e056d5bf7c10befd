import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';
import type { Services } from '../services.ts';
import type { WhopIdentity } from '../whop/oauth.ts';
import { consumeLink, findLink, issueLink, voidLinks, type AccountToken } from './account-token.ts';
import { recordAudit, type Origin } from './audit-event.ts';
import { endSessions } from './session.ts';

/**
 * Mails the proof that joins a Whop identity to the account whose unconfirmed address it has (product.md section 1). Who tries
 * again and again sends no more than one mail in ten minutes.
 */
export async function askJoin(
  trx: Transaction,
  config: Config,
  { sub }: WhopIdentity,
  user: { id: string; email: string },
): Promise<void> {
  const recent = await trx('account_tokens')
    .where({ purpose: 'join-whop', user_id: user.id, whop_sub: sub, used_at: null })
    .whereRaw(`created_at > app_now() - interval '10 minutes'`)
    .first('id');
  if (recent) return;
  await voidLinks(trx, user.id, ['join-whop']);
  await issueLink(trx, config, { purpose: 'join-whop', userId: user.id, email: user.email, whopSub: sub });
}

/** The link as long as it works. */
export const findJoin = ({ database }: Services, token: string): Promise<AccountToken | undefined> =>
  database.withSystem('sign-in', (trx) => findLink(trx, 'join-whop', token));

/**
 * The mailbox is proven, so the account is this person's, whoever made it: its password, second step, sessions and open links go,
 * and the Whop identity joins. No session comes of it: he signs in with Whop.
 * @returns false when the link does not work any more, or the account was confirmed, changed or joined meanwhile
 */
export const joinWhop = ({ database }: Services, token: string, from: Origin): Promise<boolean> =>
  database.withSystem('sign-in', async (trx) => {
    const link = await consumeLink(trx, 'join-whop', token);
    if (!link?.whop_sub) return false;
    const { user_id: userId, email, whop_sub: sub } = link;
    await lockIdentity(trx, sub);
    const unconfirmed = { id: userId, email, email_verified_at: null };
    const user = await trx('users').where(unconfirmed).forUpdate().first('id');
    const taken = await trx('whop_identities').where({ sub }).orWhere({ user_id: userId }).first('sub');
    if (!user || taken) return false;
    await trx('users')
      .where({ id: userId })
      .update({ email_verified_at: trx.raw('app_now()'), password_hash: null });
    await trx('second_factors').where({ user_id: userId }).delete();
    await endSessions(trx, userId, null);
    await voidLinks(trx, userId, ['verify-email', 'reset-password', 'change-email']);
    await trx('whop_identities').insert({ sub, user_id: userId, email, scope: '' });
    await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'whop.joined', from });
    return true;
  });

/** Keeps a second sign-in of the same identity waiting until this transaction ends. */
export const lockIdentity = (trx: Transaction, sub: string): Promise<unknown> =>
  trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`whop:${sub}`]);
