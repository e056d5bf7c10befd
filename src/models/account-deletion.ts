import { Conflict } from '../errors.ts';
import type { Database, Transaction } from '../database.ts';
import type { Services } from '../services.ts';
import { issueNotice } from './account-token.ts';
import { recordAudit, type Origin } from './audit-event.ts';
import { endSessions } from './session.ts';
import { ENDED } from './withdrawal.ts';

interface Obligations {
  orders: number;
  refunds: number;
  disputes: number;
  withdrawals: number;
}

/** What still binds a person to others (as system): money on its way is not always his to see. */
async function obligationsOf(trx: Transaction, userId: string): Promise<Obligations> {
  const { rows } = await trx.raw<{ rows: Obligations[] }>(
    `with mine as (select id, status from orders where buyer_id = :id or seller_id = :id)
     select (select count(*) from mine where status not in ('completed', 'cancelled', 'refunded')) as orders,
       (select count(*) from refunds r where r.order_id in (select id from mine)
         and r.status in ('requested', 'pending', 'waiting_for_balance', 'paused')) as refunds,
       (select count(*) from disputes d where d.order_id in (select id from mine) and d.status = 'open') as disputes,
       (select count(*) from withdrawals w where w.seller_id = :id
         and w.status <> all(:ended)) as withdrawals`,
    { id: userId, ended: ENDED },
  );
  return rows[0]!;
}

const WORDS: [keyof Obligations | 'balance', string][] = [
  ['orders', 'an order that is not finished'],
  ['refunds', 'a refund on its way'],
  ['disputes', 'an open dispute'],
  ['withdrawals', 'a withdrawal on its way'],
  ['balance', 'money at Whop that is not withdrawn yet'],
];

/** What stands in the way of deleting an account, in words; empty when nothing does. Asks Whop for the balance. */
export async function deletionObstacles({ config, database, whop }: Services, userId: string): Promise<string[]> {
  const { counts, companyId } = await database.withSystem('sign-in', async (trx) => {
    const seller = await trx('seller_accounts').where({ user_id: userId }).first('whop_company_id');
    return {
      counts: await obligationsOf(trx, userId),
      companyId: seller?.whop_company_id as string | null | undefined,
    };
  });
  const held = companyId ? await whop.readBalance(companyId, config.currency) : null;
  const balance = held ? held.availableCents + held.pendingCents + held.reserveCents : 0;
  const facts = { ...counts, balance: Number(balance !== 0) };
  return WORDS.filter(([what]) => facts[what] > 0).map(([, words]) => words);
}

/** Starts the 14 days. @throws Conflict naming what stands in the way */
export async function askDeletion(services: Services, userId: string, from: Origin): Promise<void> {
  const obstacles = await deletionObstacles(services, userId);
  if (obstacles.length) throw new Conflict(`There is ${obstacles.join(', ')}. The account can be deleted after that.`);
  await services.database.withSystem('sign-in', async (trx) => {
    const [user] = await trx('users')
      .where({ id: userId })
      .update({ deletion_asked_at: trx.raw('coalesce(deletion_asked_at, app_now())') })
      .returning<{ email: string | null }[]>('email');
    if (user?.email) await issueNotice(trx, { purpose: 'deletion-asked', userId, email: user.email });
    await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'account.deletion-asked', from });
  });
}

export const withdrawDeletion = (database: Database, userId: string, from: Origin): Promise<void> =>
  database.withSystem('sign-in', async (trx) => {
    const changed = await trx('users')
      .where({ id: userId, deleted_at: null })
      .whereNotNull('deletion_asked_at')
      .update({ deletion_asked_at: null });
    if (changed === 0) return;
    await recordAudit(trx, { actorId: userId, subjectId: userId, action: 'account.deletion-withdrawn', from });
  });

/** People whose 14 days are over (as system). */
export const dueDeletions = (trx: Transaction): Promise<string[]> =>
  trx('users')
    .whereNull('deleted_at')
    .whereRaw(`deletion_asked_at <= app_now() - interval '14 days'`)
    .orderBy('deletion_asked_at')
    .limit(50)
    .pluck('id');

/**
 * Takes everything personal away; orders, money and what was written in them stay, under “Former member” (as system).
 * @returns false when the person changed his mind meanwhile, or owes something again
 */
export async function eraseAccount(trx: Transaction, userId: string): Promise<boolean> {
  const user = await trx('users').where({ id: userId, deleted_at: null }).forUpdate().first('deletion_asked_at');
  if (!user?.deletion_asked_at) return false;
  if (Object.values(await obligationsOf(trx, userId)).some((count) => count > 0)) return false;
  await endSessions(trx, userId, null);
  for (const [table, columns] of GOES) {
    await trx(table)
      .where((his) => columns.forEach((column) => void his.orWhere(column, userId)))
      .delete();
  }
  await trx('order_delivery_drafts')
    .whereIn('order_id', trx('orders').where({ seller_id: userId }).select('id'))
    .delete();
  await trx('order_brief_drafts')
    .whereIn('order_id', trx('orders').where({ buyer_id: userId }).select('id'))
    .delete();
  await trx('account_tokens')
    .whereIn('email', trx('users').where({ id: userId }).select('email'))
    .delete();
  await trx('gigs').where({ seller_id: userId, status: 'published' }).update({ status: 'paused' });
  await trx('posts').where({ seller_id: userId }).update({ published_at: null });
  await trx('reviews').where({ author_id: userId }).update({ author_name: FORMER });
  await trx('seller_accounts').where({ user_id: userId }).update({ company_title: FORMER });
  await trx('profiles')
    .where({ user_id: userId })
    .update({
      ...{ username: `former-${userId.slice(0, 8)}${userId.slice(9, 13)}`, display_name: FORMER, tagline: '', bio: '' },
      ...{ skills: [], languages: [], location: '', links: '[]', time_zone: 'UTC', avatar_id: null },
    });
  await trx('users')
    .where({ id: userId })
    .update({
      ...{ email: null, email_verified_at: null, password_hash: null, role: 'user' },
      deleted_at: trx.raw('app_now()'),
    });
  await recordAudit(trx, { actorId: null, subjectId: userId, action: 'account.deleted' });
  return true;
}

const FORMER = 'Former member';

/** Rows that are nobody else's business, by the columns that say whose they are. */
const GOES: [table: string, columns: string[]][] = [
  ['whop_identities', ['user_id']],
  ['whop_dm_channels', ['buyer_id', 'seller_id']],
  ['favorites', ['user_id']],
  ['notifications', ['user_id']],
  ['notification_settings', ['user_id']],
  ['blocks', ['blocker_id', 'blocked_id']],
  ['conversation_reads', ['user_id']],
  ['live_events', ['user_id']],
  ['form_submissions', ['actor_id']],
  ['second_factors', ['user_id']],
  ['account_tokens', ['user_id']],
];
