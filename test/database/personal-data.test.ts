import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../src/clock.ts';
import { deleteAccounts } from '../../src/jobs/delete-accounts.ts';
import { pruneExpired } from '../../src/jobs/prune-expired.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { asSystem, orderIn, setScene, type Scene } from '../support/orders.ts';

type Treatment =
  | 'deleted' // The row goes with the account.
  | 'emptied' // The row stays for those who refer to it; what is personal in it is overwritten.
  | 'pruned' // A job takes it soon.
  | 'kept'; // It belongs to the other side, to the books or to the operator.

interface Entry {
  treatment: Treatment;
  /** The part of /account/export that holds it, or why no part does. */
  exported: string;
  why?: string;
}

const gone = (exported: string): Entry => ({ treatment: 'deleted', exported });
const kept = (exported: string, why: string): Entry => ({ treatment: 'kept', exported, why });
const BOOKS = 'the books';
const OTHER_SIDE = 'belongs to the order, and so to the other side';
const NO_SECRET = 'no: a secret';
const TECHNICAL = 'no: technical';
const GUEST = 'no: a guest has no account';

/** Every column that points at a person or names one: what the export and the deletion do with it. */
const TREATED: Record<string, Entry> = {
  'users.email': { treatment: 'emptied', exported: 'account' },
  'users.email_verified_at': { treatment: 'emptied', exported: 'account' },
  'profiles.user_id': { treatment: 'emptied', exported: 'profile' },
  'profiles.location': { treatment: 'emptied', exported: 'profile' },
  'whop_identities.user_id': gone('whop'),
  'whop_identities.email': gone('whop'),
  'sessions.user_id': gone('sessions'),
  'second_factors.user_id': gone('secondStep'),
  'account_tokens.user_id': gone(NO_SECRET),
  'account_tokens.email': gone(NO_SECRET),
  'favorites.user_id': gone('favourites'),
  'notifications.user_id': gone('notifications'),
  'notifications.guest_buyer_id': kept(GUEST, 'goes with the guest’s order'),
  'notification_settings.user_id': gone('notificationSettings'),
  'blocks.blocker_id': gone('blocked'),
  'blocks.blocked_id': gone('no: the other’s decision'),
  'conversation_reads.user_id': gone(TECHNICAL),
  'live_events.user_id': gone(TECHNICAL),
  'form_submissions.actor_id': gone(TECHNICAL),
  'form_submissions.location': gone(TECHNICAL),
  'whop_dm_channels.buyer_id': gone(TECHNICAL),
  'whop_dm_channels.seller_id': gone(TECHNICAL),
  'avatar_files.user_id': { treatment: 'pruned', exported: 'picture' },
  'seller_accounts.user_id': { treatment: 'emptied', exported: 'selling' },
  'seller_records.seller_id': kept('record', 'numbers without a name'),
  'gigs.seller_id': kept('gigs', 'what was sold; it goes off sale'),
  'gig_listings.seller_id': gone('gigs'),
  'gig_listings.seller_location': gone('profile'),
  'gig_revisions.reviewer_id': kept('gigs', 'who approved what was sold'),
  'posts.seller_id': kept('posts', 'those who paid read on; it goes off sale'),
  'post_unlocks.user_id': kept('unlockedPosts', BOOKS),
  'post_unlocks.seller_id': kept('posts', BOOKS),
  'orders.buyer_id': kept('orders', OTHER_SIDE),
  'orders.seller_id': kept('orders', OTHER_SIDE),
  'orders.guest_buyer_id': kept(GUEST, OTHER_SIDE),
  'order_transitions.actor_id': kept('orders', OTHER_SIDE),
  'order_messages.sender_id': kept('messages', OTHER_SIDE),
  'order_messages.sender_guest_id': kept(GUEST, OTHER_SIDE),
  'conversations.buyer_id': kept('conversations', 'the other side’s thread'),
  'conversations.seller_id': kept('conversations', 'the other side’s thread'),
  'offers.buyer_id': kept('offers', 'the other side’s thread'),
  'offers.seller_id': kept('offers', 'the other side’s thread'),
  'conversation_reports.reporter_id': kept('reports', 'the operator’s record of what was reported and decided'),
  'conversation_reports.closed_by': kept('no: an admin’s act', 'who decided what'),
  'dispute_statements.author_id': kept('statements', OTHER_SIDE),
  'dispute_statements.author_guest_id': kept(GUEST, OTHER_SIDE),
  'reviews.author_id': { treatment: 'emptied', exported: 'reviews' },
  'reviews.author_guest_id': kept(GUEST, OTHER_SIDE),
  'reviews.subject_id': kept('no: another wrote it', OTHER_SIDE),
  'attachments.owner_id': kept('files', OTHER_SIDE),
  'attachments.owner_guest_id': kept(GUEST, OTHER_SIDE),
  'guest_buyers.email': kept(GUEST, 'the only way to reach a guest about his order'),
  'whop_checkout_configs.buyer_id': kept('orders', BOOKS),
  'whop_checkout_configs.seller_id': kept('orders', BOOKS),
  'whop_checkout_configs.guest_buyer_id': kept(GUEST, BOOKS),
  'withdrawals.seller_id': kept('withdrawals', BOOKS),
  'fee_returns.seller_id': kept('orders', BOOKS),
  'ledger_entries.seller_id': kept('orders', BOOKS),
  'refunds.requested_by': kept('orders', BOOKS),
  'refunds.cover_asked_by': kept('no: an admin’s act', BOOKS),
  'disputes.evidence_sent_by': kept('no: an admin’s act', BOOKS),
  'operator_settings.updated_by': kept('no: an admin’s act', 'who set what'),
  'audit_events.actor_id': kept('events', 'the record of who did what'),
  'audit_events.subject_id': kept('events', 'the record of who did what'),
  'audit_events.address': { treatment: 'pruned', exported: 'events', why: 'after 13 months' },
  'audit_events.user_agent': { treatment: 'pruned', exported: 'events', why: 'after 13 months' },
};

