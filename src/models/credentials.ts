import type { Transaction } from '../database.ts';
import { Conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { consumeLink, issueLink, issueNotice, issueReset, voidLinks } from './account-token.ts';
import { recordAudit, type Origin } from './audit-event.ts';
import { endSessions } from './session.ts';
import { hashPassword, passwordMatches } from './user.ts';

interface Credentials {
  email: string | null;
  password_hash: string | null;
}

const credentialsOf = async (trx: Transaction, userId: string): Promise<Credentials> =>
  (await trx('users').where({ id: userId }).first<Credentials>('email', 'password_hash'))!;

/** True when this is the person's password, or when he has none to give (he came by Whop). */
export async function confirmsPassword(
  { database }: Services,
  userId: string,
  password: string | undefined,
): Promise<boolean> {
  const { password_hash } = await database.withSystem('sign-in', (trx) => credentialsOf(trx, userId));
  return password_hash === null || passwordMatches(password_hash, password ?? '');
}

/** Mails the proof of the address once more. */
export const askVerification = ({ config, database }: Services, userId: string, email: string): Promise<unknown> =>
  database.withSystem('sign-in', (trx) => issueLink(trx, config, { purpose: 'verify-email', userId, email }));

/** The mailed link was opened and confirmed: the address is his. False when the link does not work any more. */
export const verifyEmail = ({ database }: Services, token: string, from: Origin): Promise<boolean> =>
  database.withSystem('sign-in', async (trx) => {
    const link = await consumeLink(trx, 'verify-email', token);
    if (!link) return false;
    const owned = { id: link.user_id, email: link.email };
    const changed = await trx('users')
      .where(owned)
      .update({ email_verified_at: trx.raw('app_now()') });
    if (changed === 0) return false;
    await recordAudit(trx, { actorId: link.user_id, subjectId: link.user_id, action: 'email.confirmed', from });
    return true;
  });

/** Asks for a link to a new password. The answer and the work are the same whoever has the address. */
export const askReset = ({ config, database }: Services, email: string): Promise<void> =>
  database.withSystem('sign-in', (trx) => issueReset(trx, config, email));

/** Sets the password by a mailed link, and signs the person out everywhere. False when the link does not work any more. */
export async function resetPassword(
  { database }: Services,
  token: string,
  password: string,
  from: Origin,
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  return database.withSystem('sign-in', async (trx) => {
    const link = await consumeLink(trx, 'reset-password', token);
    if (!link) return false;
    const userId = link.user_id;
    // The address may have been changed since: then the link was mailed to a stranger by now.
    const changed = await trx('users')
      .where({ id: userId, email: link.email })
      .update({ password_hash: passwordHash, email_verified_at: trx.raw('coalesce(email_verified_at, app_now())') });
    if (changed === 0) return false;
    await afterPasswordChange(trx, userId, link.email, null);
    await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'password.reset', from });
    return true;
  });
}

/** Changes the password of somebody who knows the old one; his other sessions end. False when he does not know it. */
export async function changePassword(
  { database }: Services,
  person: { id: string; sessionId: string },
  passwords: { current: string; next: string },
  from: Origin,
): Promise<boolean> {
  const { email, password_hash } = await database.withSystem('sign-in', (trx) => credentialsOf(trx, person.id));
  if (!(await passwordMatches(password_hash, passwords.current))) return false;
  const passwordHash = await hashPassword(passwords.next);
  return database.withSystem('sign-in', async (trx) => {
    const changed = await trx('users').where({ id: person.id, password_hash }).update({ password_hash: passwordHash });
    if (changed === 0) return false;
    await afterPasswordChange(trx, person.id, email, person.sessionId);
    await recordAudit(trx, { actorId: person.id, subjectId: person.id, action: 'password.changed', from });
    return true;
  });
}

async function afterPasswordChange(
  trx: Transaction,
  userId: string,
  email: string | null,
  keep: string | null,
): Promise<void> {
  await endSessions(trx, userId, keep);
  await voidLinks(trx, userId, ['reset-password', 'change-email']);
  if (email) await issueNotice(trx, { purpose: 'password-changed', userId, email });
}

/** Asks the new address for its proof and tells the old one. Nothing changes yet. */
export const askEmailChange = (
  { config, database }: Services,
  userId: string,
  email: string,
  from: Origin,
): Promise<void> =>
  database.withSystem('sign-in', async (trx) => {
    const { email: old } = await credentialsOf(trx, userId);
    await voidLinks(trx, userId, ['change-email']);
    await issueLink(trx, config, { purpose: 'change-email', userId, email });
    if (old) await issueNotice(trx, { purpose: 'email-change-asked', userId, email: old });
    await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'email.change-asked', from });
  });

/**
 * The new address is proven and takes effect. False when the link does not work any more.
 * @throws Conflict when another account has the address
 */
export async function changeEmail({ database }: Services, token: string, from: Origin): Promise<boolean> {
  try {
    return await database.withSystem('sign-in', async (trx) => {
      const link = await consumeLink(trx, 'change-email', token);
      if (!link) return false;
      const userId = link.user_id;
      await trx('users')
        .where({ id: userId })
        .update({ email: link.email, email_verified_at: trx.raw('app_now()') });
      await voidLinks(trx, userId, ['reset-password', 'verify-email']);
      await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'email.changed', from });
      return true;
    });
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    throw new Conflict('Another account has this e-mail address. Yours is unchanged.');
  }
}
