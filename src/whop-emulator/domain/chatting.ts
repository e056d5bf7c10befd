import type { Emulator } from '../context.ts';
import { newId } from '../ids.ts';
import type { Channel, Message } from '../records.ts';
import type { Store } from '../store.ts';
import { chatMessageCreated } from '../webhooks/events/chat.ts';

type NewChannel = Pick<Channel, 'kind' | 'companyId' | 'memberIds' | 'name'>;

/** The channel of exactly these people, made when they have none: the same pair always meets in the same one (contract 8.1). */
export function channelFor(store: Store, wanted: NewChannel): Channel {
  const memberIds = [...new Set(wanted.memberIds)].sort();
  const known = [...store.channels.values()].find(
    ({ kind, companyId, memberIds: members }) =>
      kind === wanted.kind && companyId === wanted.companyId && String(members) === String(memberIds),
  );
  if (known) return known;
  const createdAt = new Date().toISOString();
  const channel: Channel = { ...wanted, memberIds, id: newId('feed'), createdAt, lastMessageAt: null };
  store.channels.set(channel.id, channel);
  store.touch();
  return channel;
}

export const messagesOf = (store: Store, channelId: string): Message[] =>
  [...store.messages.values()].filter((message) => message.channelId === channelId);

export function write(
  emulator: Emulator,
  channel: Channel,
  details: { userId: string; content: string; replyingToId: string | null },
): Message {
  const { store } = emulator;
  const now = new Date().toISOString();
  const message: Message = {
    ...details,
    id: newId('post'),
    channelId: channel.id,
    edited: false,
    pinned: false,
    createdAt: now,
    updatedAt: now,
  };
  store.messages.set(message.id, message);
  channel.lastMessageAt = now;
  store.touch();
  emulator.webhooks.emit(chatMessageCreated(store, channel, message));
  emulator.chat.emit('message', message);
  return message;
}