let app: TestApp;
let scene: Scene;
beforeAll(async () => {
  app = await startTestApp({ emulator: true });
  scene = await setScene(app);
});
afterAll(async () => {
  clock.set(null);
  await app.stop();
});

const DAY = 86_400_000;

/** Columns that refer to a person, or whose name says that they tell of one. */
async function personalColumns(): Promise<string[]> {
  const { rows } = await asSystem(app, (trx) =>
    trx.raw<{ rows: { name: string }[] }>(`
      select k.conrelid::regclass || '.' || a.attname as name
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and k.confrelid in ('users'::regclass, 'profiles'::regclass, 'seller_accounts'::regclass, 'guest_buyers'::regclass)
      union
      select table_name || '.' || column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE'
        and (column_name ~ '(email|phone|address|user_agent|location|birth)' or column_name in ('user_id', 'actor_id', 'subject_id'))
      order by 1`),
  );
  return rows.map(({ name }) => name);
}

test('every column that refers to a person has a decision, and every decision a column', async () => {
  const columns = await personalColumns();
  expect(columns.filter((column) => !(column in TREATED))).toEqual([]);
  expect(Object.keys(TREATED).filter((column) => !columns.includes(column))).toEqual([]);
});

test('the export has every part that a decision names', async () => {
  const data = (await scene.as.ada.get('/account/export')).body as Record<string, unknown>;
  const parts = new Set(Object.values(TREATED).map(({ exported }) => exported));
  expect([...parts].filter((part) => !part.startsWith('no: ') && !(part in data))).toEqual([]);
});

