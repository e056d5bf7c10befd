import { MESSAGES_SHOWN, type MessageRow } from '../../models/order/messages.ts';
import type { Workspace } from '../../models/order/workspace.ts';
import { paths } from '../../paths.ts';
import { dateTime } from '../dates.ts';
import { presentFile } from '../file-row.ts';
import { presentAvatar } from '../picture.ts';
import type { Reader } from './facts.ts';

/** A page of the thread (views/shared/_message), with the way to earlier messages. */
export function presentThread(order: Workspace, rows: MessageRow[], { asker, zone }: Reader) {
  const shown = rows.slice(-MESSAGES_SHOWN);
  const me = 'id' in asker.actor ? asker.actor.id : null;
  return {
    items: shown.map((message) => ({
      id: message.number,
      author: presentAvatar(senderOf(order, message), faceOf(order, message)),
      own: me !== null && me === (message.sender_id ?? message.sender_guest_id),
      text: message.body,
      files: order.files.filter((file) => file.message_id === message.id).map(presentFile),
      when: dateTime(message.created_at, zone),
      at: message.created_at.toISOString(),
    })),
    earlier: rows.length > MESSAGES_SHOWN ? `${paths.orderAct(order.id, 'messages')}?before=${shown[0]!.number}` : null,
  };
}

export function senderOf(order: Workspace, { sender_id: sender, sender_guest_id: guest }: MessageRow): string {
  if (sender && sender === order.seller_id) return order.seller_name;
  if (guest || (sender && sender === order.buyer_id)) return order.buyer_name ?? 'Guest';
  return 'Former member';
}

const faceOf = (order: Workspace, { sender_id: sender }: MessageRow): string | null =>
  sender && sender === order.seller_id ? order.seller_avatar : sender === order.buyer_id ? order.buyer_avatar : null;
