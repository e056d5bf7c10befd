import { createHash, randomBytes } from 'node:crypto';
import { clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Transaction } from '../database.ts';
import { decrypt, encrypt } from '../encryption.ts';
import { Conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { issueNotice } from './account-token.ts';
import { recordAudit, type Origin } from './audit-event.ts';
import { endSessions } from './session.ts';
import { matchingStep, newSecret } from './totp.ts';

interface SecondFactor {
  user_id: string;
  secret_encrypted: string;
  confirmed_at: Date | null;
  last_step: number;
  recovery_hashes: string[];
}

const RECOVERY_CODES = 10;
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
const plain = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');
const factor = (trx: Transaction, userId: string) => trx<SecondFactor>('second_factors').where({ user_id: userId });

export const hasSecondFactor = async ({ database }: Services, userId: string): Promise<boolean> =>
  Boolean(
    await database.withSystem('sign-in', (trx) => factor(trx, userId).whereNotNull('confirmed_at').first('user_id')),
  );

/** Starts over with a new secret, which counts only once a code of it was typed. @throws Conflict when one is on already */
export const startSecondFactor = ({ config, database }: Services, userId: string): Promise<void> =>
  database.withSystem('sign-in', async (trx) => {
    if (await factor(trx, userId).whereNotNull('confirmed_at').first('user_id')) {
      throw new Conflict('The second step is on already. Switch it off first.');
    }
    await factor(trx, userId).delete();
    const secret_encrypted = encrypt(newSecret(), config.encryptionKey);
    await trx('second_factors').insert({ user_id: userId, secret_encrypted });
  });

/** The secret that waits for its first code, for its owner's page; null when none waits. */
export async function waitingSecret(trx: Transaction, config: Config, userId: string): Promise<string | null> {
  const row = await factor(trx, userId).whereNull('confirmed_at').first();
  return row ? decrypt(row.secret_encrypted, config.decryptionKeys) : null;
}

/**
 * The first code was typed: from now on it is asked for; other sessions end.
 * @returns the recovery codes, which are never shown again, or null when the code is wrong
 */
export async function confirmSecondFactor(
  { config, database }: Services,
  person: { id: string; sessionId: string },
  code: string,
  from: Origin,
): Promise<string[] | null> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomBytes(5).toString('hex'));
  return database.withSystem('sign-in', async (trx) => {
    const row = await factor(trx, person.id).whereNull('confirmed_at').forUpdate().first();
    const step = row && stepOf(config, row, code);
    if (!step) return null;
    await factor(trx, person.id).update({
      confirmed_at: trx.raw('app_now()') as unknown as Date,
      last_step: step,
      recovery_hashes: codes.map(hashOf),
    });
    await endSessions(trx, person.id, person.sessionId);
    await tell(trx, person.id, 'second-factor.on', from);
    return codes.map((text) => `${text.slice(0, 5)}-${text.slice(5)}`);
  });
}

/** True when the code is good: one of this minute that was not used, or an unused recovery code. It is used up then. */
export const useCode = ({ config, database }: Services, userId: string, code: string, from: Origin): Promise<boolean> =>
  database.withSystem('sign-in', async (trx) => {
    const row = await factor(trx, userId).whereNotNull('confirmed_at').forUpdate().first();
    if (!row) return false;
    const step = stepOf(config, row, code);
    if (step) await factor(trx, userId).update({ last_step: step });
    if (step) return true;
    const hash = hashOf(plain(code));
    const left = row.recovery_hashes.filter((known) => known !== hash);
    if (left.length < row.recovery_hashes.length) {
      await factor(trx, userId).update({ recovery_hashes: left });
      await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'second-factor.recovery-code', from });
      return true;
    }
    await recordAudit(trx, { actorId: null, subjectId: userId, action: 'sign-in.second-step-failed', from });
    return false;
  });

export const removeSecondFactor = ({ database }: Services, userId: string, from: Origin): Promise<void> =>
  database.withSystem('sign-in', async (trx) => {
    if ((await factor(trx, userId).delete()) > 0) await tell(trx, userId, 'second-factor.off', from);
  });

const stepOf = (config: Config, row: SecondFactor, code: string): number | null => {
  const secret = decrypt(row.secret_encrypted, config.decryptionKeys);
  return secret === null ? null : matchingStep(secret, code.replace(/\s/g, ''), clock.now(), row.last_step);
};

async function tell(trx: Transaction, userId: string, action: string, from: Origin): Promise<void> {
  const user = await trx('users').where({ id: userId }).first<{ email: string | null } | undefined>('email');
  if (user?.email) await issueNotice(trx, { purpose: 'second-factor-changed', userId, email: user.email });
  await recordAudit(trx, { actorId: userId, subjectId: userId, action, from });
}