test('the deletion does with every table what is decided', async () => {
  const { ada, noor } = scene;
  await orderIn(app, scene, 'completed');
  const conversation = randomUUID();
  await asSystem(app, async (trx) => {
    const user_id = ada.id;
    await trx('favorites').insert({ user_id, gig_id: scene.shop.gigId });
    await trx('notification_settings').insert({ user_id, topic: 'work', mail: false });
    await trx('blocks').insert([
      { blocker_id: ada.id, blocked_id: noor.id },
      { blocker_id: noor.id, blocked_id: ada.id },
    ]);
    await trx('conversations').insert({ id: conversation, buyer_id: ada.id, seller_id: noor.id });
    await trx('conversation_reads').insert({ conversation_id: conversation, user_id, last_number: 1 });
    await trx('form_submissions').insert({ actor_id: ada.id, form_key: randomUUID(), location: '/orders' });
    await trx('second_factors').insert({ user_id, secret_encrypted: 'sealed' });
    await trx('whop_identities').insert({ sub: 'user_ada', user_id, email: ada.email });
    await trx('whop_dm_channels').insert({ buyer_id: ada.id, seller_id: noor.id, channel_id: 'channel' });
    await trx('account_tokens').insert({
      ...{ id: randomUUID(), purpose: 'reset-password', token_hash: 'hash', user_id, email: ada.email },
      expires_at: trx.raw(`app_now() + interval '90 days'`),
    });
  });
  expect((await scene.as.ada.post('/account/deletion', { current_password: 'correct horse battery' })).status).toBe(
    303,
  );
  clock.set(new Date(Date.now() + 15 * DAY));
  expect((await deleteAccounts(app.services)).deleted).toBe(1);
  clock.set(null);

  const left: Record<string, number> = {};
  for (const [column, { treatment }] of Object.entries(TREATED)) {
    const [table, name] = column.split('.') as [string, string];
    if (!/_id$|_by$/.test(name) && name !== 'email') continue;
    const who = name === 'email' ? ada.email : ada.id;
    const [{ count }] = (await asSystem(app, (trx) => trx(table).where(name, who).count({ count: '*' }))) as [
      { count: number },
    ];
    if (treatment === 'deleted' || (treatment === 'emptied' && name === 'email')) left[column] = Number(count);
  }
  expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([]);
  expect(Object.keys(left).length).toBeGreaterThan(15);
  const kept = await asSystem(app, (trx) =>
    trx('orders').where({ buyer_id: ada.id }).count<{ count: number }[]>({ count: '*' }),
  );
  expect(Number(kept[0]!.count)).toBe(1);
});

test('what is over is taken away; what still counts is not', async () => {
  const sid = randomUUID();
  await asSystem(app, async (trx) => {
    const row = (id: string, expires: string) => ({ sid: id, sess: '{"cookie":{}}', expire: trx.raw(expires) });
    await trx('sessions').insert([
      row(sid, `now() - interval '1 second'`),
      row(`${sid}-live`, `now() + interval '1 day'`),
    ]);
    const link = { purpose: 'reset-password', email: 'old@gigflow.test' };
    await trx('account_tokens').insert([
      { ...link, id: randomUUID(), token_hash: 'old', expires_at: trx.raw(`app_now() - interval '25 hours'`) },
      { ...link, id: randomUUID(), token_hash: 'new', expires_at: trx.raw(`app_now() + interval '1 hour'`) },
    ]);
    const key = { actor_id: scene.noor.id, location: '/orders' };
    await trx('form_submissions').insert([
      { ...key, form_key: randomUUID(), created_at: trx.raw(`app_now() - interval '31 days'`) },
      { ...key, form_key: randomUUID() },
    ]);
    const event = { action: 'sign-in', address: '192.0.2.7', user_agent: 'Firefox', actor_id: scene.noor.id };
    await trx('audit_events').insert([
      { ...event, request_id: 'old', created_at: trx.raw(`app_now() - interval '14 months'`) },
      { ...event, request_id: 'new' },
    ]);
  });
  const counts = await pruneExpired(app.services);
  expect(counts).toEqual({ sessions: 1, 'mailed links': 1, 'form keys': 1, 'network addresses': 1 });
  const events = await asSystem(app, (trx) =>
    trx('audit_events').whereIn('request_id', ['old', 'new']).orderBy('request_id').select('action', 'address'),
  );
  expect(events).toEqual([
    { action: 'sign-in', address: '192.0.2.7' },
    { action: 'sign-in', address: null },
  ]);
  expect(await asSystem(app, (trx) => trx('sessions').where('sid', 'like', `${sid}%`).pluck('sid'))).toEqual([
    `${sid}-live`,
  ]);
});

test.each([
  [`update audit_events set address = null where request_id = 'new'`],
  [`update audit_events set action = 'nothing', address = null, user_agent = null where request_id = 'old'`],
  [`delete from audit_events where request_id = 'old'`],
])('even the system cannot do more to the audit log: %s', async (statement) => {
  await expect(asSystem(app, (trx) => trx.raw(statement))).rejects.toThrow('append-only');
});
