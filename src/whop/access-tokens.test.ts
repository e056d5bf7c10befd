import { afterEach, expect, test } from 'vitest';
import { stretchWire, type Wire } from '../../test/support/whop-wire.ts';
import { accessTokens, CHAT_ACTIONS, PAYOUT_ACTIONS } from './access-tokens.ts';
import { connect } from './connection.ts';

let wire: Wire;
let lifetime: number;
let failing: boolean;
afterEach(() => wire?.stop());

async function open() {
  let count = 0;
  lifetime = 60 * 60_000;
  failing = false;
  wire = await stretchWire(() =>
    failing
      ? { status: 403, body: { error: { type: 'forbidden', message: 'not authorized for chat:read' } } }
      : { body: { token: `t${++count}`, expires_at: new Date(Date.now() + lifetime).toISOString() } },
  );
  const connection = connect(wire.config);
  return accessTokens(connection, connection);
}

test('whoever asks names his actions: there is no token that inherits or lacks them (defect 29)', async () => {
  const tokens = await open();
  await tokens.payoutsToken('biz_1');
  await tokens.chatToken('user_1');
  expect(wire.sent.map(({ body }) => body)).toEqual([
    { company_id: 'biz_1', scoped_actions: PAYOUT_ACTIONS },
    { company_id: wire.config.whop.platformCompanyId, user_id: 'user_1', scoped_actions: CHAT_ACTIONS },
  ]);
});

test('several elements at once share one question; each company and person has his own', async () => {
  const tokens = await open();
  const same = await Promise.all([1, 2, 3].map(() => tokens.payoutsToken('biz_1')));
  expect(same.map(({ token }) => token)).toEqual(['t1', 't1', 't1']);
  expect((await tokens.payoutsToken('biz_2')).token).toBe('t2');
  expect((await tokens.chatToken('biz_1')).token).toBe('t3');
});

test('shortly before its end a token is not given any more', async () => {
  const tokens = await open();
  lifetime = 4 * 60_000;
  expect((await tokens.payoutsToken('biz_1')).token).toBe('t1');
  expect((await tokens.payoutsToken('biz_1')).token).toBe('t2');
});

test('who found his token ended gets a fresh one, and so do the others after him', async () => {
  const tokens = await open();
  await tokens.payoutsToken('biz_1');
  expect((await tokens.payoutsToken('biz_1', true)).token).toBe('t2');
  expect((await tokens.payoutsToken('biz_1')).token).toBe('t2');
});

test('a refusal is not kept', async () => {
  const tokens = await open();
  failing = true;
  await expect(tokens.chatToken('user_1')).rejects.toMatchObject({ status: 403 });
  failing = false;
  expect((await tokens.chatToken('user_1')).token).toBe('t1');
});
