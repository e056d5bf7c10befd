import type Whop from '@whop/sdk';
import { buildMessage } from '../../api/messages.ts';
import { EMULATOR_CREDENTIALS } from '../../credentials.ts';
import type { Channel, Message } from '../../records.ts';
import type { Store } from '../../store.ts';
import type { WhopEvent } from '../sender.ts';

export function chatMessageCreated(store: Store, channel: Channel, message: Message): WhopEvent {
  const data: Whop.ChatMessageCreatedWebhookEvent['data'] = {
    message: buildMessage(store, message),
    channel: { id: channel.id, type: channel.kind, experience_id: null },
    audience: { type: 'users', user_ids: channel.memberIds.filter((id) => id !== message.userId) },
    reason: 'message_created',
  };
  const companyId = channel.companyId ?? EMULATOR_CREDENTIALS.platformCompanyId;
  return { type: 'chat.message.created', companyId, data };
}
