import type { Config } from '../../config.ts';
import type { OrderChat } from '../../models/whop-dm-channel.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { firstName } from '../names.ts';
import { elementHosts } from '../whop-element.ts';
import type { Reader } from './facts.ts';

/** Whop's chat beside the thread where both sides can use it; else the offer to connect, to whoever has not. */
export function presentChat(chat: OrderChat, order: Workspace, { role, asker }: Reader, config: Config) {
  if (role === 'admin' || asker.suspended || asker.actor.role === 'guest') return null;
  const other = firstName((role === 'buyer' ? order.seller_name : order.buyer_name) ?? 'the buyer');
  if (chat.kind === 'thread') return chat.missing.includes(role) ? { offer: { other, href: paths.accountWhop } } : null;
  return {
    other,
    embed: {
      session: 'chat',
      type: 'chat-element',
      tokenUrl: paths.chatToken,
      ...elementHosts(config),
      options: { channelId: chat.channelId },
      plain: { text: 'Whop’s chat appears here. If it does not, the messages above always work.' },
    },
  };
}
