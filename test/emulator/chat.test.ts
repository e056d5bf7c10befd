import { afterAll, beforeAll, expect, test } from 'vitest';
import Whop from '@whop/sdk';
import { EMULATOR_CREDENTIALS } from '../../src/whop-emulator/credentials.ts';
import { clientFor, expectShape, fixture, setStage, type Stage } from './support.ts';

const platform = EMULATOR_CREDENTIALS.platformCompanyId;
const [ada, noor, tomas] = ['user_EmuAda00000001', 'user_EmuNoor0000001', 'user_EmuTomas000001'];
const CHAT_ACTIONS = ['chat:read', 'chat:message:create', 'dms:read', 'dms:message:manage', 'dms:channel:manage'];

let stage: Stage;
let whop: Whop;
beforeAll(async () => {
  stage = await setStage();
  whop = stage.whop;
});
afterAll(() => stage.stop());

const speakingAs = async (userId: string): Promise<Whop> => {
  const { token } = await whop.accessTokens.create({
    company_id: platform,
    user_id: userId,
    scoped_actions: CHAT_ACTIONS,
  });
  return clientFor(stage.emulator.url, { apiKey: token });
};

test('the same two people always meet in the same channel', async () => {
  const first = await whop.dmChannels.create({ with_user_ids: [ada, noor], company_id: platform, custom_name: 'A, N' });
  expectShape(first, fixture('rest/dm_channel'));
  const again = await whop.dmChannels.create({ with_user_ids: ['noor@gigflow.test', 'ada'], company_id: platform });
  expect(again.id).toBe(first.id);
  const other = await whop.dmChannels.create({ with_user_ids: [ada, tomas], company_id: platform });
  expect(other.id).not.toBe(first.id);
  await expect(whop.dmChannels.create({ with_user_ids: ['nobody', ada] })).rejects.toThrow('nobody not found');
});

test('people write as themselves, in their own channels only', async () => {
  const channel = await whop.dmChannels.create({ with_user_ids: [ada, noor], company_id: platform });
  const message = await (
    await speakingAs(noor)
  ).messages.create({
    channel_id: channel.id,
    content: 'Hi! I have started on your logo.',
  });
  expectShape(message, fixture('rest/message'));
  expect(message.user.id).toBe(noor);

  await expect((await speakingAs(tomas)).messages.list({ channel_id: channel.id })).rejects.toBeInstanceOf(
    Whop.NotFoundError,
  );
  const read = await (await speakingAs(ada)).messages.list({ channel_id: channel.id, direction: 'desc', first: 1 });
  expect(read.data[0]?.content).toBe('Hi! I have started on your logo.');
  expect((await whop.dmChannels.retrieve(channel.id)).last_message_at).toBe(message.created_at);
});

test('a message can be changed and taken back', async () => {
  const { id: channelId } = await whop.dmChannels.create({ with_user_ids: [ada, noor], company_id: platform });
  const message = await whop.messages.create({ channel_id: channelId, content: 'Tpyo' });
  expect(await whop.messages.update(message.id, { content: 'Typo' })).toMatchObject({
    content: 'Typo',
    is_edited: true,
  });
  expect(await whop.messages.delete(message.id)).toBe(true);
  await expect(whop.messages.retrieve(message.id)).rejects.toBeInstanceOf(Whop.NotFoundError);
});

test('the other side is told by webhook', async () => {
  const { id: channelId } = await whop.dmChannels.create({ with_user_ids: [ada, noor], company_id: platform });
  await (await speakingAs(ada)).messages.create({ channel_id: channelId, content: 'Thank you!' });
  await stage.control.call('POST', '/control/webhooks/settle');
  const { event } = stage.inbox.letters.at(-1)!;
  expectShape(event, fixture('chat.message.created'));
  expect(event).toMatchObject({ company_id: platform, data: { audience: { user_ids: [noor] } } });
});

test('who lacks the permission for channels is told which', async () => {
  await stage.control.faults({ permissions: { denied: ['dms:channel:manage'] } });
  const made = whop.dmChannels.create({ with_user_ids: [ada, noor], company_id: platform });
  await expect(made).rejects.toThrow('dms:channel:manage');
  await stage.control.faults({});
});

test('a buyer has one support channel with a company', async () => {
  const made = await whop.supportChannels.create({ company_id: platform, user_id: ada });
  expect(made).toMatchObject({ company_id: platform, customer_user: { id: ada } });
  expect((await whop.supportChannels.list({ company_id: platform })).data.map(({ id }) => id)).toEqual([made.id]);
});

test('users are found by id or name and can be renamed', async () => {
  expect(await whop.users.retrieve(tomas)).toMatchObject({ id: tomas, username: 'tomas' });
  expect((await whop.users.update(tomas, { account_id: platform, name: 'Tomas S.' })).name).toBe('Tomas S.');
  expect(await whop.users.checkAccess(platform, { id: ada })).toMatchObject({ has_access: false });
});
