import type { Connection } from './connection.ts';

/** A page waits for this, and has the thread without it. */
const BRIEFLY = { timeout: 4_000, maxRetries: 0 };

export interface Chat {
  /**
   * The direct channel of two people in the platform's own inbox; the same two always get the same one (contract 8.1).
   * @returns its feed_ id
   */
  createDmChannel(subs: [string, string]): Promise<string>;
}

/** @param connection that of the key which may manage chats (contract 0.8) */
export function chat({ sdk, config, ask }: Connection): Chat {
  return {
    createDmChannel: async (subs) => {
      const channel = await ask('dmChannels.create', () =>
        sdk.dmChannels.create({ with_user_ids: subs, company_id: config.whop.platformCompanyId }, BRIEFLY),
      );
      return channel.id;
    },
  };
}

/** A message in a channel, without its words. */
export interface ChatMessage {
  id: string;
  channelId: string;
  /** The `sub` of whoever wrote it. */
  from: string;
}

/** The message that an event is about; null when it names no message, channel or writer. */
export function chatMessageIn(data: Record<string, unknown>): ChatMessage | null {
  const { message, channel } = data as {
    message?: { id?: unknown; user?: { id?: unknown } | null } | null;
    channel?: { id?: unknown } | null;
  };
  const [id, channelId, from] = [message?.id, channel?.id, message?.user?.id];
  return typeof id === 'string' && typeof channelId === 'string' && typeof from === 'string'
    ? { id, channelId, from }
    : null;
}
